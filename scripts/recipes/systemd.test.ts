import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { itWith } from "../../src/runs/tools.test-support.js";
import { binFolder, recipe, scratchFolder } from "./recipe.js";

const service = recipe("systemd/ocpi2osm.service");
const timer = recipe("systemd/ocpi2osm.timer");

/** The units in a folder, the program's path being one that is there. */
function units(): { readonly service: string; readonly timer: string } {
  const folder = scratchFolder();
  const bin = binFolder(folder);
  mkdirSync(join(folder, "units"));
  const paths = {
    service: join(folder, "units/ocpi2osm.service"),
    timer: join(folder, "units/ocpi2osm.timer"),
  };
  writeFileSync(paths.service, service.replaceAll("/usr/local/bin/", `${bin}/`));
  writeFileSync(paths.timer, timer);
  return paths;
}

function analyze(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("systemd-analyze", args, { encoding: "utf8" });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return `${stdout}${stderr}`;
}

itWith("systemd-analyze", "systemd takes service and timer without a warning", () => {
  const paths = units();
  // The manual of another machine's unit is of no account here.
  expect(analyze("verify", "--man=no", paths.service, paths.timer)).toBe("");
});

itWith("systemd-analyze", "systemd rates the service as well locked up", () => {
  analyze("security", "--offline=true", "--threshold=20", "--no-pager", units().service);
});

itWith("systemd-analyze", "the timer means a quarter past four, every night", () => {
  const [, time = ""] = /^OnCalendar=(.*)$/m.exec(timer) ?? [];
  const said = analyze("calendar", "--iterations=2", "--base-time=2026-11-21 12:00:00", time);
  expect(said).toContain("2026-11-22 04:15:00");
  expect(said).toContain("2026-11-23 04:15:00");
});

test("the service is not started again at once, and being stopped is no failure", () => {
  expect(service).toMatch(/^Restart=no$/m);
  expect(service).toMatch(/^SuccessExitStatus=143$/m);
  // Node compiles as it runs.
  expect(service).not.toMatch(/^MemoryDenyWriteExecute=/m);
});

test("secrets are read from a file by systemd, and are not in the unit", () => {
  const [, name = ""] = /^LoadCredential=([\w-]+):\//m.exec(service) ?? [];
  expect(service).toContain(`"file": "/run/credentials/ocpi2osm.service/${name}"`);
  expect(service).not.toMatch(/^Environment=/m);
});

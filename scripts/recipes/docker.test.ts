import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pack } from "../package/installed-package.js";
import { demoConfig, publishedFiles, recipe, scratchFolder } from "./recipe.js";

/** The Dockerfile's instructions, lines that go on joined. */
const instructions = recipe("docker/Dockerfile")
  .replace(/\\\n/g, " ")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [, name = "", value = ""] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    return { name, value };
  });

function valuesOf(wanted: string): readonly string[] {
  return instructions.filter(({ name }) => name === wanted).map(({ value }) => value);
}

test("the image's program is process 1 itself, and not root", () => {
  expect(instructions.map(({ name }) => name)).not.toContain("");
  expect(valuesOf("ENTRYPOINT")).toEqual(['["ocpi2osm"]']);
  expect(valuesOf("USER")).toEqual(["1000:1000"]);
});

/** A root file system of the image, as far as its steps write one: `/x` is `ROOT/x`. */
function built(root: string): void {
  // Nothing of the machine's own is touched: `--global` is here.
  const env = { ...process.env, npm_config_prefix: join(root, "usr/local") };
  for (const { name, value } of instructions) {
    if (name === "COPY") {
      const [pattern = "", target = ""] = value.split(" ");
      mkdirSync(join(root, target), { recursive: true });
      const [prefix = ""] = pattern.split("*");
      for (const file of readdirSync(root).filter((one) => one.startsWith(prefix) && one.endsWith(".tgz")))
        copyFileSync(join(root, file), join(root, target, file));
    }
    if (name === "RUN") {
      // The cache is this machine's, not an image's, and there need be no user 1000 here.
      const here = value
        .replace(/ && npm cache clean --force| && chown \S+ \S+/g, "")
        .replaceAll(/(?<= )\/(?=opt|var)/g, `${root}/`);
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", here], {
        cwd: root,
        env,
        encoding: "utf8",
        timeout: 120_000,
      });
      expect(status, `${here}\n${stdout}${stderr}`).toBe(0);
    }
  }
}

test("its steps, one by one: the package installs, and the entry point runs a night", () => {
  const root = scratchFolder();
  const { tarball, filename } = pack(join(root, "packing"));
  copyFileSync(tarball, join(root, filename));
  built(root);
  const program = join(root, "usr/local/bin/ocpi2osm");
  const config = demoConfig(root, "etc/ocpi2osm/nightly.jsonc");
  const { status, stderr } = spawnSync(program, ["run", config, "--quiet"], { encoding: "utf8" });
  expect(status, stderr).toBe(0);
  expect(publishedFiles(root)).toContain("review.html");
}, 300_000);

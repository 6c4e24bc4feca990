import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openOutputFolder } from "./output-folder.js";

let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "ocpi2osm-folder-"));
});
afterEach(() => rmSync(parent, { recursive: true }));

const ours = (file: string): boolean => file.startsWith("changes");

describe("openOutputFolder", () => {
  it("publishes all files or none", async () => {
    const folder = await openOutputFolder(join(parent, "diff"), ours);
    const osm = await folder.open("changes.osm");
    const csv = await folder.open("changes.csv");
    await osm.write("osm");
    await csv.write("csv");
    const files = await folder.finish();
    expect(files.map(({ file, bytes }) => [file, bytes])).toEqual([
      ["changes.csv", 3],
      ["changes.osm", 3],
    ]);
    expect(existsSync(join(parent, "diff/changes.osm"))).toBe(false);
    await folder.commit();
    expect(readdirSync(join(parent, "diff")).sort()).toEqual(["changes.csv", "changes.osm"]);
  });

  it("leaves the files of an earlier run when it is given up", async () => {
    const name = join(parent, "diff");
    const first = await openOutputFolder(name, ours);
    await (await first.open("changes.osm")).write("first");
    await first.commit();
    const second = await openOutputFolder(name, ours);
    await (await second.open("changes.osm")).write("second");
    await second.finish();
    await second.discard();
    expect(readFileSync(join(name, "changes.osm"), "utf8")).toBe("first");
    expect(readdirSync(name)).toEqual(["changes.osm"]);
  });

  it("leaves no folder behind that was made for nothing", async () => {
    const folder = await openOutputFolder(join(parent, "diff"), ours);
    await (await folder.open("changes.osm")).write("first");
    await folder.discard();
    expect(existsSync(join(parent, "diff"))).toBe(false);
  });

  it("takes away what an earlier run wrote and this one did not, and nothing else", async () => {
    const name = join(parent, "diff");
    const first = await openOutputFolder(name, ours);
    await (await first.open("changes.osc")).write("first");
    await first.commit();
    writeFileSync(join(name, "notes.txt"), "mine");
    const second = await openOutputFolder(name, ours);
    await (await second.open("changes.osm")).write("second");
    await second.commit();
    expect(readdirSync(name).sort()).toEqual(["changes.osm", "notes.txt"]);
  });

  it("clears away what a killed run left, and nothing of a run that still goes on", async () => {
    const name = join(parent, "diff");
    const first = await openOutputFolder(name, ours);
    await first.commit();
    const gone = spawnSync("true").pid;
    writeFileSync(join(name, `.changes.osc.${gone}.tmp`), "half");
    writeFileSync(join(name, `.changes.csv.${process.ppid}.tmp`), "half");
    await (await openOutputFolder(name, ours)).discard();
    expect(readdirSync(name)).toEqual([`.changes.csv.${process.ppid}.tmp`]);
  });

  it("refuses a file, no name, and a folder in a folder that is not there", async () => {
    writeFileSync(join(parent, "file"), "");
    await expect(openOutputFolder(join(parent, "file"), ours)).rejects.toThrow(/is a file/);
    await expect(openOutputFolder("", ours)).rejects.toThrow(/name one with -o/);
    await expect(openOutputFolder("-", ours)).rejects.toThrow(/name one with -o/);
    await expect(openOutputFolder(join(parent, "a/b"), ours)).rejects.toThrow(/create it first/);
  });
});

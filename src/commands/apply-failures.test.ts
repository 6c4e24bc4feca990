/** `apply`: its licence gate (D9), its words, and what it refuses to do. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readXml } from "../osm/xml.test-support.js";
import { elementsWithTags } from "../proposals/written-edits.test-support.js";
import { type MixedDesk, mixedDesk, whole } from "./apply.test-support.js";
import { applyFromArguments } from "./apply-arguments.js";
import { SILENT } from "./convert.test-support.js";
import { bytesOf, refusal } from "./diff.test-support.js";
import { rebase } from "./rebase.js";
import { fixture, runCli } from "./run-cli.test-support.js";

let at: MixedDesk;
beforeEach(() => {
  at = mixedDesk();
});
afterEach(() => at.remove());

describe("the licence (D9)", () => {
  it("decides whether the file can be uploaded, and there is no .osc without one", async () => {
    await at.run({ profile: undefined });
    const yes = at.desk.decide("yes", whole("modify/LT*ABC*1", "accept"));
    const { document } = await at.desk.apply([yes]);
    expect(readXml(document)[0]?.attributes).toMatchObject({ upload: "never" });
    const refused = await refusal(at.desk.apply([yes], { output: at.path("a.osc") }));
    expect(refused).toEqual({ code: 2, message: expect.stringContaining("no licence that lets its data") });
    expect(existsSync(at.path("a.osc"))).toBe(false);
  });

  it("of a rebased folder is that of the diff, also when it is rebased again", async () => {
    await at.run();
    await rebase(at.path("out"), [at.path("osm.osm")], at.path("rebased"));
    await rebase(at.path("rebased"), [at.path("osm.osm")], at.path("again"));
    const given = {
      decisions: [at.desk.decide("yes", whole("modify/LT*ABC*1", "accept"))],
      progress: "never",
    };
    for (const folder of ["rebased", "again"]) {
      const output = at.path(`${folder}.osc`);
      await applyFromArguments(at.path(folder), { ...given, output }, SILENT);
      expect(readFileSync(output, "utf8")).toContain('<node id="11"');
    }
  });

  it("of a rebased folder that does not tell it is that of the profile named, else none", async () => {
    await at.run();
    await rebase(at.path("out"), [at.path("osm.osm")], at.path("rebased"));
    rmSync(at.path("rebased/rebase.json"));
    const given = {
      decisions: [at.desk.decide("yes", whole("modify/LT*ABC*1", "accept"))],
      progress: "never",
    };
    const output = at.path("a.osc");
    expect((await refusal(applyFromArguments(at.path("rebased"), { ...given, output }, SILENT))).code).toBe(
      2,
    );
    await applyFromArguments(
      at.path("rebased"),
      { ...given, output, profile: fixture("profiles/example.jsonc") },
      SILENT,
    );
    expect(readFileSync(output, "utf8")).toContain('<node id="11"');
    writeFileSync(at.path("rebased/rebase.json"), "{}");
    const broken = await refusal(applyFromArguments(at.path("rebased"), { ...given, output }, SILENT));
    expect(broken).toEqual({ code: 2, message: expect.stringContaining("rebase.json") });
  });
});

describe("the command", () => {
  it("takes several files of decisions, writes to stdout, and tells what it refused", async () => {
    await at.run();
    const a = at.desk.decide("a", whole("modify/LT*ABC*1", "accept"));
    const b = at.desk.decide("b", whole("create/LT*ABC*99", "accept"));
    const args = ["apply", at.path("out"), "--decisions", a, b, "-o", "-", "--format", "osc"];
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/1 accepted thing is not proposed any more:[^\n]*\n.*\*99/),
    });
    expect(elementsWithTags(stdout.toString()).map(({ element }) => element.attributes["id"])).toEqual([
      "11",
    ]);
    expect(stderr).toContain("0 new stations and 1 changed object");
  });

  it("names what is stale however many decisions are long done", async () => {
    await at.run();
    const done = Array.from({ length: 50 }, (_, index) => whole(`create/LT*ABC*${100 + index}`, "accept"));
    const stale = { proposal: "modify/LT*ABC*1", key: "capacity", decision: "accept", value: "77" };
    const given = at.desk.decide("many", ...done, stale);
    const { stderr } = await runCli(["apply", at.path("out"), "--decisions", given, "-o", at.path("a.osm")]);
    expect(stderr).toMatch(/1 accepted thing is refused:\s.*modify\/LT\*ABC\*1 capacity/);
    expect(stderr).toMatch(/50 accepted things are not proposed any more/);
    expect(stderr.split("\n").length).toBeLessThan(15);
  });
});

describe("bad usage", () => {
  it.each([
    ["no format to write", { output: "accepted.txt" }, 2, /name the format with --format/],
    ["an output to be compressed", { output: "a.osm.gz", format: "osm" }, 2, /is not compressed.*\| gzip >/],
    ["stdout without a format", { output: "-" }, 2, /name the format/],
    ["a folder that holds no diff", { folder: "none" }, 2, /report\.json: there is none/],
    ["an output over the decisions", { output: "yes", format: "osm" }, 2, /is both an input/],
    ["a report over the proposals", { report: "out/proposals.ndjson" }, 2, /is both an input/],
    ["decisions that are not there", { decisions: ["none.ndjson"] }, 3, /none\.ndjson/],
    ["decisions that are none", { decisions: ["feed.json"] }, 3, /feed\.json, line 1/],
    [
      "a sheet with a word that is none",
      { decisions: ["bad.csv"] },
      3,
      /bad\.csv, line 2: column decision.*accept/,
    ],
    ["an extract that is not there", { osm: ["none.osm"] }, 3, /none\.osm/],
  ])("%s is refused, and nothing is written", async (_, wrong: Wrong, code, words) => {
    await at.run();
    at.desk.decide("yes", whole("modify/LT*ABC*1", "accept"));
    at.desk.decideInSheet("bad.csv", () => "perhaps");
    const before = bytesOf(at.folder);
    const placed = (name: string) => (name === "-" ? name : at.path(name));
    const { folder: from = "out", output = "accepted.osm", decisions = ["yes"], ...others } = wrong;
    const given = {
      ...others,
      ...(others.report !== undefined && { report: placed(others.report) }),
      ...(others.osm !== undefined && { osm: others.osm.map(placed) }),
      output: placed(output),
      decisions: decisions.map(placed),
      progress: "never",
    };
    const ended = await refusal(applyFromArguments(at.path(from), given, SILENT));
    expect(ended).toEqual({ code, message: expect.stringMatching(words) });
    expect(bytesOf(at.folder)).toEqual(before);
  });
});

interface Wrong {
  readonly folder?: string;
  readonly output?: string;
  readonly format?: string;
  readonly report?: string;
  readonly decisions?: readonly string[];
  readonly osm?: readonly string[];
}

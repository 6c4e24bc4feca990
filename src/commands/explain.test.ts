import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { valueAt } from "../sources/json-value.js";
import { DEFAULT_TAGGING } from "../tagging/tag-location.js";
import { type Explanation, explain } from "./explain.js";
import { fixture, jsonLines, readJson, runCli } from "./run-cli.test-support.js";

const explained = (name: string, id: string, chargePoints = false): Promise<Explanation[]> =>
  explain([fixture(name)], { id, source: "auto", reader: "bytes" }, { ...DEFAULT_TAGGING, chargePoints });

describe("a Location that is written", () => {
  test("has each tag with its rule and the places in the record it was made from", async () => {
    const [demo, ...others] = await explained("demo.json", "DEMO-01");
    expect(others).toEqual([]);
    const record: unknown = z.object({ data: z.array(z.unknown()) }).parse(readJson(fixture("demo.json")))
      .data[0];
    expect(demo).toMatchObject({ id: "DEMO-01", country_code: "DE", party_id: "BSP", record: 0 });
    expect(readFileSync(fixture("demo.json")).subarray(demo?.byte).toString().startsWith("{")).toBe(true);
    const tags = demo?.station?.tags ?? [];
    expect(tags.find(({ key }) => key === "socket:type2:output")).toMatchObject({
      value: "22 kW",
      rule: "T3.4",
    });
    expect(tags.find(({ key }) => key === "ref:EU:EVSE")?.sources).toEqual([
      { pointer: "/evses/0/evse_id", value: "DE*BSP*E01*1" },
      { pointer: "/evses/1/evse_id", value: "DE*BSP*E01*2" },
    ]);
    for (const { rule, sources } of tags) {
      expect(rule).toMatch(/^T\d/);
      for (const { pointer, value } of sources) expect(valueAt(record, pointer)).toEqual(value);
    }
  });

  test("is what `convert` writes, charge points included", async () => {
    const name = "ocpi/evse-positions.json";
    const [one] = await explained(name, "CP-1", true);
    const { stdout } = await runCli(["convert", fixture(name), "--charge-points", "--format", "ndjson"]);
    const tagsOf = (point: Explanation["station"]) =>
      Object.fromEntries(point?.tags.map(({ key, value }) => [key, value]) ?? []);
    expect(jsonLines(stdout)[0]).toMatchObject({
      tags: tagsOf(one?.station),
      charge_points: one?.charge_points.map((point) => ({ tags: tagsOf(point) })),
    });
    expect(one?.charge_points.length).toBeGreaterThan(1);
  });

  test("tells what was withheld and why", async () => {
    const [long] = await explained("ocpi/long-evse-list.json", "XAL-PARK");
    expect(long?.station?.tags.map(({ key }) => key)).not.toContain("ref:EU:EVSE");
    expect(long?.notes).toMatchObject([{ code: "value-too-long", rule: expect.stringMatching(/^T/) }]);
    expect(long?.notes[0]?.detail.length).toBeGreaterThan(255);
  });
});

test.each([
  ["STATE-1", "skipped", "unpublished", "T1.1"],
  ["STATE-2", "skipped", "planned", "T1.3"],
])("%s is not written, and it says why", async (id, verdict, reason, rule) => {
  const [state] = await explained("ocpi/states.json", id);
  expect(state?.refused).toMatchObject({ verdict, reason, rule });
  expect(state?.station).toBeUndefined();
});

test("ids are found whatever their case, and every record that has one", async () => {
  const found = await explained("ocpi/duplicate-ids.json", " dup-2 ");
  expect(found.map(({ id }) => id)).toEqual(["DUP-2", "dup-2"]);
  expect(await explained("ocpi/duplicate-ids.json", "DUP")).toEqual([]);
});

test.each(["DE*BSP*DEMO-01", "de*bsp*demo-01", "modify/DE*BSP*DEMO-01", "review/DE*BSP*DEMO-01"])(
  "a Location is found as diff names it: %s",
  async (id) => {
    expect(await explained("demo.json", id)).toMatchObject([{ id: "DEMO-01", country_code: "DE" }]);
  },
);

describe("on the command line", () => {
  test("--json gives a line a record, the text form the same for people", async () => {
    const json = await runCli(["explain", fixture("demo.json"), "--id", "DEMO-03", "--json"]);
    const [demo] = await explained("demo.json", "DEMO-03");
    expect(json.stderr).toBe("");
    expect(jsonLines(json.stdout)).toEqual([JSON.parse(JSON.stringify(demo))]);
    const { stdout } = await runCli(["explain", fixture("demo.json"), "--id", "DEMO-03"]);
    for (const { key, value, rule } of demo?.station?.tags ?? []) {
      const line = stdout
        .toString()
        .split("\n")
        .find((line) => line.startsWith(`  ${key} `));
      expect(line).toMatch(/ = /);
      expect(line?.endsWith(`= ${value}   (${rule})`)).toBe(true);
    }
  });

  test("takes HERE's ids, and stdin", async () => {
    const list = readFileSync(fixture("here-v3/list.json"));
    const id = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(list.toString()))
      .items[1]?.id;
    const contentId = id?.replace(/.*:/, "") ?? "";
    for (const wanted of [id ?? "", contentId]) {
      const { code, stdout } = await runCli(["explain", "-", "--id", wanted], { stdin: list });
      expect(code).toBe(0);
      expect(stdout.toString()).toContain(contentId);
    }
  });
});

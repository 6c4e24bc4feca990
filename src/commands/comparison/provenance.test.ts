import { afterAll, describe, expect, test } from "vitest";
import type { FormName } from "../../proposals/output-form.js";
import { readCsv } from "../../proposals/csv.test-support.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { converted, nodesIn, optionsOf } from "../convert.test-support.js";
import { fixture } from "../run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Everything switched on, so that a value has every tag there is to slip into. */
function everything(name: string, form: FormName) {
  const options = optionsOf(folder.path, [fixture(name)], form);
  return { ...options, tagging: { ...options.tagging, extended: true, name: true, chargePoints: true } };
}

describe.each([
  "here-v3/list.json",
  "here-v2/stations.json",
  "hmc-locations/tiles/electric-vehicle-charging-locations_23600694_v7321.json",
])("T2.1: whom HERE has a record of %s from", (name) => {
  test("stands in the report and in the CSV", async () => {
    const { output, report } = await converted(everything(name, "csv"));
    const suppliers = report.notes["here-supplier"];
    expect(suppliers?.count).toBeGreaterThan(0);
    const wanted = suppliers?.examples.map(({ detail }) => `HERE has it from ${detail}`) ?? [];
    const [header = [], ...rows] = readCsv(output.toString());
    const reasons = rows.map((row) => row[header.indexOf("reason")]);
    expect(reasons.some((reason) => wanted.some((words) => reason?.includes(words)))).toBe(true);
  });

  test("is in no OSM tag, and neither is HERE's id", async () => {
    const { output, report } = await converted(everything(name, "osm"));
    const values = nodesIn(output).flatMap(({ tags }) => tags.map(({ value }) => value));
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(value).not.toMatch(/here-ev|here:evcp|[0-9b-z]{10}-[A-Za-z0-9_-]{16}/);
    for (const { detail } of report.notes["here-supplier"]?.examples ?? [])
      expect(values).not.toContainEqual(expect.stringContaining(detail.split(",")[0] ?? detail));
  });
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hmcFixtures } from "./hmc-fixtures.mjs";

test("fixtures/hmc-locations and hmc-stations are what scripts/hmc-fixtures.mjs writes", () => {
  const folder = new URL("../fixtures/", import.meta.url);
  for (const [name, text] of hmcFixtures())
    expect([name, readFileSync(new URL(name, folder), "utf8")]).toEqual([name, text]);
});

test("the two tiles share the Location that stands on their border", () => {
  const ids = [...hmcFixtures()]
    .filter(([name]) => name.startsWith("hmc-locations/tiles/"))
    .map(([, text]) => JSON.parse(text).chargingLocation.map(({ id }: { id: string }) => id));
  expect(ids.map((each) => each.length)).toEqual([1, 4]);
  expect(ids[1]).toContain(ids[0][0]);
});

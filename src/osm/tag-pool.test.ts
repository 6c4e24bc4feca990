import { expect, it } from "vitest";
import { TagPool } from "./tag-pool.js";

it("gives equal tags as one object, and never others than it was given", () => {
  const shared = new TagPool();
  const first = shared.of([{ key: "amenity", value: "charging_station" }]);
  const tags = [
    { key: "amenity", value: "charging_station" },
    { key: "capacity", value: "charging_station" },
    { key: "__proto__", value: "constructor" },
  ];
  const second = shared.of(tags);
  expect(second).toEqual(tags);
  expect(second[0]).toBe(first[0]);
});

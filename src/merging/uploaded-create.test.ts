import { describe, expect, it } from "vitest";
import type { StateEntry } from "./state-entry.js";
import { isMappedByOthers } from "./uploaded-create.js";

const ENTRY: StateEntry = {
  key: "LT*IGN*42",
  id: "42",
  lat: 54.7,
  lon: 25.3,
  create: true,
  base: { amenity: "charging_station", capacity: "4", "ref:ocpi:location:id": "42", "socket:type2": "4" },
};

const tagsOf = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

describe("isMappedByOthers (D3)", () => {
  it("takes a station with the create's OCPI id for the create, whatever a mapper made of it since", () => {
    const tags = tagsOf({ amenity: "charging_station", "ref:ocpi:location:id": "42" });
    expect(isMappedByOthers(ENTRY, tags)).toBe(false);
  });

  it("takes one without it for somebody else's mapping, so that what is missing is no edit of theirs", () => {
    expect(isMappedByOthers(ENTRY, tagsOf({ amenity: "charging_station", capacity: "4" }))).toBe(true);
  });

  it("takes one with any of the create's ids for the create, also where a mapper took the other away", () => {
    const entry = { ...ENTRY, base: { ...ENTRY.base, "ref:EU:EVSE": "LT*IGN*E1" } };
    expect(isMappedByOthers(entry, tagsOf({ "ref:EU:EVSE": "LT*IGN*E1" }))).toBe(false);
  });

  it("goes by the tags where the create had no id", () => {
    const { "ref:ocpi:location:id": _, ...base } = ENTRY.base;
    const entry = { ...ENTRY, base };
    expect(isMappedByOthers(entry, tagsOf(base))).toBe(false);
    expect(isMappedByOthers(entry, tagsOf({ amenity: "charging_station" }))).toBe(true);
  });

  it("has no doubt about stations that no create was proposed for", () => {
    const { create: _, ...linked } = ENTRY;
    expect(isMappedByOthers(linked, [])).toBe(false);
    expect(isMappedByOthers(undefined, [])).toBe(false);
  });
});

import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { identityOf } from "./ocpi-identity.js";

function identity(record: unknown) {
  const bytes = Buffer.from(typeof record === "string" ? record : JSON.stringify(record));
  return identityOf(bytes, 0, bytes.length);
}

describe("which Location a record is", () => {
  it("is told by country, party and id together, however the keys are spelled", () => {
    const key = identity({ country_code: "LT", party_id: "ABC", id: "1" })?.key;
    expect(identity({ id: 1, partyId: "ABC", countryCode: "LT", name: "x" })?.key).toBe(key);
    expect(identity({ country_code: "LV", party_id: "ABC", id: "1" })?.key).not.toBe(key);
    expect(identity({ country_code: "LT", party_id: "ABD", id: "1" })?.key).not.toBe(key);
    expect(identity({ id: "1" })?.key).not.toBe(key);
    expect(identity({ country_code: "LT", party_id: "ABC", id: "1" })?.shown).toBe("LT*ABC*1");
  });

  it("is not known without an id, nor of what is no record", () => {
    for (const record of [{ name: "x" }, { id: null }, { id: {} }, null, 1, [], "no json", '{"id":1 2}'])
      expect(identity(record)).toBeUndefined();
  });

  it("comes with the time of its last change, which is UTC even where it does not say so", () => {
    const times = ["2026-01-01T12:00:00Z", "2026-01-01T12:00:00", "2026-01-01T14:00:00+02:00"];
    for (const last_updated of times)
      expect(identity({ id: "1", last_updated })?.lastUpdated).toBe(Date.UTC(2026, 0, 1, 12));
    expect(identity({ id: "1", last_updated: "soon" })?.lastUpdated).toBeNaN();
  });
});

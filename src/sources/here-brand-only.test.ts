/** Tesla's plugs and `brandOnly` (T3, T5.3), the same in HERE's v3 API and its map content. */
import { describe, expect, it } from "vitest";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { asIs, type Dialect } from "./dialect.js";
import { hereV3 } from "./here-v3.js";
import { hmcLocations } from "./hmc-locations.js";

const SPELLINGS = ["brandOnly", "BRAND_ONLY", "Brand_Only", "brand_only", "BrandOnly", "brand only"];
const KEYS = ["restrictions", "accessRestrictions", "restrictionReason", "restrictionReasons"];
const DIALECTS: readonly (readonly [string, Dialect])[] = [
  ["v3", hereV3],
  ["HMC", hmcLocations],
];

interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
  /** Codes. */
  readonly notes: readonly string[];
  readonly details: readonly string[];
}

const PLUG = { standard: "SAE_J3400", format: "cable", powerType: "dc" };
const ofLocation = (dialect: Dialect, more: object) => tagged(dialect, "SAE_J3400", more);
const ofEvse = (dialect: Dialect, more: object) => tagged(dialect, "SAE_J3400", {}, more);
const ofConnector = (dialect: Dialect, more: object) =>
  tagged(dialect, "SAE_J3400", {}, { connectors: [{ ...PLUG, ...more }] });

function tagged(dialect: Dialect, standard: string, location: object, evse: object = {}): Tagged {
  const value = {
    id: "here:evcp:charginglocation:1",
    location: { lat: 40.7, lng: -74 },
    address: { countryCode: "USA" },
    ...location,
    evses: [{ uid: "1", connectors: [{ ...PLUG, standard }], ...evse }],
  };
  const record = dialect.read(value, asIs, "tagging");
  if ("unreadable" in record) throw new Error(record.detail);
  const result = tagLocation(record, DEFAULT_TAGGING);
  if ("reason" in result) throw new Error(result.reason);
  const tags = Object.fromEntries(result.station.tags.map(({ key, value }) => [key, value]));
  const { notes } = result;
  return { tags, notes: notes.map(({ code }) => code), details: notes.map(({ detail }) => detail) };
}

describe.each(DIALECTS)("in %s", (_name, dialect) => {
  it("SAE_J3400 is open to every make that has the plug", () => {
    const { tags, notes } = tagged(dialect, "SAE_J3400", {});
    expect(tags).toMatchObject({ "socket:nacs": "1", access: "yes" });
    expect(notes).not.toContain("brand-only");
  });

  it("TESLA_S is Tesla's plug of the region, to be checked", () => {
    expect(tagged(dialect, "TESLA_S", {})).toMatchObject({ tags: { "socket:nacs": "1" } });
    expect(tagged(dialect, "TESLA_S", {}).notes).toContain("tesla-s");
  });

  it.each(KEYS.flatMap((key) => SPELLINGS.map((word) => [key, word] as const)))(
    "%s %s makes it the brand's customers only, whatever the plug",
    (key, word) => {
      for (const standard of ["SAE_J3400", "TESLA_S"]) {
        for (const value of [word, [word], ["customersOnly", word]]) {
          const { tags, notes } = tagged(dialect, standard, { [key]: value });
          expect(tags["access"]).toBe("customers");
          expect(notes).toContain("brand-only");
        }
      }
    },
  );

  it.each(SPELLINGS)("%s of the EVSE's parking does too", (word) => {
    const { tags, notes } = tagged(dialect, "SAE_J3400", {}, { parking: { conditions: [word] } });
    expect(tags["access"]).toBe("customers");
    expect(notes).toContain("brand-only");
  });

  const FLAGS = ["brandOnly", "isBrandOnly", "brand_only", "is_brand_only", "BRAND_ONLY", "BrandOnly"];
  const YES = [true, "true", "TRUE"];

  it.each(FLAGS)("the flag %s of the location, the EVSE or the connector does too", (flag) => {
    for (const value of YES) {
      for (const where of [ofLocation, ofEvse, ofConnector]) {
        const { tags, notes } = where(dialect, { [flag]: value });
        expect([tags["access"], notes]).toEqual(["customers", ["brand-only"]]);
      }
    }
  });

  it("a flag that is not set restricts nobody", () => {
    for (const value of [false, "false", null, ""]) {
      for (const where of [ofLocation, ofEvse, ofConnector]) {
        const { tags, notes } = where(dialect, { brandOnly: value });
        expect([tags["access"], notes]).toEqual(["yes", []]);
      }
    }
  });

  it.each([...KEYS, "restriction", "accessRestriction"])("%s of an EVSE or a connector does too", (key) => {
    for (const where of [ofEvse, ofConnector]) {
      for (const value of ["brandOnly", ["BRAND_ONLY"], ["brand"]]) {
        const { tags, notes } = where(dialect, { [key]: value });
        expect([tags["access"], notes]).toEqual(["customers", ["brand-only"]]);
      }
    }
  });

  it.each([
    [{ isBrandOnly: true }, {}, "/isBrandOnly"],
    [{}, { brand_only: "true" }, "/evses/0/brand_only"],
    [{}, { connectors: [null, {}, { restriction: "brandOnly" }] }, "/evses/0/connectors/2/restriction"],
  ])("where it says so can be pointed at: %j %j", (location, evse, place) => {
    const value = { id: "1", ...location, evses: [evse] };
    expect(dialect.sourcePointer("/evses/0/parking_restrictions", value)).toBe(place);
  });

  it("a word that is not understood leaves access open, and a note tells of it", () => {
    const withNote = (word: string) => [undefined, ["access-restricted"], [word]];
    const left = ({ tags, notes, details }: Tagged) => [tags["access"], notes, details];
    expect(left(ofLocation(dialect, { restrictions: ["membersOfTomorrow"] }))).toEqual(
      withNote("membersOfTomorrow"),
    );
    expect(left(ofLocation(dialect, { restrictions: ["other"] }))).toEqual(withNote("other"));
    expect(left(ofEvse(dialect, { restrictions: "pilots" }))).toEqual(withNote("PILOTS"));
    expect(left(ofEvse(dialect, { parking: { conditions: ["pilots"] } }))).toEqual(withNote("PILOTS"));
    expect(left(ofConnector(dialect, { restrictionReason: "pilots" }))).toEqual(withNote("PILOTS"));
  });

  it("beside a word that decides access it changes nothing, and no note says otherwise", () => {
    const { tags, notes } = ofLocation(dialect, { restrictions: ["customersOnly", "membersOfTomorrow"] });
    expect([tags["access"], notes]).toEqual(["customers", []]);
  });

  it("beside other restrictions in another key it is not lost", () => {
    const { notes } = tagged(dialect, "SAE_J3400", {
      restrictions: ["customersOnly"],
      restrictionReason: "BRAND_ONLY",
    });
    expect(notes).toContain("brand-only");
  });
});

it.each([
  { restriction_reasons: ["ACCESS_RESTRICTION_REASON_BRAND_ONLY"] },
  { access_restriction_reason: { value: "RESTRICTION_REASON_BRAND_ONLY" } },
  { accessRestrictions: [{ restrictionReason: "BRAND_ONLY" }] },
  { AccessRestriction: "EV_ACCESS_RESTRICTION_REASON_BRAND_ONLY" },
])("map content may say it as %j", (location) => {
  const { tags, notes } = tagged(hmcLocations, "SAE_J3400", location);
  expect(tags["access"]).toBe("customers");
  expect(notes).toContain("brand-only");
});

it("…_UNSPECIFIED restricts nobody", () => {
  const { tags, notes } = tagged(hmcLocations, "SAE_J3400", {
    restrictions: ["ACCESS_RESTRICTION_REASON_UNSPECIFIED"],
  });
  expect(tags["access"]).toBe("yes");
  expect(notes).not.toContain("brand-only");
});

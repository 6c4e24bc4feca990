import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { centreOfGeohash, contentIdNotes } from "./here-content-notes.js";
import { hereV3 } from "./here-v3.js";

const DOCUMENTED = "246udbvy497hq-aGVyZS1ldjplY29tb3ZlbWVudDoyMDEyMTg1ODgz";
const NEAR = { latitude: "61.493773", longitude: "23.820261" };

describe("contentIdNotes", () => {
  const supplier = { code: "here-supplier", pointer: "/id", detail: "ecomovement, id 2012185883" };

  it.each([DOCUMENTED, `here:evcp:charginglocation:${DOCUMENTED}`])("tells who HERE has %s from", (id) =>
    expect(contentIdNotes(id, NEAR)).toEqual([supplier]),
  );

  it("a place in the id more than 1 km from the stated one is told, with both and the distance", () => {
    expect(contentIdNotes(DOCUMENTED, { latitude: "61.50377", longitude: "23.82026" })).toEqual([
      supplier,
      {
        code: "content-id-far",
        pointer: "/coordinates",
        detail: "1111 m: id 61.493775, 23.8202637; stated 61.50377, 23.82026",
      },
    ]);
    expect(contentIdNotes(DOCUMENTED, { latitude: "61.5020", longitude: "23.82026" })).toEqual([supplier]);
  });

  it("without a usable position there is nothing to compare with", () => {
    expect(contentIdNotes(DOCUMENTED, undefined)).toEqual([supplier]);
    expect(contentIdNotes(DOCUMENTED, { latitude: "0", longitude: "0" })).toEqual([supplier]);
  });

  it("other ids say nothing", () => {
    for (const id of [undefined, "", "LOC1", "1001"]) expect(contentIdNotes(id, NEAR)).toEqual([]);
  });
});

describe("centreOfGeohash", () => {
  it("is where the documented location is, within the metre of its cell", () => {
    const centre = centreOfGeohash("udbvy497hq");
    expect(centre?.lat).toBeCloseTo(61.493773, 5);
    expect(centre?.lon).toBeCloseTo(23.820261, 5);
  });

  it("halves the cell with every bit: a longer hash lies in the cell of a shorter one", () => {
    const letter = fc.constantFrom(..."0123456789bcdefghjkmnpqrstuvwxyz");
    fc.assert(
      fc.property(fc.array(letter, { minLength: 2, maxLength: 10 }), (letters) => {
        const whole = centreOfGeohash(letters.join(""));
        const cut = centreOfGeohash(letters.slice(0, 2).join(""));
        expect(Math.abs((whole?.lat ?? NaN) - (cut?.lat ?? NaN))).toBeLessThanOrEqual(180 / 32 / 2);
        expect(Math.abs((whole?.lon ?? NaN) - (cut?.lon ?? NaN))).toBeLessThanOrEqual(360 / 32 / 2);
      }),
    );
  });

  it("is what halving the world bit by bit leads to, east before north", () => {
    const letters = "0123456789bcdefghjkmnpqrstuvwxyz";
    fc.assert(
      fc.property(fc.array(fc.nat(31), { maxLength: 10 }), (values) => {
        const [lon, lat] = [
          [-180, 180],
          [-90, 90],
        ];
        values.forEach((value, nth) => {
          for (let bit = 0; bit < 5; bit++) {
            const side = (nth * 5 + bit) % 2 === 0 ? lon! : lat!;
            side[((value >> (4 - bit)) & 1) === 1 ? 0 : 1] = (side[0]! + side[1]!) / 2;
          }
        });
        expect(centreOfGeohash(values.map((value) => letters[value]).join(""))).toEqual({
          lat: (lat![0]! + lat![1]!) / 2,
          lon: (lon![0]! + lon![1]!) / 2,
        });
      }),
    );
  });

  it("knows no letter that geohashes lack", () => expect(centreOfGeohash("aaaaaaaaaa")).toBeUndefined());
});

it("neither supplier nor content id is in any tag, extended or not", () => {
  const record = hereV3.read(
    {
      id: DOCUMENTED,
      location: { lat: 61.493773, lng: 23.820261 },
      cpoLocationId: "X1",
      evses: [{ uid: "1" }],
    },
    (text) => text,
    "tagging",
  );
  if ("unreadable" in record) throw new Error(record.detail);
  expect(record.notes.map(({ code }) => code)).toContain("here-supplier");
  const tagged = tagLocation(record, { ...DEFAULT_TAGGING, extended: true, name: true, chargePoints: true });
  if ("reason" in tagged) throw new Error(tagged.reason);
  const { station, chargePoints, notes } = tagged;
  expect(notes.map(({ detail }) => detail)).toContain("ecomovement, id 2012185883");
  expect(station.tags.length).toBeGreaterThan(2);
  expect(JSON.stringify([station, chargePoints])).not.toMatch(/ecomovement|udbvy|2012185883/);
});

it.each([DOCUMENTED, DOCUMENTED.toUpperCase(), "here:cm:place:77", "77"])(
  "T2.1: HERE's own id is no OCPI id where it stands as cpoLocationId: %s",
  (cpoLocationId) => {
    const id = cpoLocationId === "77" ? "here:cm:place:77" : DOCUMENTED;
    const record = hereV3.read({ id, cpoLocationId, evses: [] }, (text) => text, "tagging");
    expect(record).toMatchObject({ ocpiLocationId: undefined });
  },
);

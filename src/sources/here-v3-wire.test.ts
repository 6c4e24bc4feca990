import { readFileSync } from "node:fs";
import { assert, constantFrom, jsonValue, property, record as recordOf } from "fast-check";
import { describe, expect, it } from "vitest";
import { locationSchema } from "../ocpi/location.js";
import { hereV3 } from "./here-v3.js";
import { guardHereLocation } from "./here-v3-wire.js";

const whole: Record<string, unknown> = JSON.parse(
  readFileSync(new URL("../../fixtures/here-v3/bare-object.json", import.meta.url), "utf8"),
);
const asIs = (text: string) => text;

/** Every place in a JSON value. */
function placesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

function replaced(value: unknown, path: string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== "object" || value === null) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  Reflect.set(copy, key, replaced(Reflect.get(value, key), rest, by));
  return copy;
}

function expectSound(value: unknown): void {
  const before = JSON.stringify(value);
  for (const depth of ["whole", "tagging"] as const) {
    const record = hereV3.read(value, asIs, depth);
    if ("unreadable" in record) expect(record.detail).not.toBe("");
    else expect(locationSchema.safeParse(record.location).error).toBeUndefined();
  }
  expect(JSON.stringify(value)).toBe(before);
}

describe("reading", () => {
  it("never throws and never changes its input, whatever JSON value comes", () => {
    assert(property(jsonValue(), expectSound));
    assert(
      property(
        recordOf(Object.fromEntries(Object.keys(whole).map((key) => [key, jsonValue()])), {
          requiredKeys: [],
        }),
        expectSound,
      ),
    );
  });

  it("keeps what is right when any one place of a good record goes wrong", () => {
    const places = placesOf(whole).slice(1);
    assert(
      property(constantFrom(...places), jsonValue(), (path, junk) => {
        const broken = replaced(whole, path, junk);
        expectSound(broken);
        const record = hereV3.read(broken, asIs, "whole");
        expect("unreadable" in record).toBe(false);
        if ("unreadable" in record || path[0] === "evses") return;
        expect(record.location.evses.map((evse) => evse.evse_id)).toEqual(["CH*BSP*E7*1", "CH*BSP*E7*2"]);
      }),
      { numRuns: 300 },
    );
  });

  it("reads past nesting of any depth, keys like __proto__ and numbers beyond all bounds", () => {
    const deep = `{"id":"x","evses":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(hereV3.read(JSON.parse(deep), asIs, "whole")).toMatchObject({
      notes: [{ code: "bad-field", pointer: "/evses", detail: "/evses/0 is a list" }],
    });
    const polluted = hereV3.read(
      JSON.parse('{"id":"x","__proto__":{"name":"y"},"evses":[{"__proto__":5}]}'),
      asIs,
      "whole",
    );
    expect(polluted).toMatchObject({ location: { name: undefined, evses: [{ connectors: [] }] }, notes: [] });
    const huge = hereV3.read(
      JSON.parse('{"id":12345678901234567890,"location":{"lat":1e999,"lng":"1e999"}}'),
      asIs,
      "whole",
    );
    expect(huge).toMatchObject({ location: { id: undefined, coordinates: { latitude: undefined } } });
  });

  it("tells of the first twenty bad fields and counts the rest", () => {
    const evses = Array.from({ length: 5000 }, (_, i) => i);
    const record = hereV3.read({ id: "x", evses }, asIs, "whole");
    if ("unreadable" in record) throw new Error(record.detail);
    expect(record.location.evses).toEqual([]);
    expect(record.notes).toHaveLength(21);
    expect(record.notes.at(-1)?.detail).toBe("and 4980 more fields");
  });
});

describe("guardHereLocation", () => {
  it("drops one word from a list, not the list", () => {
    expect(guardHereLocation({ facilityTypes: ["hotel", {}, "wifi"] })).toEqual({
      wire: { facilityTypes: ["hotel", undefined, "wifi"] },
      dropped: [{ path: ["facilityTypes", 1], value: {} }],
    });
  });
});

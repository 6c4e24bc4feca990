import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locationSchema } from "../ocpi/location.js";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import { EMITTED, LICENSED, documentOf, emittedWith } from "./emitted.test-support.js";
import { ocpiForm } from "./ocpi-form.js";

async function latitudeOf(latitude: string): Promise<unknown> {
  const location = { ...EMITTED.location, coordinates: { latitude, longitude: "1" } };
  return JSON.parse(await documentOf(ocpiForm, LICENSED, [{ ...EMITTED, location }])).coordinates?.latitude;
}

describe("--format ocpi", () => {
  it("is the Location and nothing else, absent fields left out", async () => {
    expect(await documentOf(ocpiForm, LICENSED, [EMITTED])).toBe(
      '{"country_code":"LT","party_id":"IGN","id":"42",' +
        '"coordinates":{"latitude":"54.6871555","longitude":"-25.27000"},' +
        '"evses":[{"connectors":[{"standard":"IEC_62196_T2"}],' +
        '"coordinates":{"latitude":"54.68730","longitude":"-25.27010"}}]}\n',
    );
  });

  it.each([
    ["54", "54.00000"],
    ["-54.12345678", "-54.1234568"],
    ["54.123450", "54.12345"],
    ["5.4e1", "54.00000"],
    ["-0.00000001", "0.00000"],
    [".5", "0.50000"],
  ])("writes the latitude %s as OCPI text", async (given, expected) => {
    expect(await latitudeOf(given)).toBe(expected);
  });

  it("writes every angle in OCPI's own pattern", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: -90, max: 90, noNaN: true }), async (latitude) => {
        expect(await latitudeOf(`${latitude}`)).toMatch(/^-?[0-9]{1,2}\.[0-9]{5,7}$/);
      }),
    );
  });

  it.each(["", " ", "north", "91", "0x10", "Infinity", "1.2.3"])(
    "leaves out a position of latitude %j",
    async (text) => {
      expect(await latitudeOf(text)).toBeUndefined();
    },
  );

  it.each([...HOSTILE_TEXTS, "\ud800"])("gives %j back unchanged", async (text) => {
    const line = await documentOf(ocpiForm, LICENSED, [emittedWith(text)]);
    const read = locationSchema.parse(JSON.parse(Buffer.from(line).toString()));
    expect(read).toMatchObject({ id: text, name: text });
  });
});

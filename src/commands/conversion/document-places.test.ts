import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DocumentPlaces, recordAt } from "./document-places.js";

describe("the document around a byte", () => {
  it("is the one noted that has it, and none between them", () => {
    const gapsAndLengths = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 })), { maxLength: 20 });
    fc.assert(
      fc.property(gapsAndLengths, fc.nat(300), (documents, byte) => {
        const places = new DocumentPlaces();
        const noted: Array<{ byte: number; length: number }> = [];
        let end = 0;
        for (const [gap, length] of documents) {
          const place = { byte: end + gap, length };
          end = place.byte + length;
          noted.push(place);
          places.add(place);
          places.add(place);
        }
        expect(places.around(byte)).toEqual(
          noted.find((place) => place.byte <= byte && byte < place.byte + place.length),
        );
      }),
    );
  });

  it("is not noted where it is too large to be read a second time", () => {
    const places = new DocumentPlaces();
    places.add({ byte: 0, length: 17 * 1024 * 1024 });
    places.add({ byte: 20_000_000, length: 10 });
    expect(places.around(5)).toBeUndefined();
    expect(places.around(20_000_009)).toEqual({ byte: 20_000_000, length: 10 });
  });
});

it("a record is found by where it begins, and by nothing else", () => {
  const batch = {
    bytes: new Uint8Array(20),
    spans: Uint32Array.of(2, 5, 6, 9, 12, 15),
    byteOffset: 0,
    firstRecord: 0,
    lines: undefined,
  };
  expect([2, 6, 12].map((byte) => recordAt(batch, byte))).toEqual([0, 1, 2]);
  expect([0, 3, 11, 13].map((byte) => recordAt(batch, byte))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

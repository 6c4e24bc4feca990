import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalEvseId, compareNaturally, evseIdKey } from "./evse-id.js";

describe("T2.2: canonicalEvseId", () => {
  test.each([
    ["NL*FAS*E123", "NL*FAS*E123"],
    ["NLFASE123", "NL*FAS*E123"],
    ["NL*FASE123", "NL*FAS*E123"],
    ["NLFAS*E123", "NL*FAS*E123"],
    [" nl-fas-e12-3 ", "NL*FAS*E12*3"],
    ["NL FAS E 123", "NL*FAS*E123"],
    ["\u200bNL*FAS\u2060*E123", "NL*FAS*E123"],
    ["IL*GRE*E*2285132", "IL*GRE*E*2285132"],
    ["DE*8AA*E1", "DE*8AA*E1"],
    [`LT*ABC*E${"1".repeat(30)}`, `LT*ABC*E${"1".repeat(30)}`],
    ["LT*ABC*E1**2", "LT*ABC*E1**2"],
  ])("%j is %s", (stated, canonical) => expect(canonicalEvseId(stated)).toBe(canonical));

  test.each([
    "",
    "1",
    "VSA-E-9TOX-A",
    "11725977*1",
    "PL-97453",
    "TR*OTO*1034009702",
    "IL*GRE*2898S25",
    "NL*FAS*P123",
    "NL*FAS*S123",
    "NL*FAS*E",
    "N1*FAS*E1",
    "NL*FA_*E1",
    "NL*FAS*E1_2",
    "NL**FAS*E1",
    "+49*810*000*438",
    `LT*ABC*E${"1".repeat(31)}`,
    "xNL*FAS*E1?",
    "NL*FAS*Eö",
    "39a83d5c-3f9e-4d3b-9a57-ca1b7f1f2e11",
    "caaeaeea-39a8-423e-bebf-5e024528b4bb",
  ])("%j is no EVSE id", (stated) => expect(canonicalEvseId(stated)).toBeUndefined());

  test("a canonical id is its own canonical form, in any spelling the rule allows", () => {
    const part = (alphabet: string, min: number, max: number) =>
      fc.string({ unit: fc.constantFrom(...alphabet), minLength: min, maxLength: max });
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const id = fc.tuple(
      part(letters, 2, 2),
      part(`${letters}0123456789`, 3, 3),
      part(`${letters}0123456789*`, 1, 30),
    );
    fc.assert(
      fc.property(id, fc.constantFrom("*", "-", "", " * "), ([country, party, rest], between) => {
        const canonical = `${country}*${party}*E${rest}`;
        const spelt = `${country}${between}${party}${between}E${rest}`.toLowerCase();
        expect(canonicalEvseId(canonical)).toBe(canonical);
        expect(canonicalEvseId(spelt)).toBe(canonical);
        expect(evseIdKey(spelt)).toBe(evseIdKey(canonical));
      }),
    );
  });
});

describe("T2.5: evseIdKey", () => {
  test("asterisks, blanks, dashes and capitals make no difference", () => {
    expect(evseIdKey("nl-FAS e1*2")).toBe(evseIdKey("NL*FAS*E12"));
    expect(evseIdKey("NL*FAS*E12")).not.toBe(evseIdKey("NL*FAS*E21"));
  });
});

describe("T2.3: natural order", () => {
  test.each([
    [
      ["E10", "E2", "E1"],
      ["E1", "E2", "E10"],
    ],
    [
      ["E2*10", "E2*9", "E10*1"],
      ["E2*9", "E2*10", "E10*1"],
    ],
    [
      ["E100A", "E20B", "E20A"],
      ["E20A", "E20B", "E100A"],
    ],
    [
      ["IL*GRE*E2", "IL*GRE*E*3"],
      ["IL*GRE*E*3", "IL*GRE*E2"],
    ],
    [
      ["E12345678901234567891", "E12345678901234567890"],
      ["E12345678901234567890", "E12345678901234567891"],
    ],
    [
      ["E1", "E01", "E001"],
      ["E001", "E01", "E1"],
    ],
    [
      ["E1A", "E1"],
      ["E1", "E1A"],
    ],
  ])("%j becomes %j", (given, sorted) => expect(given.toSorted(compareNaturally)).toEqual(sorted));

  test("is a total order: it does not matter how the ids stood before", () => {
    const id = fc.string({ unit: fc.constantFrom("E", "A", "*", "0", "1", "2", "9"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(id), fc.array(fc.nat()), (ids, keys) => {
        const shuffled = ids
          .map((value, i) => ({ value, key: keys[i] ?? i }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ value }) => value);
        expect(shuffled.toSorted(compareNaturally)).toEqual(ids.toSorted(compareNaturally));
      }),
    );
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareNaturally(a, b))).toBe(0 - Math.sign(compareNaturally(b, a)));
        expect(compareNaturally(a, b) === 0).toBe(a === b);
        if (compareNaturally(a, b) <= 0 && compareNaturally(b, c) <= 0) {
          expect(compareNaturally(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

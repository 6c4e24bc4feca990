import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENUM_VALUES, foldEnum } from "./enums.js";

const everyValue = Object.values(ENUM_VALUES).flat();

describe("foldEnum (preamble of T1)", () => {
  test.each([
    ["ac3Phase", "AC_3_PHASE"],
    ["AC_3_PHASE", "AC_3_PHASE"],
    ["ac_3_phase ", "AC_3_PHASE"],
    ["AC-3-PHASE", "AC_3_PHASE"],
    ["ac2PhaseSplit", "AC_2_PHASE_SPLIT"],
    ["IEC_60309_2_single_16", "IEC_60309_2_SINGLE_16"],
    ["iec62196T2Combo", "IEC_62196_T2_COMBO"],
    ["Iec 62196 T2", "IEC_62196_T2"],
    ["outOfOrder", "OUTOFORDER"],
    ["OUT_OF_ORDER", "OUTOFORDER"],
    ["CHARGING ", "CHARGING"],
    ["cable", "CABLE"],
    ["gbtDc", "GBT_DC"],
    ["Chademo", "CHADEMO"],
    ["rfidReader", "RFID_READER"],
    ["REMOVED\u200b", "REMOVED"],
    ["\ufeffIEC_62196_\u00adT2", "IEC_62196_T2"],
  ])("%j is %s", (spelt, value) => expect(foldEnum(spelt)).toBe(value));

  test.each([
    ["Type 2 outlet", "TYPE_2_OUTLET"],
    ["Not_implemented", "NOT_IMPLEMENTED"],
    ["GB/T (DC)", "GB/T_(DC)"],
    ["constructor", "CONSTRUCTOR"],
    ["__proto__", "__PROTO__"],
    ["  ", ""],
    ["", ""],
  ])("%j is no value of OCPI and keeps its words: %j", (spelt, value) => expect(foldEnum(spelt)).toBe(value));

  test("every value of OCPI in any capitals and with any separators is that value", () => {
    const spelling = fc.record({
      value: fc.constantFrom(...everyValue),
      separator: fc.constantFrom("_", "-", " ", "", "__"),
      capitals: fc.func(fc.boolean()),
      before: fc.constantFrom("", " ", "\t"),
    });
    fc.assert(
      fc.property(spelling, ({ value, separator, capitals, before }) => {
        const letters = [...value.replaceAll("_", separator)];
        const spelt = letters.map((letter, i) => (capitals(i) ? letter.toLowerCase() : letter)).join("");
        expect(foldEnum(`${before}${spelt} `)).toBe(value);
      }),
    );
  });

  test("two values of OCPI never become one", () => {
    expect(new Set(everyValue.map(foldEnum))).toEqual(new Set(everyValue));
  });

  test("any text folds, and folding again changes nothing, however many spellings there are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(foldEnum(foldEnum(text))).toBe(foldEnum(text));
      }),
      { numRuns: 6000 },
    );
  });
});

import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { enumWord, protoEnum } from "./proto-json-enum.js";
import { foldedKey, plainText, unwrapped, wholeNumber } from "./proto-json.js";

describe("keys", () => {
  test("of any printer are one", () => {
    for (const key of ["maxPower", "max_power", "MaxPower", "MAX-POWER", "max power"]) {
      expect(foldedKey(key)).toBe("maxpower");
    }
  });
});

describe("wrappers", () => {
  it.each<[unknown, unknown]>([
    [{ value: 3 }, 3],
    [{ value: { value: "a" } }, "a"],
    [{ Value: false }, false],
    [
      { value: 3, unit: "kW" },
      { value: 3, unit: "kW" },
    ],
    [{}, {}],
    [[{ value: 3 }], [{ value: 3 }]],
    ["a", "a"],
    [null, null],
  ])("%j holds %j", (wrapped, inner) => expect(unwrapped(wrapped)).toEqual(inner));

  it("however deep they are nested, come to an end", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { value: deep };
    expect(typeof unwrapped(deep)).toBe("object");
  });
});

describe("names", () => {
  it.each<[unknown, unknown]>([
    ["A", "A"],
    [7, 7],
    [{ value: "A" }, "A"],
    [{ language: "de", value: "A" }, "A"],
    [{ text: { language: "de", value: "A" } }, "A"],
    [{ text: "A" }, "A"],
    [[{ text: { value: "A" } }, { text: { value: "B" } }], "A"],
    [[{ text: { value: "A" } }, { primary: true, text: { value: "B" } }], "B"],
    [[null, "A"], "A"],
    [[], undefined],
    [undefined, undefined],
  ])("%j is %j", (name, text) => expect(plainText(name)).toBe(text));

  it("of no such shape are handed on for the guard to note", () => {
    for (const value of [{ label: "A" }, [[1]], [{}], true]) expect(plainText(value)).toBe(value);
  });
});

describe("indexes", () => {
  it.each<[unknown, number | undefined]>([
    [0, 0],
    [-1, -1],
    ["12", 12],
    [" 3 ", 3],
    ["3.0", 3],
    [{ value: 4 }, 4],
    [{ value: "5" }, 5],
    // a wrapper that is there holds 0, which printers leave out
    [{}, 0],
    [1.5, undefined],
    ["1.5", undefined],
    ["", undefined],
    ["x", undefined],
    [1e300, undefined],
    [null, undefined],
    [[0], undefined],
    [{ name: "A" }, undefined],
  ])("%j is %j", (value, index) => expect(wholeNumber(value)).toBe(index));
});

describe("enumeration values", () => {
  const standard = protoEnum("connector standard type", ["IEC_62196_T2", "DOMESTIC_C", "TYPE_X"]);

  it.each<[string, string | undefined]>([
    ["IEC_62196_T2", "IEC_62196_T2"],
    ["iec62196T2", "iec62196T2"],
    ["CONNECTOR_STANDARD_IEC_62196_T2", "IEC_62196_T2"],
    ["Connector_Standard_iec_62196_t2", "iec_62196_t2"],
    ["CONNECTOR_TYPE_X", "TYPE_X"],
    ["CONNECTOR_STANDARD_UNSPECIFIED", undefined],
    ["unspecified", undefined],
    // nobody knows these after any prefix, or the prefix is not the type's name
    ["CONNECTOR_STANDARD_NEW", "CONNECTOR_STANDARD_NEW"],
    ["NOT_DOMESTIC_C", "NOT_DOMESTIC_C"],
    ["", ""],
    ["ConnectorStandard_IEC_62196_T2", "IEC_62196_T2"],
    ["Connector.DOMESTIC_C", "DOMESTIC_C"],
    ["HoverStandard_DOMESTIC_C", "HoverStandard_DOMESTIC_C"],
  ])("%s is %s", (text, word) => expect(enumWord(standard, text)).toBe(word));

  it("are what they are or lose a prefix, nothing else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const word = enumWord(standard, text);
        if (word === undefined) expect(text.trim().toUpperCase()).toMatch(/(^|_)UNSPECIFIED$/);
        else expect(text.endsWith(word) || text.trim().endsWith(word)).toBe(true);
      }),
    );
  });
});

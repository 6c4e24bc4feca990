import { describe, expect, test } from "vitest";
import { listInObject } from "./list-in-object.js";

const listIn = (holder: Record<string, unknown>): unknown => listInObject(holder, (key) => key === "uid");

describe("an object where a list belongs", () => {
  test("XML's: a list under one key", () => {
    expect(listIn({ evse: [{ uid: "1" }] })).toEqual({ listKey: "evse" });
  });

  test("PHP's: items under numbers or ids, and an empty one", () => {
    expect(listIn({ "2": {}, "0": {} })).toEqual({ itemKeys: ["0", "2"] });
    expect(listIn({ "LT*1": { uid: "1" } })).toEqual({ itemKeys: ["LT*1"] });
    expect(listIn({})).toEqual({ itemKeys: [] });
  });

  test("an item by itself is no list, whatever it holds", () => {
    expect(listIn({ uid: "1" })).toBeUndefined();
    expect(listIn({ uid: "1", connectors: [{}] })).toBeUndefined();
    expect(listIn({ other: "x", more: {} })).toBeUndefined();
  });
});

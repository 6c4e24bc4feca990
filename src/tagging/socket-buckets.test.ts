import { describe, expect, test } from "vitest";
import { SOCKET_BUCKETS, bucketOf } from "./socket-buckets.js";
import { NEVER_WRITTEN, SOCKET_KINDS } from "./socket-table.js";

describe("bucketOf (T3.6)", () => {
  test.each([
    ["type2", "type2_cable"],
    ["nacs", "tesla_supercharger"],
    ["nacs", "tesla_destination"],
    ["nacs", "tesla_standard"],
    ["type2_combo", "tesla_supercharger_ccs"],
    ["type2_combo", "ccs"],
    ["type2_combo", "ccs2"],
    ["type1", "type1_cable"],
    ["type1", "j1772"],
    ["type1_combo", "ccs1"],
  ])("%s and %s are one", (a, b) => {
    expect(bucketOf(a)).toBe(bucketOf(b));
  });

  test("every key that is never written has a bucket that is written (T3.5)", () => {
    const written = new Set(Object.values(SOCKET_KINDS).flat());
    for (const key of NEVER_WRITTEN) expect(written, key).toContain(bucketOf(key));
  });

  test("no key stands in two buckets", () => {
    const keys = SOCKET_BUCKETS.flat().map((key) => key.toLowerCase());
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("keys that are written and share a bucket are only type2 and type2_cable", () => {
    const written = Object.values(SOCKET_KINDS).flat();
    const shared = written.filter((key) =>
      written.some((other) => other !== key && bucketOf(other) === bucketOf(key)),
    );
    expect(shared).toEqual(["type2", "type2_cable"]);
  });

  test("capitals do not matter; an unknown key is its own bucket, capitals kept", () => {
    expect(bucketOf("Type2_Cable")).toBe("type2");
    expect(bucketOf("typeL")).toBe("typeL");
    expect(bucketOf("constructor")).toBe("constructor");
  });
});

import { describe, expect, it } from "vitest";
import { asIs } from "./dialect.js";
import { BadFields, HereNode } from "./here-v2-node.js";

function nodeOf(value: Record<string, unknown>): { node: HereNode; bad: BadFields } {
  const bad = new BadFields(asIs);
  return { node: HereNode.of(value, bad), bad };
}

describe("the lists of a v2 answer", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["a list", [{ n: 1 }, { n: 2 }], ["/c/0", "/c/1"]],
    ["a wrapped list", { w: [{ n: 1 }, { n: 2 }] }, ["/c/w/0", "/c/w/1"]],
    ["a wrapped element", { w: { n: 1 } }, ["/c/w"]],
    ["an element", { n: 1 }, ["/c"]],
    ["a list of wrappers", [{ w: { n: 1 } }, { w: [{ n: 2 }] }], ["/c/0/w", "/c/1/w/0"]],
    ["nulls among elements", [null, { n: 1 }], ["/c/1"]],
    ["an empty wrapper", {}, []],
    ["an empty wrapped list", { w: [] }, []],
    ["a wrapped null", { w: null }, []],
    ["null", null, []],
  ])("%s", (_what, c, pointers) => {
    const { node, bad } = nodeOf({ c });
    expect(node.list(["c"], "w").map(({ pointer }) => pointer)).toEqual(pointers);
    expect(bad.notes()).toEqual([]);
  });

  it("note what is no object, with its place", () => {
    const { node, bad } = nodeOf({ c: { w: [7, { n: 1 }] } });
    expect(node.list(["c"], "w")).toHaveLength(1);
    expect(bad.notes()).toEqual([{ code: "bad-field", pointer: "", detail: "/c/w/0 is 7" }]);
  });
});

describe("the values of a v2 answer", () => {
  it("come out of lists of one, and the first path that holds something is read", () => {
    const { node } = nodeOf({ a: " ", b: [{ c: ["x "] }], n: "1.5", f: "TRUE" });
    expect(node.text("a", "none", "b/c")).toBe("x");
    expect(node.placeOf("none", "b/c")).toBe("/b/0/c/0");
    expect(node.number("n")).toBe(1.5);
    expect(node.flag("f")).toBe(true);
  });

  it("of the wrong type are absent and noted once", () => {
    const { node, bad } = nodeOf({ t: {}, n: "1,5", f: "perhaps", big: 2 ** 64, o: 3 });
    for (let times = 0; times < 2; times++) {
      expect(node.text("t")).toBeUndefined();
      expect(node.number("n")).toBeUndefined();
      expect(node.flag("f")).toBeUndefined();
      expect(node.text("big")).toBeUndefined();
      expect(node.node("o")).toBeUndefined();
    }
    expect(bad.notes().map(({ detail }) => detail)).toEqual([
      "/t is {}",
      '/n is "1,5"',
      '/f is "perhaps"',
      "/big is 18446744073709552000",
      "/o is 3",
    ]);
  });

  it("are only the object's own", () => {
    const { node } = nodeOf(JSON.parse('{"__proto__":{"a":"x"}}'));
    expect(node.text("a", "toString", "constructor/name")).toBeUndefined();
  });
});

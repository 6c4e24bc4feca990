import { describe, expect, test } from "vitest";
import { judged, Scores } from "./judged.mjs";

const truth = (key: string, osm: string[], more: Record<string, unknown> = {}) => ({
  key,
  osm,
  perturbations: [],
  lifecycle: "" as const,
  distance: osm.length === 0 ? undefined : 10,
  sharedWith: [],
  sameSpot: [],
  ...more,
});
const matched = (...osm: string[]) => ({ kind: "matched" as const, osm });
const review = (...osm: string[]) => ({ kind: "review" as const, osm });
const created = { kind: "new" as const, osm: [] };
const judge = (
  one: ReturnType<typeof truth>,
  verdict: Parameters<typeof judged>[1],
  ...others: (typeof one)[]
) => judged(one, verdict, new Map([one, ...others].map((each) => [each.key, each])));

describe("what a verdict is worth", () => {
  test("part of a cluster is right, one foreign station makes it wrong though the pair is found", () => {
    const cluster = truth("a", ["n1", "n2", "n3"]);
    expect(judge(cluster, matched("n2"))).toEqual({ outcome: "right", found: true });
    expect(judge(cluster, matched("n2", "n9"))).toEqual({ outcome: "wrong", found: true });
    expect(judge(cluster, matched("n9"))).toEqual({ outcome: "wrong", found: false });
  });

  test("what OSM lacks must not be matched; a review of it costs time but is no mistake", () => {
    const absent = truth("a", []);
    expect(judge(absent, matched("n1")).outcome).toBe("wrong");
    expect(judge(absent, review("n1"))).toEqual({ outcome: "review", found: false });
    expect(judge(absent, created).outcome).toBe("new");
  });

  test("what is out of use may be reviewed, not matched", () => {
    const disused = truth("a", ["n1"], { lifecycle: "disused" });
    expect(judge(disused, matched("n1")).outcome).toBe("wrong");
    expect(judge(disused, review("n1"))).toEqual({ outcome: "review", found: true });
    expect(judge(disused, created).outcome).toBe("false-create");
  });

  test("a review without the true station, and a create within 100 m, are mistakes; beyond, it may be created", () => {
    expect(judge(truth("a", ["n1"]), review("n2"))).toEqual({ outcome: "missed-in-review", found: false });
    expect(judge(truth("a", ["n1"], { distance: 100 }), created).outcome).toBe("false-create");
    expect(judge(truth("a", ["n1"], { distance: 100.1 }), created).outcome).toBe("far-create");
  });

  test("twins at one spot taken for each other are wrong, and counted apart", () => {
    const [a, b] = [truth("a", ["n1"], { sameSpot: ["b"] }), truth("b", ["n2"], { sameSpot: ["a"] })];
    expect(judge(a, matched("n2"), b).outcome).toBe("swapped");
    expect(judge(a, matched("n3"), b).outcome).toBe("wrong");
  });
});

describe("scores", () => {
  test("precision is of automatic matches, recall and false creates of pairs within 100 m, reviews of all", () => {
    const scores = new Scores();
    const add = (one: ReturnType<typeof truth>, verdict: Parameters<typeof judged>[1]) =>
      scores.add(one, judge(one, verdict), verdict.kind);
    add(truth("a", ["n1"]), matched("n1"));
    add(truth("b", ["n2"]), matched("n9"));
    add(truth("c", ["n3"]), review("n3"));
    add(truth("d", ["n4"]), created);
    add(truth("e", ["n5"], { distance: 120 }), created);
    expect(scores.shares()).toEqual({
      precision: 1 / 2,
      recall: 2 / 4,
      settled: 1 / 4,
      reviewRate: 1 / 5,
      falseCreates: 1 / 4,
      far: 0,
    });
    expect(scores.failures()).toHaveLength(3);
  });

  test("a set without mistakes passes", () => {
    const scores = new Scores();
    for (const name of ["n1", "n2"]) {
      const one = truth(name, [name]);
      scores.add(one, judge(one, matched(name)), "matched");
    }
    expect(scores.failures()).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { type Decision, DecisionBook, decisionSchema } from "../merging/decisions.js";
import { TagDecisions } from "../merging/tag-decisions.js";
import {
  WHOLE,
  canBeChosen,
  decidableOf,
  decisionAbout,
  withDecision,
  withNote,
  withoutDecision,
} from "./decide.js";
import { candidateOf, lineOf, tagOf } from "./review.test-support.js";
import { standingOf } from "./standing.js";

const BY = { who: "ana", when: "2026-11-21T10:00:00Z", note: "" };

/** Whether the next `diff` takes the tag with this value as decided. */
function heldFor(decision: Decision, key: string, value: string | undefined): string | undefined {
  return new TagDecisions(new DecisionBook([decision]), "LT*IGN*42", undefined, "LT").of(key, value);
}

describe("decisions that the next diff reads (D5)", () => {
  it("are what the schema takes, member by member", () => {
    const line = lineOf({ candidates: [candidateOf("n1;w2")] });
    for (const subject of [
      WHOLE,
      { kind: "tag", key: "capacity" },
      { kind: "match", osm: "n1;w2" },
    ] as const) {
      const decision = decisionAbout(line, subject, "reject", { ...BY, note: "seen on the ground" });
      expect(decisionSchema.parse(decision)).toEqual(decision);
      expect(decision).toMatchObject({ who: "ana", when: BY.when, note: "seen on the ground" });
    }
  });

  it("reject a tag until the feed's value changes", () => {
    const decision = decisionAbout(lineOf(), { kind: "tag", key: "capacity" }, "reject", BY);
    expect(heldFor(decision, "capacity", "4")).toBe("reject");
    expect(heldFor(decision, "capacity", "5")).toBeUndefined();
    expect(heldFor(decision, "opening_hours", "24/7")).toBeUndefined();
  });

  it("reject every tag of a proposal with its value", () => {
    const line = lineOf({ tags: [tagOf("capacity", "4", "2"), tagOf("fee", null, "yes")] });
    const decision = decisionAbout(line, WHOLE, "reject", BY);
    expect(heldFor(decision, "capacity", "4")).toBe("reject");
    expect(heldFor(decision, "fee", undefined)).toBe("reject");
    expect(heldFor(decision, "fee", "no")).toBeUndefined();
  });

  it("say which element a station is, and which it is not", () => {
    const line = lineOf({ proposal: "review/LT*IGN*42", candidates: [candidateOf("n1"), candidateOf("w2")] });
    const accept = decisionAbout(line, { kind: "match", osm: "w2" }, "accept", BY);
    const reject = decisionAbout(line, { kind: "match", osm: "n1" }, "reject", BY);
    const book = new DecisionBook([accept, reject]);
    expect([...(book.accepted.get("LT*IGN*42") ?? [])]).toEqual(["w2"]);
    expect([...(book.refused.get("LT*IGN*42") ?? [])]).toEqual(["n1"]);
  });

  it("cannot name what OSM's database does not have", () => {
    expect(canBeChosen("n1;w2")).toBe(true);
    expect(canBeChosen("n-5")).toBe(false);
    expect(decisionSchema.safeParse({ proposal: "review/X", decision: "accept", osm: "n-5" }).success).toBe(
      false,
    );
  });

  it("leave out a name and a note that nobody gave", () => {
    const decision = decisionAbout(lineOf(), WHOLE, "accept", { who: "", when: BY.when, note: "" });
    expect(Object.keys(decision)).toEqual(["proposal", "decision", "values", "when"]);
  });
});

describe("one more decision", () => {
  const line = lineOf();
  const whole = decisionAbout(line, WHOLE, "accept", BY);

  it("replaces what the same reviewer said of the same thing, nothing else", () => {
    const tag = decisionAbout(line, { kind: "tag", key: "capacity" }, "reject", BY);
    const others = decisionAbout(line, WHOLE, "defer", { ...BY, who: "ben" });
    const again = decisionAbout(line, WHOLE, "reject", BY);
    expect(withDecision([whole, tag, others], again)).toEqual([tag, others, again]);
  });

  it("of a match replaces the earlier choice: a station is one element", () => {
    const first = decisionAbout(line, { kind: "match", osm: "n1" }, "accept", BY);
    const not = decisionAbout(line, { kind: "match", osm: "n3" }, "reject", BY);
    const second = decisionAbout(line, { kind: "match", osm: "n2" }, "accept", BY);
    expect(withDecision([first, not], second)).toEqual([not, second]);
  });

  it("is taken back with what others said of the thing", () => {
    const tag = decisionAbout(line, { kind: "tag", key: "capacity" }, "reject", BY);
    expect(withoutDecision([whole, tag], WHOLE)).toEqual([tag]);
    expect(withoutDecision([whole, tag], { kind: "tag", key: "capacity" })).toEqual([whole]);
  });

  it("takes a note, and loses it again", () => {
    const noted = withNote([whole], "ana", "look again");
    expect(noted).toEqual([{ ...whole, note: "look again" }]);
    expect(withNote(noted, "ana", "")).toEqual([whole]);
    expect(withNote(noted, "ben", "mine")).toEqual(noted);
  });
});

it("a decided proposal stands as decided", () => {
  const line = lineOf();
  for (const verdict of ["accept", "reject", "defer"] as const) {
    expect(standingOf([decisionAbout(line, WHOLE, verdict, BY)], decidableOf(line))).toBe(verdict);
  }
});

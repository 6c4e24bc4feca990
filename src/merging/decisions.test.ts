import { describe, expect, it } from "vitest";
import { type Decision, DecisionBook, decisionJsonSchema, parseDecisions } from "./decisions.js";
import { MemoryLineError } from "./memory-lines.js";

const TAG = { proposal: "modify/LT*A*1", key: "capacity" } as const;

describe("decisions.ndjson (D5)", () => {
  it("is read line by line; blank lines, CRLF and a byte order mark do no harm", () => {
    const text =
      '\uFEFF{"proposal":"create/A","decision":"accept"}\r\n\r\n{"proposal":"close/A","decision":"defer","who":"x"}';
    expect(parseDecisions(text, "d")).toEqual([
      { proposal: "create/A", decision: "accept" },
      { proposal: "close/A", decision: "defer", who: "x" },
    ]);
  });

  it.each([
    ["{}", "d, line 1: proposal: "],
    ['\n{"proposal":"create/A","decision":"maybe"}', "d, line 2: decision: "],
    ['{"proposal":"create/A","decision":"accept","osm":"node 1"}', "d, line 1: osm: "],
    ["accept", "d, line 1: not JSON"],
    ['{"proposal":"create/A","decision":"accept","when":"yesterday"}', "d, line 1: when: is no time as "],
  ])("%j is refused: %s", (text, message) => {
    expect(() => parseDecisions(text, "d")).toThrow(MemoryLineError);
    expect(() => parseDecisions(text, "d")).toThrow(message);
  });

  it("has a JSON Schema that says what a line must have", () => {
    expect(decisionJsonSchema()).toMatchObject({ type: "object", required: ["proposal", "decision"] });
  });
});

describe("the decision that holds", () => {
  it("is the last wherever the reviewers' clocks stood", () => {
    const book = new DecisionBook([
      { ...TAG, decision: "accept", who: "anna", when: "2026-01-02T00:00:00Z" },
      { ...TAG, decision: "reject", who: "ben", when: "2026-01-02T01:30:00+02:00" },
    ]);
    expect(book.aboutTag("LT*A*1", "capacity").map(({ who }) => who)).toEqual(["anna"]);
    expect(book.conflicts[0]?.decisions.map(({ who }) => who)).toEqual(["ben", "anna"]);
  });

  it("is the last by time, then by line", () => {
    const book = new DecisionBook([
      { ...TAG, decision: "reject", when: "2024-02-01" },
      { ...TAG, decision: "accept", when: "2024-01-01" },
      { ...TAG, decision: "defer", when: "2024-02-01" },
      { ...TAG, decision: "accept", when: "2023-12-31" },
    ]);
    expect(book.aboutTag("LT*A*1", "capacity").map(({ decision }) => decision)).toEqual(["defer"]);
  });

  it("of a tag put off is what a sheet without a time says when it is asked again", () => {
    const putOff: Decision = { ...TAG, decision: "defer", when: "2025-01-01" };
    const inSheet: Decision = {
      proposal: "review/LT*A*1",
      decision: "accept",
      values: { capacity: "2" },
      who: "anna.csv",
    };
    const about = (...decisions: readonly Decision[]) =>
      new DecisionBook(decisions).aboutTag("LT*A*1", "capacity").map(({ decision }) => decision);
    expect(about(putOff, { ...TAG, decision: "accept" })).toEqual(["accept"]);
    expect(about(inSheet, putOff)).toEqual(["accept"]);
    expect(about({ ...TAG, decision: "accept" }, { ...TAG, decision: "reject", when: "2025-01-01" })).toEqual(
      ["reject"],
    );
    expect(about(putOff, { ...inSheet, values: { access: "yes" } })).toEqual(["defer"]);
  });

  it("of a tag put off is what is said later of the review it comes back in, not of the proposal it was left out of", () => {
    const putOff: Decision = { ...TAG, decision: "defer", when: "2025-01-01" };
    const later = (proposal: string): Decision => ({
      proposal,
      decision: "accept",
      values: { capacity: "2" },
      when: "2025-01-02",
    });
    const about = (...decisions: readonly Decision[]) =>
      new DecisionBook(decisions).aboutTag("LT*A*1", "capacity").map(({ decision }) => decision);
    expect(about(putOff, later("review/LT*A*1"))).toEqual(["accept"]);
    expect(about(putOff, later("modify/LT*A*1"))).toEqual(["defer"]);
    expect(about({ ...putOff, when: "2025-01-03" }, later("review/LT*A*1"))).toEqual(["defer"]);
    const all: Decision = { proposal: TAG.proposal, decision: "defer", when: "2025-01-01" };
    expect(about(all, later("review/LT*A*1"))).toEqual(["accept"]);
    expect(about({ ...all, when: "2025-01-03" }, later("review/LT*A*1"))).toEqual(["accept", "defer"]);
  });

  it("about a tag goes before one about the whole, and holds in whatever proposal the tag stands", () => {
    const whole: Decision = { proposal: "review/LT*A*1", decision: "accept", when: "2025-01-01" };
    const book = new DecisionBook([{ ...TAG, decision: "reject" }, whole]);
    expect(book.aboutTag("LT*A*1", "capacity")).toMatchObject([{ decision: "reject" }]);
    expect(book.aboutTag("LT*A*1", "access")).toEqual([whole]);
    expect(book.aboutTag("LT*A*2", "capacity")).toEqual([]);
    expect(book.aboutProposal("review/LT*A*1")).toEqual(whole);
    expect(book.aboutProposal("modify/LT*A*1")).toBeUndefined();
  });

  it("about a pair is for matching, and about nothing else", () => {
    const pair = (decision: Decision["decision"], osm: string): Decision => ({
      proposal: "review/LT*A*1",
      decision,
      osm,
    });
    const book = new DecisionBook([
      pair("reject", "n1;n2"),
      pair("accept", "n2"),
      pair("accept", "w3"),
      pair("reject", "w3"),
    ]);
    expect([...(book.refused.get("LT*A*1") ?? [])]).toEqual(["n1", "w3"]);
    expect([...(book.accepted.get("LT*A*1") ?? [])]).toEqual(["n2"]);
    expect(book.aboutProposal("review/LT*A*1")).toBeUndefined();
    expect(book.aboutTag("LT*A*1", "capacity")).toEqual([]);
  });

  it("of two reviewers who disagree is told", () => {
    const book = new DecisionBook([
      { ...TAG, decision: "accept", who: "ana" },
      { ...TAG, decision: "reject", who: "ben" },
      { ...TAG, key: "access", decision: "reject", who: "ana" },
      { ...TAG, key: "access", decision: "accept", who: "ana" },
    ]);
    expect(book.conflicts).toEqual([
      {
        ...TAG,
        decisions: [
          { ...TAG, decision: "accept", who: "ana" },
          { ...TAG, decision: "reject", who: "ben" },
        ],
      },
    ]);
  });
});

import { array, assert, constantFrom, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decision, DecisionBook } from "../merging/decisions.js";
import { conflictsAmong, mergeDecisions } from "./merge-decisions.js";

const early: Decision = {
  proposal: "modify/A",
  decision: "accept",
  who: "ana",
  when: "2026-01-01T00:00:00Z",
};
const late: Decision = { ...early, decision: "reject", when: "2026-02-01T00:00:00Z" };

describe("an import", () => {
  it("lets the later decision of a reviewer stay, whichever side has it", () => {
    expect(mergeDecisions(() => [early], [late]).get("modify/A")).toEqual([late]);
    expect(mergeDecisions(() => [late], [early]).size).toBe(0);
  });

  it("of the same file again changes nothing", () => {
    expect(mergeDecisions(() => [early], [early]).size).toBe(0);
  });

  it("keeps what another reviewer said", () => {
    const ben = { ...late, who: "ben" };
    expect(mergeDecisions(() => [early], [ben]).get("modify/A")).toEqual([early, ben]);
  });

  it("of decisions without a time takes the last line", () => {
    const { when: _, ...first } = early;
    const second: Decision = { ...first, decision: "defer" };
    expect(mergeDecisions(() => [], [first, second]).get("modify/A")).toEqual([second]);
  });
});

it("tells the same conflicts as diff does", () => {
  const decision = record(
    {
      proposal: constantFrom("modify/A", "modify/B"),
      key: constantFrom("capacity", "fee"),
      decision: constantFrom("accept", "reject", "defer"),
      who: constantFrom("ana", "ben", "eva"),
      when: constantFrom("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
    },
    { requiredKeys: ["proposal", "decision", "who", "when"] },
  );
  assert(
    property(array(decision, { maxLength: 8 }), (decisions) => {
      const told = conflictsAmong(decisions).map(({ proposal, key, decisions: made }) => [
        proposal,
        key,
        made.length,
      ]);
      const byTool = new DecisionBook(decisions).conflicts;
      expect(told).toEqual(byTool.map(({ proposal, key, decisions: made }) => [proposal, key, made.length]));
    }),
  );
});

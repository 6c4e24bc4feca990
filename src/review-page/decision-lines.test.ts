import {
  type Arbitrary,
  array,
  assert,
  constantFrom,
  dictionary,
  option,
  property,
  record,
  string,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decision, decisionSchema, parseDecisions } from "../merging/decisions.js";
import { decisionLines, readDecisionLines } from "./decision-lines.js";

const value = option(string());
const anyDecision: Arbitrary<Decision> = record(
  {
    proposal: string({ minLength: 1 }),
    key: string(),
    decision: constantFrom("accept", "reject", "defer"),
    value,
    // zod's record leaves `__proto__` out; OSM has no such key.
    values: dictionary(
      string().filter((key) => key !== "__proto__"),
      value,
    ),
    osm: constantFrom("n1", "n1;w2", "r3"),
    who: string(),
    when: constantFrom("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
    note: string({ unit: "binary" }),
  },
  { requiredKeys: ["proposal", "decision"] },
);

describe("what is exported", () => {
  it("is what diff reads, and what the page reads", () => {
    assert(
      property(array(anyDecision), (decisions) => {
        const text = decisionLines(decisions);
        const byTool = parseDecisions(text, "decisions.ndjson");
        expect(readDecisionLines(text)).toEqual({ decisions: byTool, bad: [] });
        expect([...byTool].map(String).length).toBe(decisions.length);
        for (const decision of decisions) expect(byTool).toContainEqual(decisionSchema.parse(decision));
      }),
    );
  });

  it("is the same text whatever the order decisions were made in", () => {
    assert(
      property(array(anyDecision), (decisions) => {
        expect(decisionLines([...decisions].reverse())).toBe(decisionLines(decisions));
      }),
    );
  });

  it("is sorted by proposal, then key", () => {
    const text = decisionLines([
      { proposal: "modify/B", decision: "accept" },
      { proposal: "modify/A", key: "fee", decision: "reject", value: null },
      { proposal: "modify/A", key: "capacity", decision: "reject", value: "4" },
    ]);
    expect(text).toBe(
      '{"proposal":"modify/A","key":"capacity","decision":"reject","value":"4"}\n' +
        '{"proposal":"modify/A","key":"fee","decision":"reject","value":null}\n' +
        '{"proposal":"modify/B","decision":"accept"}\n',
    );
  });
});

describe("what is imported", () => {
  it.each([
    ["nonsense", "not JSON"],
    ["[]", "not a JSON object"],
    ['{"decision":"accept"}', "proposal"],
    ['{"proposal":"modify/A","decision":"yes"}', "decision"],
    ['{"proposal":"modify/A","decision":"accept","value":4}', "value"],
    ['{"proposal":"modify/A","decision":"accept","values":["4"]}', "values"],
    ['{"proposal":"modify/A","decision":"accept","osm":"node 1"}', "osm"],
    ['{"proposal":"modify/A","decision":"accept","who":7}', "who"],
    ['{"proposal":"modify/A","decision":"accept","when":"yesterday"}', "when: is no time"],
  ])("is told by its line where it is no decision: %s", (line, problem) => {
    const { decisions, bad } = readDecisionLines(`{"proposal":"modify/A","decision":"accept"}\n${line}\n`);
    expect(decisions).toHaveLength(1);
    expect(bad).toEqual([{ line: 2, problem: expect.stringContaining(problem) }]);
    expect(() => parseDecisions(line, "decisions.ndjson")).toThrow();
  });

  it("may come from Windows, and hold members of later versions", () => {
    const { decisions, bad } = readDecisionLines(
      '\uFEFF{"proposal":"modify/A","decision":"defer","x":1}\r\n\r\n',
    );
    expect(decisions).toEqual([{ proposal: "modify/A", decision: "defer" }]);
    expect(bad).toEqual([]);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { countProposals } from "./proposal-counts.js";
import { CREATE, MODIFY, REVIEW } from "./proposal.test-support.js";

const NONE = { create: 0, modify: 0, relink: 0, review: 0, conflict: 0, close: 0 };

describe("countProposals", () => {
  it("counts by change, class and outcome, country, operator, and what is withheld", () => {
    const nobodys = { ...REVIEW, location: { ...REVIEW.location, operator: undefined, country: undefined } };
    expect(countProposals([CREATE, { ...MODIFY, withheld: "no-version" }, nobodys])).toEqual({
      by_change: { ...NONE, create: 1, modify: 1, review: 1 },
      tags: [
        {
          class: "A",
          change: "create",
          reason: "new-station",
          meaning: "OSM has no charging station here",
          count: 1,
        },
        { class: "A", change: "modify", reason: "absent", meaning: "OSM has no value", count: 1 },
        {
          class: "A",
          change: "modify",
          reason: "feed-changed",
          meaning: "the feed's value changed since the last import, OSM still has the earlier one",
          count: 1,
        },
        {
          class: "A",
          change: "review",
          reason: "new-station",
          meaning: "OSM has no charging station here",
          count: 1,
        },
      ],
      by_country: [
        { country: "LT", proposals: { ...NONE, create: 1, modify: 1 } },
        { country: undefined, proposals: { ...NONE, review: 1 } },
      ],
      by_operator: [
        { operator: "Ignitis ON", proposals: { ...NONE, create: 1, modify: 1 } },
        { operator: undefined, proposals: { ...NONE, review: 1 } },
      ],
      withheld: [{ reason: "no-version", meaning: expect.stringContaining("version"), count: 1 }],
    });
  });

  it("counts everything once, in any order the same", () => {
    fc.assert(
      fc.property(anyProposals, (proposals) => {
        const counts = countProposals(proposals);
        expect(JSON.stringify(countProposals([...proposals].reverse()))).toBe(JSON.stringify(counts));
        const sum = (changes: Readonly<Record<string, number>>) =>
          Object.values(changes).reduce((a, b) => a + b, 0);
        expect(sum(counts.by_change)).toBe(proposals.length);
        for (const groups of [counts.by_country, counts.by_operator])
          expect(groups.reduce((all, { proposals }) => all + sum(proposals), 0)).toBe(proposals.length);
      }),
    );
  });
});

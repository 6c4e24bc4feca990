import { describe, expect, it } from "vitest";
import { CREATE, MODIFY, NODE, REVIEW } from "../proposals/proposal.test-support.js";
import { agreeingEdits, rebasedEdit } from "./accepted-edits.js";
import { acceptedPart } from "./accepted-proposals.js";
import { type Decision, DecisionBook } from "./decisions.js";
import type { Change, Proposal } from "./proposal.js";
import { UnmetDecisions } from "./unmet-decisions.js";

/** `capacity=4` of what is written, `capacity` of what is taken away. */
function written(proposal: Proposal, ...decisions: readonly Decision[]): readonly string[] | undefined {
  const { edit } = acceptedPart(proposal, new DecisionBook(decisions));
  return edit?.tags.map(({ key, new: value }) => (value === undefined ? key : `${key}=${value}`));
}

function refusals(proposal: Proposal, ...decisions: readonly Decision[]): readonly unknown[] {
  return acceptedPart(proposal, new DecisionBook(decisions)).refusals;
}

const ID = MODIFY.id;
const accept = { proposal: ID, decision: "accept" } as const;
const of = (key: string, decision: Decision["decision"], value?: string): Decision => ({
  proposal: ID,
  key,
  decision,
  ...(value !== undefined && { value }),
});

describe("a change of a station", () => {
  it("is written with all its tags when it is accepted as a whole, but for those decided otherwise", () => {
    expect(written(MODIFY, accept)).toEqual(["capacity=4", "socket:type2=4"]);
    expect(written(MODIFY, accept, of("capacity", "reject"))).toEqual(["socket:type2=4"]);
    expect(written(MODIFY, of("capacity", "defer", "4"), accept)).toEqual(["socket:type2=4"]);
  });

  it("is written with the tags that were accepted one by one, and only these", () => {
    expect(written(MODIFY, of("capacity", "accept"))).toEqual(["capacity=4"]);
    expect(written(MODIFY, of("capacity", "accept", "4"), { proposal: ID, decision: "reject" })).toEqual([
      "capacity=4",
    ]);
  });

  it.each(["reject", "defer"] as const)(
    "is not written at all after %s, nor when nobody decided",
    (decision) => {
      expect(written(MODIFY)).toBeUndefined();
      expect(written(MODIFY, { proposal: ID, decision })).toBeUndefined();
      expect(refusals(MODIFY, { proposal: ID, decision })).toEqual([]);
    },
  );

  it("is written with the tags that were seen, where the decision tells its values", () => {
    expect(written(MODIFY, { ...accept, values: { capacity: "04" } })).toEqual(["capacity=4"]);
  });

  it("is refused tag by tag where the feed says something else than what was accepted (D8)", () => {
    const decision = { ...accept, values: { capacity: "6", "socket:type2": "4" } };
    expect(written(MODIFY, decision)).toEqual(["socket:type2=4"]);
    expect(refusals(MODIFY, decision)).toEqual([
      { proposal: ID, key: "capacity", reason: "stale", decided: "6", now: "4" },
    ]);
    expect(refusals(MODIFY, of("capacity", "accept", "6"))).toHaveLength(1);
  });

  it("whose refusal was about another value is neither written nor refused", () => {
    expect(written(MODIFY, of("capacity", "reject", "6"), accept)).toEqual(["socket:type2=4"]);
    expect(refusals(MODIFY, of("capacity", "reject", "6"))).toEqual([]);
  });

  it("is written whatever it was to be decided about before: a tag is a tag", () => {
    expect(
      written(MODIFY, { proposal: "review/LT*IGN*42", key: "capacity", decision: "accept", value: "4" }),
    ).toEqual(["capacity=4"]);
    expect(written(MODIFY, { proposal: "review/LT*IGN*42", decision: "accept" })).toBeUndefined();
  });

  it("counts its tags by what was decided", () => {
    const book = new DecisionBook([of("capacity", "reject"), of("socket:type2", "accept", "9")]);
    expect(acceptedPart(MODIFY, book).tags).toEqual({
      accepted: 0,
      rejected: 1,
      deferred: 0,
      undecided: 0,
      stale: 1,
    });
  });

  it.each([
    ["no version is known", { ...NODE, version: undefined }, "no-version"],
    ["it is not uploaded yet", { ...NODE, id: -1 }, "not-uploaded"],
  ])("is refused when of its object %s", (_, target, reason) => {
    const proposal = { ...MODIFY, target, withheld: "no-version" as const };
    expect([written(proposal, accept), refusals(proposal, accept)]).toEqual([
      undefined,
      [{ proposal: ID, reason }],
    ]);
  });
});

describe("what needed a decision", () => {
  it.each<Change>(["review", "conflict", "relink", "close"])(
    "is an edit of its object once a %s was accepted",
    (change) => {
      const proposal = { ...MODIFY, id: `${change}/LT*IGN*42`, change };
      const { edit } = acceptedPart(
        proposal,
        new DecisionBook([{ proposal: proposal.id, decision: "accept" }]),
      );
      expect([edit?.target, edit?.tags.length]).toEqual([NODE, 2]);
      expect(["modify", "relink"]).toContain(edit?.change);
    },
  );

  it("and is a match has nothing to write: it says what to do", () => {
    const match = { proposal: REVIEW.id, decision: "accept", osm: "n1" } as const;
    expect(refusals(REVIEW, match)).toEqual([{ proposal: REVIEW.id, reason: "match-accepted" }]);
    expect(refusals(REVIEW, { proposal: REVIEW.id, decision: "accept" })).toEqual([
      { proposal: REVIEW.id, reason: "which-element" },
    ]);
  });

  it("and has no candidate is a new station", () => {
    const { edit } = acceptedPart(
      { ...REVIEW, reason: "outside-country", candidates: [] },
      new DecisionBook([{ proposal: REVIEW.id, decision: "accept" }]),
    );
    expect([edit?.change, edit?.tags.length]).toEqual(["create", 1]);
  });
});

describe("a new station", () => {
  const tag = (key: string, value: string) => ({ ...CREATE.tags[0]!, key, new: value });
  const station: Proposal = {
    ...CREATE,
    tags: [tag("amenity", "charging_station"), tag("capacity", "2"), tag("ref:ocpi:location:id", "7")],
  };
  const yes = { proposal: station.id, decision: "accept" } as const;
  const about = (key: string, decision: Decision["decision"]): Decision => ({
    proposal: station.id,
    key,
    decision,
  });

  it("is written when it was accepted, without the tags that were refused", () => {
    expect(written(station, yes)).toHaveLength(3);
    expect(written(station, yes, about("capacity", "reject"))).toEqual([
      "amenity=charging_station",
      "ref:ocpi:location:id=7",
    ]);
  });

  it("is not written for its tags alone", () => {
    expect(refusals(station, about("capacity", "accept"))).toEqual([
      { proposal: station.id, reason: "station-not-accepted" },
    ]);
  });

  it.each(["amenity", "ref:ocpi:location:id"])("is not written without its %s", (key) => {
    expect(written(station, yes, about(key, "reject"))).toBeUndefined();
    expect(refusals(station, yes, about(key, "reject"))).toEqual([
      { proposal: station.id, reason: "incomplete" },
    ]);
  });

  it("of a feed without ids needs none", () => {
    expect(written(CREATE, yes)).toEqual(["amenity=charging_station"]);
  });

  it("is refused as a whole when any value seen has changed or gone since", () => {
    expect(
      refusals(station, { ...yes, values: { amenity: "charging_station", capacity: "3" } }),
    ).toMatchObject([{ key: "capacity", reason: "stale" }]);
    expect(refusals(station, { ...yes, values: { amenity: "charging_station", level: "1" } })).toMatchObject([
      { reason: "stale" },
    ]);
  });

  it("has its charge points with it, but for those decided otherwise", () => {
    const points = (...decisions: readonly Decision[]) =>
      acceptedPart(station, new DecisionBook([yes, ...decisions])).edit?.chargePoints.length;
    const point = { proposal: `${station.id}/cp1` };
    expect(points()).toBe(1);
    expect(points({ ...point, decision: "accept" })).toBe(1);
    expect(points({ ...point, decision: "reject" })).toBe(0);
    expect(points({ ...point, decision: "defer" })).toBe(0);
    expect(points({ ...point, key: "man_made", decision: "reject" })).toBe(0);
  });
});

describe("edits together", () => {
  it("do not contradict each other: from the second the tags that do are left out, and said", () => {
    const other = {
      ...MODIFY,
      id: "modify/LT*IGN*43",
      tags: MODIFY.tags.map((tag) => ({ ...tag, new: tag.key === "capacity" ? "9" : tag.new })),
    };
    const { edits, refusals } = agreeingEdits([other, MODIFY, CREATE]);
    expect(edits.map(({ id, tags }) => [id, tags.length])).toEqual([
      [other.id, 1],
      [ID, 2],
      [CREATE.id, 1],
    ]);
    expect(refusals).toEqual([{ proposal: other.id, key: "capacity", reason: "disagreement" }]);
  });

  it("against newer OSM: made from the object as it is now, what a mapper changed refused, what is there left out", () => {
    const newer = (tags: Record<string, string>) => ({
      byName: new Map([
        [
          "n123",
          {
            ...NODE,
            version: 5,
            tags: Object.entries({ amenity: "charging_station", ...tags }).map(([key, value]) => ({
              key,
              value,
            })),
          },
        ],
      ]),
      around: () => [],
    });
    const fresh = rebasedEdit(MODIFY, newer({ capacity: "2", note: "new" }));
    expect([fresh.edit?.target?.version, fresh.done, fresh.refused]).toEqual([5, [], []]);
    const touched = rebasedEdit(MODIFY, newer({ capacity: "7", "socket:type2": "4" }));
    expect(touched).toEqual({
      edit: undefined,
      done: [{ proposal: ID, key: "socket:type2", reason: "already-there", osm: "4" }],
      refused: [{ proposal: ID, key: "capacity", reason: "changed-since", osm: "7" }],
    });
    expect(rebasedEdit(MODIFY, { byName: new Map(), around: () => [] })).toMatchObject({
      edit: undefined,
      refused: [{ reason: "gone" }],
    });
  });
});

it("what was accepted and is proposed no more is told, what was refused is not", () => {
  const decisions: readonly Decision[] = [
    accept,
    of("level", "accept"),
    of("lit", "reject"),
    { proposal: "create/LT*IGN*99", decision: "accept" },
    { proposal: "review/LT*IGN*98", decision: "accept", osm: "n1" },
    { proposal: "create/LT*IGN*97", decision: "accept" },
    { proposal: "create/LT*IGN*97", decision: "reject" },
  ];
  const unmet = new UnmetDecisions(decisions, new DecisionBook(decisions));
  unmet.meet(MODIFY);
  expect(unmet.refusals.map(({ proposal, key }) => [proposal, key])).toEqual([
    [ID, "level"],
    ["create/LT*IGN*99", undefined],
  ]);
});

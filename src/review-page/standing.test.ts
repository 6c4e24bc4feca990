import { describe, expect, it } from "vitest";
import type { Decision } from "../merging/decisions.js";
import { tagMark } from "../proposals/tag-mark.js";
import { type Decidable, isAboutNow, isDecided, standingOf } from "./standing.js";

const MODIFY: Decidable = {
  marks: [tagMark("capacity", "4"), tagMark("fee", null)],
  candidates: 0,
  isOne: false,
};

function made(...decisions: readonly Partial<Decision>[]): Decision[] {
  return decisions.map((members) =>
    Object.assign({ proposal: "modify/LT*IGN*42", decision: "accept" as const }, members),
  );
}

describe("a proposal made of tags", () => {
  it("is decided as a whole, or when its last tag is", () => {
    expect(standingOf([], MODIFY)).toBe("undecided");
    expect(standingOf(made({ decision: "defer" }), MODIFY)).toBe("defer");
    expect(standingOf(made({ key: "capacity", value: "4" }), MODIFY)).toBe("partly");
    expect(standingOf(made({ key: "capacity", value: "4" }, { key: "fee", value: null }), MODIFY)).toBe(
      "accept",
    );
  });

  it("keeps what was said of a tag when the whole is decided", () => {
    const tagFirst = made({ key: "capacity", value: "4", decision: "reject" }, { decision: "accept" });
    expect(standingOf(tagFirst, MODIFY)).toBe("mixed");
    expect(isDecided("mixed")).toBe(true);
  });

  it("is open again when the feed says another value than the one decided about", () => {
    expect(standingOf(made({ key: "capacity", value: "3" }), MODIFY)).toBe("undecided");
    expect(standingOf(made({ key: "fee", value: "no" }), MODIFY)).toBe("undecided");
    expect(standingOf(made({ values: { capacity: "3", fee: null } }), MODIFY)).toBe("undecided");
    expect(standingOf(made({ values: { capacity: "4", fee: null } }), MODIFY)).toBe("accept");
  });

  it("is not decided by values that lack one of its tags", () => {
    expect(standingOf(made({ values: { capacity: "4" } }), MODIFY)).toBe("undecided");
  });

  it("may have lost a tag since: OSM took it over", () => {
    expect(standingOf(made({ values: { capacity: "4", fee: null, name: "x" } }), MODIFY)).toBe("accept");
    const create = { ...MODIFY, isOne: true };
    expect(standingOf(made({ values: { capacity: "4", fee: null, name: "x" } }), create)).toBe("undecided");
  });

  it("goes by the later decision, whatever the order they stand in", () => {
    const early = { decision: "reject", when: "2026-01-01T00:00:00Z" } as const;
    const late = { decision: "accept", when: "2026-02-01T00:00:00Z" } as const;
    expect(standingOf(made(early, late), MODIFY)).toBe("accept");
    expect(standingOf(made(late, early), MODIFY)).toBe("accept");
  });
});

it("a new station is accepted as one thing: its tags alone do not make it", () => {
  const create: Decidable = { ...MODIFY, isOne: true };
  const tags = made({ key: "capacity", value: "4" }, { key: "fee", value: null });
  expect(standingOf(tags, create)).toBe("partly");
  expect(standingOf([...tags, ...made({})], create)).toBe("accept");
  const refused = made({ key: "capacity", decision: "reject" }, { key: "fee", decision: "reject" });
  expect(standingOf(refused, create)).toBe("reject");
});

it("tells decisions about earlier values from those about what is proposed now", () => {
  const isAbout = (members: Partial<Decision>): boolean[] =>
    made(members).map((one) => isAboutNow(one, MODIFY));
  expect(isAbout({ key: "capacity", value: "4" })).toEqual([true]);
  expect(isAbout({ key: "capacity", value: "3" })).toEqual([false]);
  expect(isAbout({ key: "name" })).toEqual([false]);
  expect(isAbout({ values: { capacity: "3", fee: null } })).toEqual([false]);
  expect(isAbout({ osm: "n1" })).toEqual([true]);
});

describe("an unsettled match", () => {
  const review: Decidable = { ...MODIFY, candidates: 2 };

  it("is settled by the element it is, or by all that it is not", () => {
    expect(standingOf(made({ osm: "n1", decision: "accept" }), review)).toBe("accept");
    expect(standingOf(made({ osm: "n1", decision: "reject" }), review)).toBe("partly");
    expect(
      standingOf(made({ osm: "n1", decision: "reject" }, { osm: "w2", decision: "reject" }), review),
    ).toBe("reject");
  });

  it("may be put off or refused as a whole", () => {
    expect(standingOf(made({ decision: "defer" }), review)).toBe("defer");
    expect(standingOf(made({ decision: "reject", values: { capacity: "4", fee: null } }), review)).toBe(
      "reject",
    );
  });
});

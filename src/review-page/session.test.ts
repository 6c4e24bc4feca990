import { describe, expect, it } from "vitest";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { KeptDecisions, type KeyValueStore } from "./kept-decisions.js";
import { Preferences } from "./preferences.js";
import { ProposalTable } from "./proposal-table.js";
import { candidateOf, emptyStore, indexOf, lineOf, tagOf } from "./review.test-support.js";
import { Session } from "./session.js";

const { target: _target, ...withoutTarget } = lineOf();
const LINES: readonly ProposalLine[] = [
  lineOf({ proposal: "modify/X*Y*1" }),
  lineOf({ proposal: "modify/X*Y*2", tags: [tagOf("capacity", "4", "2")] }),
  {
    ...withoutTarget,
    proposal: "review/X*Y*3",
    change: "review",
    candidates: [candidateOf("n1"), candidateOf("n-2")],
  },
  { ...withoutTarget, proposal: "create/X*Y*4", change: "create" },
];

/** A session whose first proposal is shown. */
async function begun(store?: KeyValueStore): Promise<Session> {
  const rows = LINES.map(({ proposal: id, tags, target, candidates }) => ({
    id,
    tags: Object.fromEntries(tags.map((tag) => [tag.key, tag.new ?? ""])),
    osm: target === undefined ? "" : "n123",
    candidates: candidates.length,
  }));
  const session = new Session({
    about: { source: "Example", licensed: true, tool: "ocpi2osm", counts: {} },
    table: new ProposalTable(indexOf(rows)),
    proposals: {
      at: async (row) => {
        const line = LINES[row];
        if (line === undefined) throw new Error("cut off");
        return line;
      },
    },
    preferences: new Preferences(undefined),
    kept: store && new KeptDecisions(store, "Example"),
  });
  session.select(session.decided.firstOpen());
  await shown();
  return session;
}

/** Proposals are decoded in a while. */
async function shown(): Promise<void> {
  await new Promise((done) => setTimeout(done, 0));
}

describe("deciding", () => {
  it("goes on to the next that is undecided, from the last to the first", async () => {
    const session = await begun();
    session.select(3);
    await shown();
    session.decide("accept");
    await shown();
    expect(session.selected.value).toBe(0);
    session.decide("reject");
    expect(session.selected.value).toBe(1);
    expect(session.decided.count.value).toBe(2);
  });

  it("stays where it is if the reviewer wants it so", async () => {
    const session = await begun();
    session.preferences.goesOn.value = false;
    session.decide("defer");
    expect(session.selected.value).toBe(0);
    expect(session.decided.standing(0)).toBe("defer");
  });

  it("of the chosen tag leaves the proposal open until the last tag is decided", async () => {
    const session = await begun();
    session.choose(1);
    session.decide("reject");
    expect(session.decided.standing(0)).toBe("partly");
    expect(session.selected.value).toBe(0);
    session.choose(0);
    session.decide("accept");
    expect(session.decided.standing(0)).toBe("mixed");
    expect(session.selected.value).toBe(1);
  });

  it("does nothing to a proposal that is not shown yet", async () => {
    const session = await begun();
    session.select(1);
    session.decide("accept");
    expect(session.decided.all()).toEqual([]);
  });

  it("nor chooses or takes back anything of the one before: keys are faster than what they ask for", async () => {
    const session = await begun();
    session.preferences.goesOn.value = false;
    session.decide("accept");
    session.select(1);
    session.choose(1);
    session.chooseBy(1);
    session.clear();
    session.writeNote("of the second");
    await shown();
    expect(session.choice.value).toEqual({ kind: "whole" });
    expect(session.decided.all()).toMatchObject([{ proposal: "modify/X*Y*1", decision: "accept" }]);
    expect(session.decided.all()[0]?.note).toBeUndefined();
  });

  it("says that there is nothing of that number, so that nobody decides about the whole by mistake", async () => {
    const session = await begun();
    session.choose(7);
    expect(session.said.value).toBe("There is no 8 to choose");
    expect(session.choice.value).toEqual({ kind: "whole" });
  });

  it("says in one step that none of the candidates is it", async () => {
    const session = await begun();
    session.preferences.goesOn.value = false;
    session.select(2);
    await shown();
    session.refuseCandidates();
    expect(session.decided.all()).toMatchObject([
      { proposal: "review/X*Y*3", decision: "reject", osm: "n1" },
    ]);
    session.undo();
    expect(session.decided.all()).toEqual([]);
  });

  it("of an unsettled match wants to know the element", async () => {
    const session = await begun();
    session.select(2);
    await shown();
    session.decide("accept");
    expect(session.decided.all()).toEqual([]);
    expect(session.said.value).toMatch(/Choose the element/);
    session.choose(1);
    session.decide("accept");
    expect(session.decided.all()).toEqual([]);
    expect(session.said.value).toMatch(/not in OSM's database/);
    session.choose(0);
    session.decide("accept");
    expect(session.decided.all()).toMatchObject([
      { proposal: "review/X*Y*3", decision: "accept", osm: "n1" },
    ]);
  });

  it("of a new station's tags says that the station is still to be decided", async () => {
    const session = await begun();
    session.select(3);
    await shown();
    for (const at of [0, 1]) {
      session.choose(at);
      session.decide("accept");
    }
    expect(session.decided.standing(3)).toBe("partly");
    expect(session.said.value).toMatch(/as a whole/);
  });
});

describe("undo", () => {
  it("takes back step by step and shows what it was about", async () => {
    const session = await begun();
    session.decide("accept");
    await shown();
    session.decide("reject");
    await shown();
    session.undo();
    expect(session.selected.value).toBe(1);
    session.undo();
    expect(session.selected.value).toBe(0);
    expect(session.decided.count.value).toBe(0);
    session.undo();
    expect(session.said.value).toBe("Nothing to undo");
  });

  it("takes back an import in one step", async () => {
    const session = await begun();
    session.decided.import([
      { proposal: "modify/X*Y*1", decision: "accept" },
      { proposal: "modify/X*Y*2", decision: "reject" },
      { proposal: "modify/Z", decision: "reject" },
    ]);
    expect(session.decided.count.value).toBe(2);
    session.undo();
    expect(session.decided.all()).toEqual([]);
  });
});

describe("a note", () => {
  it("waits for the decision it is to stand with, also while others are looked at", async () => {
    const session = await begun();
    session.writeNote("look again");
    session.step(1);
    await shown();
    expect(session.draft.value).toBe("");
    session.step(-1);
    await shown();
    session.decide("defer");
    expect(session.decided.all()).toMatchObject([{ decision: "defer", note: "look again" }]);
  });

  it("stays when its decision is made another one", async () => {
    const session = await begun();
    session.preferences.goesOn.value = false;
    session.decide("defer");
    session.writeNote("look again");
    session.decide("reject");
    expect(session.decided.all()).toMatchObject([{ decision: "reject", note: "look again" }]);
  });
});

describe("decisions in the browser", () => {
  it("are there again, and another tab's arrive", async () => {
    const store = emptyStore();
    const first = await begun(store);
    const other = await begun(store);
    first.decide("accept");
    const entry = store.key(0);
    other.decided.takeOver(entry, entry === null ? null : store.getItem(entry));
    expect(other.decided.count.value).toBe(1);
    expect((await begun(store)).selected.value).toBe(1);
  });

  it("are said not to be kept when there is no storage, or no room in it", async () => {
    expect((await begun()).decided.unkept.value).toMatch(/export/);
    const session = await begun(emptyStore(1));
    session.decide("accept");
    await shown();
    expect(session.decided.unkept.value).toBeUndefined();
    session.decide("accept");
    expect(session.decided.unkept.value).toMatch(/full/);
    expect(session.decided.count.value).toBe(2);
  });
});

it("keeps to the list: filters and search change what is next", async () => {
  const session = await begun();
  session.ticked.value = { change: ["create", "review"] };
  expect([...session.rows.value]).toEqual([2, 3]);
  session.step(1);
  expect(session.selected.value).toBe(2);
  session.search.value = "x*y*4";
  session.step(0);
  expect(session.selected.value).toBe(3);
});

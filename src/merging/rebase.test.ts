import { describe, expect, it } from "vitest";
import { type OsmObject, elementName } from "../osm/osm-object.js";
import type { Proposal, TagProposal } from "./proposal.js";
import { type NewerOsm, rebaseProposal } from "./rebase.js";

const THEN: OsmObject = {
  type: "node",
  id: 5,
  version: 3,
  lat: 54.7,
  lon: 25.3,
  tags: [
    { key: "amenity", value: "charging_station" },
    { key: "capacity", value: "2" },
  ],
  nodes: [],
  members: [],
  outlines: [],
};

function tag(key: string, old: string | undefined, value: string | undefined): TagProposal {
  return {
    key,
    class: "A",
    old,
    base: undefined,
    new: value,
    rule: "T5.1",
    reason: "feed-changed",
    sources: [],
  };
}

const MODIFY: Proposal = {
  id: "modify/LT*IGN*42",
  change: "modify",
  reason: "tags-differ",
  location: { key: "LT*IGN*42", id: "42", lat: 54.7, lon: 25.3, country: "LT" },
  target: THEN,
  candidates: [],
  tags: [tag("capacity", "2", "4"), tag("socket:type2", undefined, "4")],
  chargePoints: [],
  notes: [],
};

const CREATE: Proposal = {
  ...MODIFY,
  id: "create/LT*IGN*42",
  change: "create",
  reason: "new-station",
  target: undefined,
  nearby: [{ osm: "n9", version: 1 }],
  tags: [tag("amenity", undefined, "charging_station"), tag("capacity", undefined, "4")],
};

function newer(...objects: OsmObject[]): NewerOsm {
  return { byName: new Map(objects.map((object) => [elementName(object), object])), around: () => objects };
}

function withTags(version: number, tags: Readonly<Record<string, string>>): OsmObject {
  return { ...THEN, version, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
}

describe("rebaseProposal (D8)", () => {
  it("keeps what OSM has not moved away from", () => {
    const { status, reason, clean } = rebaseProposal(MODIFY, newer(THEN));
    expect([status, reason]).toEqual(["clean", "unchanged"]);
    expect(clean).toEqual(MODIFY);
  });

  it("makes it anew from a version in which other tags changed", () => {
    const now = withTags(7, { amenity: "charging_station", capacity: "2", name: "Žalgirio" });
    const { status, reason, clean } = rebaseProposal(MODIFY, newer(now));
    expect([status, reason]).toEqual(["clean", "still-true"]);
    expect(clean?.target).toEqual(now);
    expect(clean?.tags).toEqual(MODIFY.tags);
  });

  it("withholds an edit only where the newer extract tells no version either (D1.2)", () => {
    const { version: _, ...unversioned } = THEN;
    const withheld: Proposal = { ...MODIFY, target: unversioned, withheld: "no-version" };
    expect(rebaseProposal(withheld, newer(THEN)).clean?.withheld).toBeUndefined();
    expect(rebaseProposal(MODIFY, newer(unversioned)).clean?.withheld).toBe("no-version");
  });

  it("tells what was done by now, in whatever spelling", () => {
    const now = withTags(4, { amenity: "charging_station", capacity: "04", "socket:type2": "4" });
    const rebased = rebaseProposal(MODIFY, newer(now));
    expect([rebased.status, rebased.reason, rebased.clean]).toEqual([
      "already-done",
      "already-there",
      undefined,
    ]);
  });

  it("keeps the rest of a proposal when a mapper changed one of its tags", () => {
    const now = withTags(4, { amenity: "charging_station", capacity: "3" });
    const { status, tags, clean } = rebaseProposal(MODIFY, newer(now));
    expect(status).toBe("conflicting");
    expect(tags.map(({ key, status, now }) => [key, status, now])).toEqual([
      ["capacity", "conflicting", "3"],
      ["socket:type2", "clean", undefined],
    ]);
    expect(clean?.tags.map(({ key }) => key)).toEqual(["socket:type2"]);
  });

  it.each([
    ["took out of use", { "disused:amenity": "charging_station", capacity: "2" }],
    ["made a charge point", { man_made: "charge_point", capacity: "2" }],
  ])("writes nothing to what a mapper %s since", (_, tags) => {
    expect(rebaseProposal(MODIFY, newer(withTags(4, tags)))).toMatchObject({
      status: "conflicting",
      reason: "other-use",
      clean: undefined,
    });
  });

  it("of a closure, tells whether it was done, or done in another way", () => {
    const tags = [
      tag("amenity", "charging_station", undefined),
      tag("disused:amenity", undefined, "charging_station"),
    ];
    const close: Proposal = { ...MODIFY, id: "close/LT*IGN*42", change: "close", tags };
    const now = (tags: Readonly<Record<string, string>>) => rebaseProposal(close, newer(withTags(4, tags)));
    expect(now({ amenity: "charging_station" }).status).toBe("clean");
    expect(now({ "disused:amenity": "charging_station" }).status).toBe("already-done");
    expect(now({ "removed:amenity": "charging_station" })).toMatchObject({ reason: "other-use" });
  });

  it("never writes to what is gone, nor from an extract older than the diff", () => {
    expect(rebaseProposal(MODIFY, newer())).toMatchObject({
      status: "conflicting",
      reason: "gone",
      clean: undefined,
    });
    expect(rebaseProposal(MODIFY, newer({ ...THEN, version: 2 }))).toMatchObject({
      status: "conflicting",
      reason: "older-extract",
      clean: undefined,
    });
  });

  it("keeps a create while only what was there then is there now", () => {
    const neighbour: OsmObject = { ...THEN, id: 9, version: 1 };
    expect(rebaseProposal(CREATE, newer(neighbour)).status).toBe("clean");
    expect(rebaseProposal(CREATE, newer()).status).toBe("clean");
  });

  it("holds a create back when something was mapped or changed beside it", () => {
    expect(rebaseProposal(CREATE, newer({ ...THEN, id: 9, version: 2 }))).toMatchObject({
      status: "conflicting",
      reason: "mapped-since",
      clean: undefined,
    });
    const ours = { ...withTags(1, { amenity: "charging_station", capacity: "4" }), id: 12 };
    expect(rebaseProposal(CREATE, newer(ours)).status).toBe("already-done");
  });

  it("keeps an unsettled match only while nothing near it changed", () => {
    const review: Proposal = { ...CREATE, id: "review/LT*IGN*42", change: "review", reason: "weak" };
    const neighbour: OsmObject = { ...THEN, id: 9, version: 1 };
    expect(rebaseProposal(review, newer(neighbour)).status).toBe("clean");
    expect(rebaseProposal(review, newer()).status).toBe("conflicting");
  });
});

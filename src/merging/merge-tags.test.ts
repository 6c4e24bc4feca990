import { describe, expect, it } from "vitest";
import type { Station } from "../matching/station.js";
import type { WithheldReason } from "../tagging/withheld.js";
import type { SiteCaution } from "./cautions.js";
import { mergeTags, type TagDecision } from "./merge-tags.js";
import type { MergedTag } from "./merged-tag.js";
import { aStation, aTagged, anObject, type Tags } from "./merging.test-support.js";
import { OsmValues } from "./osm-values.js";
import type { TagMemory } from "./tag-memory.js";

interface Given {
  readonly ours: Tags;
  readonly theirs: Tags;
  readonly base?: Tags;
  readonly memory?: ReadonlyMap<string, TagMemory>;
  readonly stations?: readonly Station[];
  readonly cautions?: readonly SiteCaution[];
  readonly lastUpdated?: string;
  readonly withheld?: ReadonlyArray<readonly [string, WithheldReason]>;
  readonly decided?: TagDecision;
  readonly version?: number;
}

function merged(given: Given): Record<string, MergedTag> {
  const memory =
    given.memory ??
    new Map(Object.entries(given.base ?? {}).map(([key, base]) => [key, { base, pending: undefined }]));
  const tags = mergeTags({
    ours: aTagged(given.ours).tags,
    withheld: new Map(given.withheld),
    osm: new OsmValues(given.stations ?? [aStation(given.theirs)]),
    memory,
    version: given.version ?? 3,
    lastUpdated: given.lastUpdated,
    country: "LT",
    cautions: new Set(given.cautions),
    decided: () => given.decided,
  });
  return Object.fromEntries(tags.map((tag) => [tag.key, tag]));
}

function result(given: Given, key: string): string {
  const tag = merged(given)[key];
  return tag === undefined ? "not looked at" : `${tag.outcome} ${tag.reason}`;
}

/** One tag with a class A key. */
function capacity(base: string | undefined, ours: string | undefined, theirs: string | undefined): string {
  const tags = (value: string | undefined): Tags => (value === undefined ? {} : { "socket:type2": value });
  return result({ base: tags(base), ours: tags(ours), theirs: tags(theirs) }, "socket:type2");
}

describe("D3, class A, row by row: base, feed, OSM", () => {
  it.each([
    ["4", "4", "4", "nothing already-there"],
    ["4", "4", "6", "nothing kept-mapper-edit"],
    ["4", "4", undefined, "nothing kept-mapper-edit"],
    ["4", "6", "4", "propose feed-changed"],
    ["4", "6", "6", "nothing already-there"],
    ["4", "6", "8", "conflict both-changed"],
    ["4", "6", undefined, "conflict both-changed"],
    ["4", undefined, "4", "propose feed-dropped"],
    ["4", undefined, "6", "nothing kept-mapper-edit"],
    ["4", undefined, undefined, "nothing already-there"],
    [undefined, "4", undefined, "propose absent"],
    [undefined, "4", "6", "review differs"],
    [undefined, "4", "04", "nothing already-there"],
    [undefined, undefined, "4", "not looked at"],
  ])("%s, %s, %s: %s", (base, ours, theirs, expected) => {
    expect(capacity(base, ours, theirs)).toBe(expected);
  });
});

describe("classes (T8)", () => {
  it("class B is proposed where OSM has no value, and left where it has one", () => {
    const ours = { opening_hours: "Mo-Fr 08:00-18:00", access: "yes" };
    const results = merged({ ours, theirs: { access: "customers" } });
    expect(results["opening_hours"]).toMatchObject({ outcome: "propose", reason: "absent" });
    expect(results["access"]).toMatchObject({ outcome: "nothing", reason: "kept-osm-value" });
  });

  it("class B is never removed", () => {
    const access = { access: "yes" };
    expect(result({ base: access, ours: {}, theirs: access }, "access")).toBe("nothing kept-osm-value");
  });

  it("24/7 never replaces other hours, even those the feed gave", () => {
    const given = { ours: { opening_hours: "24/7" }, theirs: { opening_hours: "Mo-Fr 08:00-18:00" } };
    expect(result(given, "opening_hours")).toBe("nothing kept-osm-value");
    expect(result({ ...given, base: given.theirs }, "opening_hours")).toBe("nothing kept-osm-value");
  });

  it("a capacity is raised, but never lowered without review", () => {
    const to = (ours: string): string =>
      result({ base: { capacity: "4" }, ours: { capacity: ours }, theirs: { capacity: "4" } }, "capacity");
    expect(to("6")).toBe("propose feed-changed");
    expect(to("2")).toBe("review capacity-lowered");
  });

  it("a Wikidata id goes no further than the name it is of", () => {
    const ours = { operator: "Ignitis ON", "operator:wikidata": "Q1" };
    expect(result({ ours, theirs: { operator: "Enefit" } }, "operator:wikidata")).toBe(
      "nothing kept-osm-value",
    );
    expect(result({ ours, theirs: { operator: "UAB Ignitis ON" } }, "operator:wikidata")).toBe(
      "propose absent",
    );
    expect(result({ ours, theirs: {} }, "operator:wikidata")).toBe("propose absent");
  });

  it("what the object is is never taken from it", () => {
    const tag = mergeTags({
      ours: [],
      withheld: new Map(),
      osm: new OsmValues([aStation({})]),
      memory: new Map([["amenity", { base: "charging_station", pending: undefined }]]),
      version: 1,
      lastUpdated: undefined,
      country: undefined,
      cautions: new Set(),
      decided: () => undefined,
    });
    expect(tag[0]).toMatchObject({ key: "amenity", outcome: "nothing" });
  });
});

describe("sockets (T3.6)", () => {
  it.each([
    ["the same number under another key", { type2_cable: "2" }, { type2: "2" }],
    ["NACS under its old key", { nacs: "8" }, { tesla_supercharger: "8" }],
    ["one key for both kinds", { type2: "1", type2_cable: "2" }, { type2: "3" }],
  ])("%s is nothing to do", (_, ours, theirs) => {
    for (const tag of Object.values(merged({ ours: sockets(ours), theirs: sockets(theirs) }))) {
      if (tag.key !== "amenity") expect(tag).toMatchObject({ outcome: "nothing", reason: "socket-variant" });
    }
  });

  it("another number under another key is for review", () => {
    expect(
      result({ ours: sockets({ type2_cable: "3" }), theirs: sockets({ type2: "2" }) }, "socket:type2_cable"),
    ).toBe("review socket-variant");
  });

  it("a key that the feed itself gave is exchanged", () => {
    const base = sockets({ type2: "2" });
    const results = merged({ base, ours: sockets({ type2_cable: "3" }), theirs: base });
    expect(results["socket:type2_cable"]).toMatchObject({ outcome: "propose", new: "3" });
    expect(results["socket:type2"]).toMatchObject({ outcome: "propose", new: undefined });
  });

  it("a key that the feed gave and a mapper counted anew is not", () => {
    const results = merged({
      base: sockets({ type2: "2" }),
      ours: sockets({ type2_cable: "2" }),
      theirs: sockets({ type2: "5" }),
    });
    expect(results["socket:type2_cable"]?.outcome).toBe("review");
    expect(results["socket:type2"]?.outcome).toBe("nothing");
  });

  it("a count refines yes, but not a yes that a mapper wrote over a count", () => {
    const given = { ours: sockets({ type2: "4" }), theirs: sockets({ type2: "yes" }) };
    expect(result(given, "socket:type2")).toBe("propose absent");
    expect(result({ ...given, base: given.ours }, "socket:type2")).toBe("nothing kept-mapper-edit");
  });

  it("an output is proposed only for a socket that is there or proposed", () => {
    const ours = { "socket:type2_cable": "2", "socket:type2_cable:output": "22 kW" };
    const output = (theirs: Tags): string => result({ ours, theirs }, "socket:type2_cable:output");
    expect(output({})).toBe("propose absent");
    expect(output({ "socket:type2_cable": "2" })).toBe("propose absent");
    expect(output({ "socket:type2": "2" })).toBe("nothing socket-variant");
    expect(output({ "socket:type2": "3" })).toBe("review socket-variant");
  });

  it("sockets on the station's charge points count where the station states none", () => {
    const points = [1, 2].map((id) =>
      anObject({ man_made: "charge_point", "socket:type2": "2", capacity: "2" }, { id }),
    );
    const ours = { "socket:type2": "4", capacity: "4" };
    const results = merged({ ours, theirs: {}, stations: [aStation({}, { id: 9 }, points)] });
    expect(results["socket:type2"]?.reason).toBe("already-there");
    expect(results["capacity"]?.reason).toBe("already-there");
  });

  it("sockets on its charge points count on when the station is given other ones", () => {
    const points = [anObject({ man_made: "charge_point", "socket:type2_cable": "yes" }, { id: 1 })];
    const ours = { "socket:type2": "4", "socket:chademo": "1" };
    const reasonOf = (theirs: Tags) => {
      const { "socket:type2": tag } = merged({ ours, theirs: {}, stations: [aStation(theirs, {}, points)] });
      return `${tag?.outcome} ${tag?.reason}`;
    };
    expect(reasonOf({})).toBe("review socket-variant");
    expect(reasonOf({ "socket:chademo": "1" })).toBe(reasonOf({}));
    expect(reasonOf({ "socket:type2": "3" })).toBe("review differs");
  });
});

describe("ref:EU:EVSE (T2)", () => {
  const ours = { "ref:EU:EVSE": "LT*ABC*E1;LT*ABC*E2" };
  const key = "ref:EU:EVSE";

  it("ids in any spelling and order are the same", () => {
    expect(result({ ours, theirs: { [key]: "LTABCE2,lt*abc*e1" } }, key)).toBe("nothing already-there");
  });

  it("pool and station ids are kept: the union is for review", () => {
    expect(merged({ ours, theirs: { [key]: "LT*ABC*P7" } })[key]).toMatchObject({
      outcome: "review",
      new: "LT*ABC*P7;LT*ABC*E1;LT*ABC*E2",
    });
    expect(result({ ours, theirs: { [key]: "LT*ABC*P7;LT*ABC*E1;LT*ABC*E2" } }, key)).toBe(
      "nothing already-there",
    );
  });

  it("pool ids stay when the feed's own ids change or go", () => {
    const theirs = { [key]: "LT*ABC*P7;LT*ABC*E1" };
    const base = { [key]: "LT*ABC*E1" };
    expect(merged({ base, ours, theirs })[key]).toMatchObject({
      outcome: "propose",
      new: "LT*ABC*P7;LT*ABC*E1;LT*ABC*E2",
    });
    expect(merged({ base, ours: {}, theirs })[key]).toMatchObject({ outcome: "propose", new: "LT*ABC*P7" });
  });

  it("ids that stand on the charge points are there", () => {
    const points = [1, 2].map((id) => anObject({ man_made: "charge_point", [key]: `LT*ABC*E${id}` }, { id }));
    expect(result({ ours, theirs: {}, stations: [aStation({}, { id: 9 }, points)] }, key)).toBe(
      "nothing already-there",
    );
  });

  it("a list longer than OSM takes is never written, nor is a withheld one taken for dropped", () => {
    const kept = Array.from({ length: 21 }, (_, index) => `LT*ABC*P${index}00`).join(";");
    expect(result({ ours, theirs: { [key]: kept } }, key)).toBe("nothing too-long");
    expect(result({ ours: {}, base: ours, theirs: ours, withheld: [[key, "too-long"]] }, key)).toBe(
      "nothing too-long",
    );
    expect(result({ ours: {}, base: ours, theirs: ours, withheld: [[key, "damaged"]] }, key)).toBe(
      "nothing damaged",
    );
  });
});

describe("what speaks against an edit", () => {
  const ours = { capacity: "4", opening_hours: "24/7" };

  it.each([
    ["check_date", "2024-06-02", "review surveyed", "review surveyed"],
    ["survey:date", "2024", "review surveyed", "review surveyed"],
    ["check_date:socket", "2024-06", "review surveyed", "propose absent"],
    ["check_date:opening_hours", "2025-01-01", "propose absent", "review surveyed"],
    ["check_date", "2024-06-01", "review surveyed", "review surveyed"],
    ["check_date", "2024-05-31", "propose absent", "propose absent"],
    ["check_date", "last summer", "review surveyed", "review surveyed"],
  ])("%s=%s after an update of 2024-06-01: capacity %s, hours %s", (key, date, forCapacity, forHours) => {
    const given = { ours, theirs: { [key]: date }, lastUpdated: "2024-06-01T10:00:00Z" };
    expect(result(given, "capacity")).toBe(forCapacity);
    expect(result(given, "opening_hours")).toBe(forHours);
  });

  it("without a date of the feed every survey is newer", () => {
    expect(result({ ours, theirs: { check_date: "1999-01-01" } }, "capacity")).toBe("review surveyed");
  });

  it("not:KEY refuses a value by its meaning", () => {
    const given = { ours: { operator: "UAB Ignitis" }, theirs: { "not:operator": "Enefit;Ignitis" } };
    expect(result(given, "operator")).toBe("nothing refused-by-tag");
  });

  it.each(["lifecycle", "far-id", "outside-country", "shared", "cluster"] as const)(
    "%s: everything goes to review",
    (caution) => {
      const results = merged({ ours, theirs: {}, cautions: [caution] });
      expect(results["capacity"]).toMatchObject({ outcome: "review", reason: caution });
      expect(results["opening_hours"]).toMatchObject({ outcome: "review", reason: caution });
    },
  );

  it("a cluster whose stations add up is left alone", () => {
    const stations = [1, 2, 3, 4].map((id) => aStation({ capacity: "1", "socket:type2": "1" }, { id }));
    const given = { ours: { capacity: "4", "socket:type2": "4" }, theirs: {}, stations };
    expect(result(given, "capacity")).toBe("nothing already-there");
    expect(result({ ...given, ours: { capacity: "5" }, cautions: ["cluster"] }, "capacity")).toBe(
      "review differs",
    );
  });

  it("a reviewer's no keeps a tag out, a not-now sends it to review", () => {
    expect(result({ ours, theirs: {}, decided: "reject" }, "capacity")).toBe("nothing rejected");
    expect(result({ ours, theirs: {}, decided: "defer" }, "capacity")).toBe("review deferred");
  });
});

describe("proposals that nobody has applied yet", () => {
  const ours = { "socket:type2": "6" };
  const memory = new Map<string, TagMemory>([
    ["socket:type2", { base: "6", pending: { old: "4", base: "4", version: 3 } }],
  ]);
  const again = (theirs: Tags, version: number): MergedTag | undefined =>
    merged({ ours, theirs, memory, version })["socket:type2"];

  it("come again, the same", () => {
    expect(again({ "socket:type2": "4" }, 3)).toMatchObject({ outcome: "propose", base: "4", new: "6" });
    expect(again({ "socket:type2": "4" }, 3)?.memory).toEqual(memory.get("socket:type2"));
  });

  it("go to review once the object was edited otherwise", () => {
    expect(again({ "socket:type2": "4" }, 4)).toMatchObject({ outcome: "review", reason: "proposed-before" });
  });

  it("stay a matter for review when the feed says yet another value", () => {
    const given = { ours: { "socket:type2": "8" }, theirs: { "socket:type2": "4" }, version: 4 };
    const first = merged({ ...given, memory })["socket:type2"];
    expect(first).toMatchObject({ outcome: "review", reason: "proposed-before", new: "8" });
    const next = new Map(first === undefined ? [] : [["socket:type2", first.memory]]);
    expect(merged({ ...given, memory: next })["socket:type2"]).toEqual(first);
  });

  it("are settled when OSM has them", () => {
    expect(again({ "socket:type2": "6" }, 4)).toMatchObject({
      reason: "already-there",
      memory: { base: "6", pending: undefined },
    });
  });

  it("are answered when a mapper chose another value", () => {
    expect(again({ "socket:type2": "5" }, 4)).toMatchObject({
      outcome: "nothing",
      reason: "kept-mapper-edit",
    });
  });
});

function sockets(counts: Tags): Tags {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [`socket:${name}`, count]));
}

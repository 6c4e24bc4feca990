import { createReadStream, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  type Comparison,
  DEFAULT_TAGGING,
  DecisionBook,
  type FeedRecord,
  NO_MEMORY,
  type State,
  comparedLocation,
  matchLocations,
  mergeExtracts,
  parseDecisions,
  parseProposalLine,
  parseState,
  proposalLine,
  proposeChanges,
  readFeed,
  readLocation,
  readOsm,
  stateText,
  stationsOf,
  tagLocation,
} from "./index.js";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

async function recordsOf(name: string): Promise<FeedRecord[]> {
  const records: FeedRecord[] = [];
  for await (const record of readFeed([fixture(name)])) records.push(record);
  return records;
}

test("readFeed gives every record of a feed with its place, and tagLocation its station", async () => {
  const records = await recordsOf("demo.json");
  expect(records.map(({ record }) => record)).toEqual([...records.keys()]);
  const stations = records.map(({ read }) =>
    "unreadable" in read ? undefined : tagLocation(read, DEFAULT_TAGGING),
  );
  expect(stations.filter((made) => made !== undefined && "station" in made)).toHaveLength(12);
});

test("readFeed hands over what is no Location with the reason, and goes on", async () => {
  const records = await recordsOf("ocpi/elements-that-are-no-locations.json");
  const unreadable = records.filter(({ read }) => "unreadable" in read);
  expect(unreadable.length).toBeGreaterThan(0);
  expect(unreadable.length).toBeLessThan(records.length);
});

test("readFeed tells the line where a feed has a record a line", async () => {
  const [first] = await recordsOf("ocpi/crlf-bom.ndjson");
  expect(first).toMatchObject({ record: 0, line: 1 });
});

test("readLocation reads one parsed record, and takes anything", () => {
  expect(readLocation({ id: 7, evses: [] })).toMatchObject({ location: { id: "7" }, ocpiLocationId: "7" });
  expect(readLocation("no record")).toMatchObject({ unreadable: "not-an-object" });
  expect(readLocation({}, "here-v2")).toMatchObject({ unreadable: "not-a-location" });
});

async function comparisonOf(state: State["entries"], book?: DecisionBook): Promise<Comparison> {
  const locations = (await recordsOf("demo.json")).flatMap(({ read, file, record }) => {
    const compared = "unreadable" in read ? undefined : comparedLocation(read, { file, record });
    return compared === undefined || "reason" in compared ? [] : [compared];
  });
  const name = fixture("osm/demo.osm");
  const extract = mergeExtracts([await readOsm({ name, open: () => createReadStream(name) })]);
  const stations = stationsOf(extract);
  const matches = matchLocations(locations, stations, book ?? NO_MEMORY);
  const decisions = book ?? new DecisionBook([]);
  return proposeChanges({ locations, matches, stations, state, decisions, wayNodes: extract.wayNodes });
}

function demoState(): { readonly text: string; readonly state: State } {
  const text = readFileSync(fixture("osm/demo-state.ndjson"), "utf8");
  return { text, state: parseState(text, "demo-state.ndjson") };
}

test("records and an extract become proposals: the bundled example has every kind of them", async () => {
  const { proposals, counts } = await comparisonOf(demoState().state.entries);
  expect(proposals.map(({ id }) => id)).toEqual([
    "modify/AT*ALB*DEMO-05",
    "review/BG*PTK*DEMO-09",
    "conflict/CH*MLA*DEMO-06",
    "close/DE*BSP*DEMO-00",
    "modify/DE*XIO*DEMO-02",
    "review/FR*REX*DEMO-04",
    "relink/GB*EXC*DEMO-08",
    "create/IL*HLD*DEMO-10",
    "review/JP*MHJ*DEMO-11",
    "modify/NL*XAL*DEMO-03",
    "review/SE*EXL*DEMO-07",
    "create/US*SVO*DEMO-12",
  ]);
  expect(counts.proposals).toEqual({ create: 2, modify: 3, relink: 1, review: 4, conflict: 1, close: 1 });
});

test("what a mapper changed since the last run is not proposed against", async () => {
  const { proposals } = await comparisonOf(demoState().state.entries);
  const tagsOf = (id: string) => proposals.find((proposal) => proposal.id === id)?.tags.map(({ key }) => key);
  expect(tagsOf("modify/AT*ALB*DEMO-05")).toEqual(["opening_hours"]);
  expect(tagsOf("conflict/CH*MLA*DEMO-06")).toEqual(["capacity"]);
});

test("a decision read from a file settles a match", async () => {
  const decision = { proposal: "review/BG*PTK*DEMO-09", decision: "reject", osm: "n900000000009" };
  const book = new DecisionBook(parseDecisions(JSON.stringify(decision), "decisions.ndjson"));
  const { proposals } = await comparisonOf([], book);
  expect(proposals.find(({ id }) => id === decision.proposal)?.reason).toBe("rejected-pair");
});

test("a state and a proposal are written as they were read", async () => {
  const { text, state } = demoState();
  expect(stateText(state)).toBe(text);
  const { proposals } = await comparisonOf(state.entries);
  for (const proposal of proposals) {
    const line = proposalLine(proposal);
    expect(proposalLine(parseProposalLine(line, "proposals.ndjson", 1))).toBe(line);
  }
});

test("comparedLocation says why a record is not compared, and takes those whose every EVSE is REMOVED", async () => {
  const outcomes = (await recordsOf("ocpi/states.json")).map(({ read, file, record }) => {
    const compared = "unreadable" in read ? read.unreadable : comparedLocation(read, { file, record });
    return typeof compared === "string" || "reason" in compared ? compared : { removed: compared.removed };
  });
  expect(outcomes).toContainEqual({ reason: "unpublished" });
  expect(outcomes).toContainEqual({ removed: true });
  expect(outcomes).toContainEqual({ removed: false });
});

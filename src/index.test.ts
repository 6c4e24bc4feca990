import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DEFAULT_TAGGING, type FeedRecord, readFeed, readLocation, tagLocation } from "./index.js";

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
  expect(() => readLocation({}, "here-v2")).toThrow(RangeError);
});

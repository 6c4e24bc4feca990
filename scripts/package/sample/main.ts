/** What somebody's own program may look like: from a feed and an extract to proposals, all of it public. */
import { createReadStream } from "node:fs";
import {
  type Comparison,
  DEFAULT_TAGGING,
  DecisionBook,
  type DiffOptions,
  type FeedRecord,
  type Location,
  NO_MEMORY,
  type Proposal,
  type Report,
  RunError,
  type Tag,
  comparedLocation,
  convert,
  createLog,
  diff,
  matchLocations,
  mergeExtracts,
  proposeChanges,
  readFeed,
  readLocation,
  readOsm,
  reportSchema,
  stationsOf,
  tagLocation,
} from "ocpi2osm";

const [feed = "", extract = ""] = process.argv.slice(2);

/** The tags of one record, or why there are none. */
function tagsOf(value: unknown): readonly Tag[] | string {
  const record = readLocation(value);
  if ("unreadable" in record) return record.unreadable;
  const made = tagLocation(record, DEFAULT_TAGGING);
  return "station" in made ? made.station.tags : made.reason;
}

function idOf({ read }: FeedRecord): string {
  if ("unreadable" in read) return read.detail;
  const location: Location = read.location;
  return location.id ?? "";
}

async function comparison(records: readonly FeedRecord[]): Promise<Comparison> {
  const locations = records.flatMap(({ read, file, record }) => {
    const compared = "unreadable" in read ? undefined : comparedLocation(read, { file, record });
    return compared === undefined || "reason" in compared ? [] : [compared];
  });
  const osm = mergeExtracts([await readOsm({ name: extract, open: () => createReadStream(extract) })]);
  const stations = stationsOf(osm);
  const matches = matchLocations(locations, stations, NO_MEMORY);
  return proposeChanges({ locations, matches, stations, state: [], decisions: new DecisionBook([]) });
}

const records: FeedRecord[] = [];
for await (const record of readFeed([feed])) records.push(record);
const proposals: readonly Proposal[] = (await comparison(records)).proposals;

/** Whole commands are functions, too; that they are typed is all that is asked here. */
export const commands: {
  readonly convert: (...given: Parameters<typeof convert>) => ReturnType<typeof convert>;
  readonly diff: (options: DiffOptions, log: ReturnType<typeof createLog>) => ReturnType<typeof diff>;
} = { convert, diff };

export function emitted(report: Report): number {
  return reportSchema.parse(report).counts.emitted;
}

export function isUsage(error: unknown): boolean {
  return error instanceof RunError && error.exitCode === 2;
}

const tags = tagsOf({
  country_code: "DE",
  party_id: "ABC",
  id: "LOC1",
  publish: true,
  coordinates: { latitude: "52.5200", longitude: "13.4050" },
  evses: [
    {
      uid: "1",
      evse_id: "DE*ABC*E1",
      status: "AVAILABLE",
      connectors: [{ standard: "IEC_62196_T2", format: "SOCKET", power_type: "AC_3_PHASE" }],
    },
  ],
});
process.stdout.write(
  JSON.stringify({ ids: records.map(idOf), tags, proposals: proposals.map(({ id }) => id) }),
);

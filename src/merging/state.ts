/** The state file: what a source said at earlier runs, as NDJSON, sorted and with a header, meant for git. */
import { z } from "zod";
import { MemoryLineError, type LinePlace, type Lines, linesOf, parsedLine } from "./memory-lines.js";
import { type StateEntry, stateEntrySchema } from "./state-entry.js";
import { compareTexts } from "./text-order.js";

/** The version of the file's shape that this program writes; it reads no newer one. */
export const STATE_VERSION = 1;

export interface State {
  /** Name of the source the state is of. */
  readonly source: string;
  /** Sorted by key, each once. */
  readonly entries: readonly StateEntry[];
}

const headerSchema = z.object({ ocpi2osm_state: z.int().positive(), source: z.string() });
const ADVICE =
  "The state file is written by ocpi2osm diff; take the last good one, from git for example. Without one every value that differs from OSM goes to review once more.";

/** The members in the order they are written. */
const MEMBERS: readonly (keyof typeof stateEntrySchema.shape)[] = [
  "key",
  "country_code",
  "party_id",
  "id",
  "lat",
  "lon",
  "operator",
  "osm",
  "base",
  "pending",
  "refused",
  "create",
  "absent",
  "closed",
  "deleted",
];
const KNOWN: ReadonlySet<string> = new Set(MEMBERS);

/**
 * A state file read. Members of entries that this version does not know are kept. `file` is for messages.
 *
 * Throws MemoryLineError for a file without header, of a newer version, with a line that is no entry, or with a key
 * twice.
 */
export function parseState(text: Lines, file: string): State {
  const entries = new Map<string, StateEntry>();
  let source: string | undefined;
  for (const [line, content] of linesOf(text)) {
    const place: LinePlace = { file, line, advice: ADVICE };
    if (source === undefined) {
      source = sourceOf(content, place);
      continue;
    }
    const entry = parsedLine(stateEntrySchema, content, place);
    if (entries.has(entry.key)) throw new MemoryLineError(place, `${entry.key} stands twice`);
    entries.set(entry.key, entry);
  }
  if (source === undefined) throw new MemoryLineError({ file, line: 1, advice: ADVICE }, "no header");
  return { source, entries: [...entries.values()].sort(byEntryKey) };
}

function sourceOf(content: string, place: LinePlace): string {
  const header = parsedLine(headerSchema, content, place);
  if (header.ocpi2osm_state > STATE_VERSION) {
    throw new MemoryLineError(
      { ...place, advice: "Use the version of ocpi2osm that wrote it, or a later one." },
      `the state is of version ${header.ocpi2osm_state}, this program reads up to ${STATE_VERSION}`,
    );
  }
  return header.source;
}

/** A state file line by line, each with its line break: header, then an entry a line, sorted by key. */
export function* stateLines({ source, entries }: State): Generator<string> {
  yield `${JSON.stringify({ ocpi2osm_state: STATE_VERSION, source })}\n`;
  for (const entry of entries.toSorted(byEntryKey)) yield `${entryLine(entry)}\n`;
}

/** The text of a state file; the same bytes for the same state. */
export function stateText(state: State): string {
  return [...stateLines(state)].join("");
}

function entryLine(entry: StateEntry): string {
  const members: Record<string, unknown> = {};
  const unknown = Object.keys(entry).filter((member) => !KNOWN.has(member));
  for (const member of [...MEMBERS, ...unknown.sort()]) {
    const value = entry[member];
    if (value !== undefined) members[member] = BY_KEY.has(member) ? sorted(value) : value;
  }
  return JSON.stringify(members);
}

/** Members that are objects by tag key. */
const BY_KEY: ReadonlySet<string> = new Set(["base", "pending", "refused"]);

function sorted(tags: unknown): unknown {
  if (typeof tags !== "object" || tags === null) return tags;
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => compareTexts(a, b)));
}

function byEntryKey(a: StateEntry, b: StateEntry): number {
  return compareTexts(a.key, b.key);
}

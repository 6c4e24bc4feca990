/** What the state keeps of a Location after a run. */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { MergedTag } from "./merged-tag.js";
import { type StateEntry, stateEntrySchema } from "./state-entry.js";
import type { TagMemory } from "./tag-memory.js";

const KNOWN: ReadonlySet<string> = new Set(Object.keys(stateEntrySchema.shape));

/** What changes from run to run; members that are undefined are left out. */
export type EntryFacts = { readonly [Member in keyof StateEntry]?: StateEntry[Member] | undefined };

/** The entry of a Location of the feed. `before`: its entry so far; members nobody here knows are taken over. */
export function nextEntry(
  location: TaggedLocation,
  before: StateEntry | undefined,
  facts: EntryFacts,
): StateEntry {
  const { key, country_code, party_id, id, lat, lon, operator } = location;
  const unknown = Object.entries(before ?? {}).filter(([member]) => !KNOWN.has(member));
  const members = { ...facts, country_code, party_id, operator };
  return {
    ...Object.fromEntries(unknown),
    ...Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)),
    key,
    id,
    lat,
    lon,
    base: facts.base ?? {},
  };
}

/** What an entry remembers of tags. */
export function memoryOf(entry: StateEntry | undefined): ReadonlyMap<string, TagMemory> {
  const memory = new Map<string, TagMemory>();
  if (entry === undefined) return memory;
  for (const key of new Set([...Object.keys(entry.base), ...Object.keys(entry.pending ?? {})])) {
    memory.set(key, { base: entry.base[key], pending: entry.pending?.[key] });
  }
  return memory;
}

/** The members of an entry that say what is remembered of these tags. */
export function rememberedTags(tags: readonly MergedTag[]): Pick<EntryFacts, "base" | "pending"> {
  const base: Record<string, string> = {};
  const pending: NonNullable<StateEntry["pending"]> = {};
  for (const { key, memory } of tags) {
    if (memory.base !== undefined) base[key] = memory.base;
    if (memory.pending !== undefined) {
      const { version, ...values } = memory.pending;
      pending[key] = { ...values, ...(version !== undefined && { version }) };
    }
  }
  return { base, pending: Object.keys(pending).length === 0 ? undefined : pending };
}

/** What the state keeps of a Location after a run. */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { MergedTag } from "./merged-tag.js";
import { type StateEntry, stateEntrySchema } from "./state-entry.js";
import type { TagMemory } from "./tag-memory.js";

/** Members that do not come from the Location, in the order they are written. */
const FACTS = ["osm", "pending", "refused", "create", "absent", "closed", "deleted"] as const;
const KNOWN: ReadonlySet<string> = new Set(Object.keys(stateEntrySchema.shape));

/** What changes from run to run; members that are undefined are left out. */
export type EntryFacts = {
  readonly [Member in (typeof FACTS)[number] | "base"]?: StateEntry[Member] | undefined;
};

/** The entry of a Location of the feed. `before`: its entry so far; members nobody here knows are taken over. */
export function nextEntry(
  location: TaggedLocation,
  before: StateEntry | undefined,
  facts: EntryFacts,
): StateEntry {
  const { key, country_code, party_id, id, lat, lon, operator } = location;
  const entry: StateEntry = { key, id, lat, lon, base: facts.base ?? {} };
  if (country_code !== undefined) entry.country_code = country_code;
  if (party_id !== undefined) entry.party_id = party_id;
  if (operator !== undefined) entry.operator = operator;
  for (const member of FACTS) {
    const name: string = member;
    if (facts[member] !== undefined) entry[name] = facts[member];
  }
  for (const member in before) if (!KNOWN.has(member)) entry[member] = before[member];
  return entry;
}

/** What an entry remembers of tags; nothing where there is no entry. */
export class TagMemories {
  readonly #entry: StateEntry | undefined;

  constructor(entry: StateEntry | undefined) {
    this.#entry = entry;
  }

  keys(): MapIterator<string> {
    const { base = {}, pending = {} } = this.#entry ?? {};
    return new Set([...Object.keys(base), ...Object.keys(pending)]).keys();
  }

  get(key: string): TagMemory | undefined {
    const base = own(this.#entry?.base, key);
    const pending = own(this.#entry?.pending, key);
    return base === undefined && pending === undefined ? undefined : { base, pending };
  }
}

/** Keys are not our own where somebody edited the file: `constructor` is nothing an entry inherits. */
function own<Value>(members: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return members !== undefined && Object.hasOwn(members, key) ? members[key] : undefined;
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

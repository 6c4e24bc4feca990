/** What is remembered of each tag between runs, so that a proposal nobody has applied yet comes again (D3). */
import { sameMeaning } from "./meaning.js";

/** A published proposal of a tag that OSM has not answered yet. `null`: no such tag. */
export interface PendingTag {
  /** OSM's value when it was proposed. */
  readonly old: string | null;
  /** The base when it was proposed. */
  readonly base: string | null;
  /** The object's version then, where it was known. */
  readonly version?: number | undefined;
}

/**
 * A base that says: the feed gave a value once and has taken it back. Not the same as no base at all: who writes a value
 * then has chosen it. OSM has no empty values.
 */
export const TAKEN_BACK = "";

/** What is remembered of one tag of one Location. */
export interface TagMemory {
  /** The feed's value when it was last published or found in OSM; `TAKEN_BACK` after its removal was published. */
  readonly base: string | undefined;
  readonly pending: PendingTag | undefined;
}

export interface EffectiveBase {
  /** What the three-way merge compares with. */
  readonly base: string | undefined;
  /** What stays remembered if this run neither proposes nor settles anything. */
  readonly memory: TagMemory;
  /** The proposal still stands, though the object has a newer version than it was made from. */
  readonly proposedBefore: boolean;
}

/**
 * The base to merge with. While OSM still has the value it had when a change was published, nobody has acted: the base
 * is the one before, so the same proposal comes again. Once OSM has moved, what was published is the base: then OSM
 * either took it over, or a mapper chose another value.
 *
 * `stated`: what OSM can be said to state of the key; empty when it has no value.
 */
export function effectiveBase(
  key: string,
  memory: TagMemory,
  stated: readonly string[],
  version: number | undefined,
  country: string | undefined,
): EffectiveBase {
  const { base: published, pending } = memory;
  const settled = { base: published, memory: { base: published, pending: undefined }, proposedBefore: false };
  if (pending === undefined) return settled;
  const says = (value: string | undefined): boolean =>
    value === undefined || value === TAKEN_BACK
      ? stated.length === 0
      : stated.some((theirs) => sameMeaning(key, theirs, value, country));
  if (says(published) || !says(pending.old ?? undefined)) return settled;
  return {
    base: pending.base ?? undefined,
    memory,
    proposedBefore: version !== undefined && pending.version !== undefined && version > pending.version,
  };
}

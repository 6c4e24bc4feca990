/** Which sockets a station has, by the buckets of T3.6, and how alike two such profiles are (D2.1). */
import { bucketOf } from "../tagging/socket-buckets.js";
import { ALIKE } from "./scores.js";

/** Bucket → number of sockets; `undefined` where only their presence is known (`socket:type2=yes`). */
export type SocketProfile = ReadonlyMap<string, number | undefined>;

type Tags = readonly { readonly key: string; readonly value: string }[];

const PREFIX = "socket:";
const COUNT = /^\d{1,4}$/;

/**
 * The profiles met in one comparison, each once: stations have few ways of being equipped. A profile is what
 * `socket:KEY` tags state; `no`, `0` and sub-keys (`:output`) count for nothing.
 */
export class ProfileBook {
  private readonly byText = new Map<string, SocketProfile>();
  private readonly compared = new Map<SocketProfile, Map<SocketProfile, ProfileComparison>>();

  profileOf(tags: Tags): SocketProfile {
    let text = "";
    for (const { key, value } of tags) if (isSocketKey(key)) text += `${key}=${value}\n`;
    if (text === "") return NO_SOCKETS;
    let profile = this.byText.get(text);
    if (profile === undefined) {
      profile = socketProfile(tags);
      this.byText.set(text, profile);
    }
    return profile;
  }

  /** What comparing two gives; profiles of the book are compared once. */
  compare(a: SocketProfile, b: SocketProfile): ProfileComparison {
    if (a.size === 0 || b.size === 0) return NOT_COMPARABLE;
    let known = this.compared.get(a);
    if (known === undefined) this.compared.set(a, (known = new Map()));
    let comparison = known.get(b);
    if (comparison === undefined) known.set(b, (comparison = compareProfiles(a, b)));
    return comparison;
  }
}

/** How two profiles are to each other. */
export interface ProfileComparison {
  /** 0 to 1; `undefined` when either side states no socket. */
  readonly likeness: number | undefined;
  /** Like sockets as D2.2 means it, as far as kinds and counts tell. */
  readonly isAlike: boolean;
  /** Nothing in common that could be one thing. */
  readonly excludes: boolean;
}

const NOT_COMPARABLE: ProfileComparison = { likeness: undefined, isAlike: false, excludes: false };

function compareProfiles(a: SocketProfile, b: SocketProfile): ProfileComparison {
  const alike = likeness(a, b);
  const isAlike = alike !== undefined && (alike >= ALIKE || sameBuckets(a, b));
  return { likeness: alike, isAlike, excludes: excludeEachOther(a, b) };
}

function isSocketKey(key: string): boolean {
  return key.startsWith(PREFIX) && !key.includes(":", PREFIX.length);
}

/** The profile that `socket:KEY` tags state; `no`, `0` and sub-keys (`:output`) count for nothing. */
export function socketProfile(tags: Tags): SocketProfile {
  const profile = new Map<string, number | undefined>();
  for (const { key, value } of tags) {
    if (!isSocketKey(key) || value === "no") continue;
    const count = COUNT.test(value) ? Number(value) : undefined;
    if (count === 0) continue;
    const bucket = bucketOf(key.slice(PREFIX.length));
    profile.set(bucket, profile.has(bucket) ? added(profile.get(bucket), count) : count);
  }
  return profile;
}

const NO_SOCKETS: SocketProfile = new Map();

function added(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

/** Bucket by bucket; a presence without count makes the sum one. */
export function sumOfProfiles(profiles: readonly SocketProfile[]): SocketProfile {
  const [first, second] = profiles;
  if (first !== undefined && second === undefined) return first;
  const sum = new Map<string, number | undefined>();
  for (const profile of profiles) {
    for (const [bucket, count] of profile) {
      sum.set(bucket, sum.has(bucket) ? added(sum.get(bucket), count) : count);
    }
  }
  return sum;
}

/**
 * 0 (no bucket in common) to 1 (the same): sockets in common over sockets of either. A presence without count is as
 * many as the other side has. `undefined` when either side states no socket.
 */
export function likeness(a: SocketProfile, b: SocketProfile): number | undefined {
  if (a.size === 0 || b.size === 0) return undefined;
  let common = 0;
  let either = 0;
  for (const [bucket, count] of a) {
    if (!b.has(bucket)) {
      either += count ?? 1;
      continue;
    }
    const other = b.get(bucket);
    const mine = count ?? other ?? 1;
    const theirs = other ?? count ?? 1;
    common += Math.min(mine, theirs);
    either += Math.max(mine, theirs);
  }
  for (const [bucket, count] of b) if (!a.has(bucket)) either += count ?? 1;
  return common / either;
}

/** Whether the profiles name the same buckets, whatever the counts: what is left when one side counts a part. */
export function sameBuckets(a: SocketProfile, b: SocketProfile): boolean {
  if (a.size !== b.size) return false;
  for (const bucket of a.keys()) if (!b.has(bucket)) return false;
  return true;
}

/**
 * Buckets that OSM and feeds take for one another though T3.6 keeps them apart: `socket:tesla_supercharger` is three
 * plugs by region. They never speak for a pair, but they do not speak against it.
 */
const TAKEN_FOR_ONE_ANOTHER: readonly (readonly [string, string])[] = [
  ["nacs", "type2_combo"],
  ["nacs", "type2"],
  ["gb_dc", "gb_ac"],
  ["type3c", "type3a"],
];

/** Whether the profiles have nothing in common that could be one thing. */
export function excludeEachOther(a: SocketProfile, b: SocketProfile): boolean {
  if (a.size === 0 || b.size === 0) return false;
  for (const bucket of a.keys()) if (b.has(bucket)) return false;
  return !TAKEN_FOR_ONE_ANOTHER.some(
    ([one, other]) => (a.has(one) && b.has(other)) || (a.has(other) && b.has(one)),
  );
}

/** `type2 2, type2_combo ?`: for a mapper to read, sorted. */
export function profileText(profile: SocketProfile): string {
  return [...profile]
    .map(([bucket, count]) => `${bucket} ${count ?? "?"}`)
    .sort()
    .join(", ");
}

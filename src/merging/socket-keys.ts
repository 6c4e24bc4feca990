/** Socket keys taken apart, and what they add up to by bucket (T3.6). */
import { bucketOf } from "../tagging/socket-buckets.js";

const PREFIX = "socket:";
const OUTPUT = ":output";

/** `type2` of `socket:type2`; `undefined` for every other key, `socket:type2:output` too. */
export function socketName(key: string): string | undefined {
  if (!key.startsWith(PREFIX)) return undefined;
  const name = key.slice(PREFIX.length);
  return name === "" || name.includes(":") ? undefined : name;
}

/** `socket:type2` of `socket:type2:output`; `undefined` for every other key. */
export function socketOfOutput(key: string): string | undefined {
  if (!key.endsWith(OUTPUT)) return undefined;
  const socket = key.slice(0, -OUTPUT.length);
  return socketName(socket) === undefined ? undefined : socket;
}

/** The bucket of a `socket:NAME` key; `undefined` for other keys. */
export function bucketOfKey(key: string): string | undefined {
  const name = socketName(key);
  return name === undefined ? undefined : bucketOf(name);
}

/** A count as a number; `no` is none, `yes` and other texts have none. */
export function countOf(value: string): number | undefined {
  const text = value.trim().toLowerCase();
  if (text === "no") return 0;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** What an object, or a feed, has of one bucket. */
export interface BucketSum {
  /** Keys with a value other than `no` and 0. */
  readonly keys: ReadonlySet<string>;
  /** `undefined` when a value is no number, `yes`; 0 when there are no keys. */
  readonly sum: number | undefined;
}

const NONE: BucketSum = { keys: new Set(), sum: 0 };

/** Sums by bucket of all `socket:NAME` tags. */
export class BucketSums {
  readonly #sums = new Map<string, BucketSum>();

  constructor(tags: Iterable<readonly [key: string, value: string]>) {
    for (const [key, value] of tags) {
      const bucket = bucketOfKey(key);
      const count = countOf(value);
      if (bucket === undefined || count === 0) continue;
      const { keys, sum } = this.of(bucket);
      this.#sums.set(bucket, {
        keys: new Set([...keys, key]),
        sum: sum === undefined || count === undefined ? undefined : sum + count,
      });
    }
  }

  of(bucket: string): BucketSum {
    return this.#sums.get(bucket) ?? NONE;
  }
}

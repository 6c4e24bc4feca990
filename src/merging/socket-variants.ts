/** Sockets that OSM has under another key of the same bucket: rule T3.6. */
import type { Tag } from "../tagging/tagged-point.js";
import { sameMeaning } from "./meaning.js";
import type { OsmValues } from "./osm-values.js";
import { BucketSums, bucketOfKey, countOf } from "./socket-keys.js";

export class SocketVariants {
  readonly #feed: ReadonlyMap<string, string>;
  readonly #ours: BucketSums;
  readonly #theirs: BucketSums;
  readonly #base: BucketSums;
  readonly #osm: OsmValues;
  readonly #bases: ReadonlyMap<string, string>;

  /** `bases`: what each key is merged with, for the keys that have a base. */
  constructor(ours: readonly Tag[], osm: OsmValues, bases: ReadonlyMap<string, string>) {
    this.#feed = new Map(ours.map(({ key, value }) => [key, value]));
    this.#ours = new BucketSums(this.#feed);
    this.#theirs = new BucketSums(osm.socketTags());
    this.#base = new BucketSums(bases);
    this.#osm = osm;
    this.#bases = bases;
  }

  /** The key's bucket adds up to the same number in OSM and in the feed. */
  sumsAgree(key: string): boolean {
    const bucket = bucketOfKey(key);
    if (bucket === undefined) return false;
    const theirs = this.#theirs.of(bucket);
    return theirs.keys.size > 0 && theirs.sum !== undefined && theirs.sum === this.#ours.of(bucket).sum;
  }

  /** OSM has something of the key's bucket. */
  isPresent(key: string): boolean {
    const bucket = bucketOfKey(key);
    return bucket !== undefined && this.#theirs.of(bucket).keys.size > 0;
  }

  /**
   * OSM has other keys of the bucket than the feed, and some of them, or some that it lacks, neither as the feed has
   * it now nor as it once gave it: nobody knows which of OSM's keys means which of the feed's.
   */
  isAmbiguous(key: string): boolean {
    const bucket = bucketOfKey(key);
    if (bucket === undefined) return false;
    const theirs = this.#theirs.of(bucket).keys;
    if (theirs.size === 0 || sameKeys(theirs, this.#ours.of(bucket).keys)) return false;
    return ![...theirs, ...this.#base.of(bucket).keys].every(
      (key) => this.#isFeeds(key) || this.#isBase(key),
    );
  }

  /** OSM has the bucket just as the feed once said, key by key. */
  isAsBase(key: string): boolean {
    const bucket = bucketOfKey(key);
    if (bucket === undefined) return false;
    const theirs = this.#theirs.of(bucket).keys;
    return sameKeys(theirs, this.#base.of(bucket).keys) && [...theirs].every((key) => this.#isBase(key));
  }

  #isFeeds(key: string): boolean {
    return sameMeaning(key, this.#theirsOf(key), this.#feed.get(key));
  }

  #isBase(key: string): boolean {
    return sameMeaning(key, this.#theirsOf(key), this.#bases.get(key));
  }

  /** Of the site, its charge points too. `socket:type2=no` says as much as no such tag. */
  #theirsOf(key: string): string | undefined {
    const [value] = this.#osm.stated(key);
    return value === undefined || countOf(value) === 0 ? undefined : value;
  }
}

function sameKeys(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}

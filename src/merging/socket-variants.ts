/** Sockets that OSM has under another key of the same bucket: rule T3.6. */
import type { Tag } from "../tagging/tagged-point.js";
import { sameMeaning } from "./meaning.js";
import type { OsmValues } from "./osm-values.js";
import { BucketSums, bucketOfKey } from "./socket-keys.js";

export class SocketVariants {
  readonly #ours: BucketSums;
  readonly #theirs: BucketSums;
  readonly #base: BucketSums;
  readonly #osm: OsmValues;
  readonly #bases: ReadonlyMap<string, string>;

  /** `bases`: what each key is merged with, for the keys that have a base. */
  constructor(ours: readonly Tag[], osm: OsmValues, bases: ReadonlyMap<string, string>) {
    this.#ours = new BucketSums(ours.map(({ key, value }) => [key, value]));
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

  /** OSM has what the feed said earlier, but under other keys of the bucket. */
  saysBaseOtherwise(key: string): boolean {
    const bucket = bucketOfKey(key);
    if (bucket === undefined) return false;
    const theirs = this.#theirs.of(bucket);
    const base = this.#base.of(bucket);
    return (
      theirs.keys.size > 0 &&
      theirs.sum !== undefined &&
      theirs.sum === base.sum &&
      !sameKeys(theirs.keys, base.keys)
    );
  }

  /** OSM uses other keys of the bucket than the feed does, and did not get them from the feed. */
  isAmbiguous(key: string): boolean {
    const bucket = bucketOfKey(key);
    if (bucket === undefined) return false;
    const theirs = this.#theirs.of(bucket).keys;
    if (theirs.size === 0 || sameKeys(theirs, this.#ours.of(bucket).keys)) return false;
    return !(sameKeys(theirs, this.#base.of(bucket).keys) && [...theirs].every((key) => this.#isBase(key)));
  }

  #isBase(key: string): boolean {
    return sameMeaning(key, this.#osm.own(key), this.#bases.get(key));
  }
}

function sameKeys(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}

/** OSM says the same of most charging stations: tags that come again are kept once, so that a country fits in memory. */
import type { OsmTag } from "./element.js";

/** More different tags than this are the names and ids of a large extract, which do not come again. */
const MOST_KEPT = 200_000;

export class TagPool {
  readonly #kept = new Map<string, Map<string, OsmTag>>();
  #count = 0;

  /** Equal to what is given; equal tags are one object. */
  of(tags: readonly OsmTag[]): readonly OsmTag[] {
    return tags.map((tag) => this.#one(tag));
  }

  #one(tag: OsmTag): OsmTag {
    const values = this.#kept.get(tag.key);
    const known = values?.get(tag.value);
    if (known !== undefined || this.#count >= MOST_KEPT) return known ?? tag;
    this.#count += 1;
    if (values === undefined) this.#kept.set(tag.key, new Map([[tag.value, tag]]));
    else values.set(tag.value, tag);
    return tag;
  }
}

/** Which Location ids a feed has. */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { meaningOf } from "./meaning.js";

const REF = "ref:ocpi:location:id";

export class FeedIds {
  readonly #ids = new Set<string>();

  /** `refused`: keys of Locations that are in the feed but not to be mapped. */
  constructor(locations: readonly TaggedLocation[], refused: ReadonlySet<string> = new Set()) {
    for (const { id, tags } of locations) {
      this.#ids.add(meaningOf(REF, id));
      const ref = tags.find(({ key }) => key === REF)?.value;
      if (ref !== undefined) this.#ids.add(meaningOf(REF, ref));
    }
    for (const key of refused) this.#ids.add(meaningOf(REF, idOfKey(key)));
  }

  /** Whether a Location of the feed has the id, whoever's it is. */
  has(id: string): boolean {
    return this.#ids.has(meaningOf(REF, id));
  }
}

/** `42` of `LT*IGN*42`: in keys, `*`, `/` and `%` of the parts before the id are percent-encoded. */
function idOfKey(key: string): string {
  const id = key.split("*").slice(2).join("*");
  return id.replaceAll("%2F", "/").replaceAll("%25", "%");
}

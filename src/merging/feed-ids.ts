/** Which Location ids a feed has. */
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { meaningOf } from "./meaning.js";

const REF = "ref:ocpi:location:id";

export class FeedIds {
  readonly #locations: readonly TaggedLocation[];
  readonly #refused: ReadonlySet<string>;
  #ids: ReadonlySet<string> | undefined;

  /** `refused`: keys of Locations that are in the feed but not to be mapped. */
  constructor(locations: readonly TaggedLocation[], refused: ReadonlySet<string> = new Set()) {
    this.#locations = locations;
    this.#refused = refused;
  }

  /** Whether a Location of the feed has the id, whoever's it is. */
  has(id: string): boolean {
    this.#ids ??= this.#collected();
    return this.#ids.has(meaningOf(REF, id));
  }

  #collected(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { id, tags } of this.#locations) {
      ids.add(meaningOf(REF, id));
      const ref = tags.find(({ key }) => key === REF)?.value;
      if (ref !== undefined) ids.add(meaningOf(REF, ref));
    }
    for (const key of this.#refused) ids.add(meaningOf(REF, idOfKey(key)));
    return ids;
  }
}

/** `42` of `LT*IGN*42`: in keys, `*`, `/` and `%` of the parts before the id are percent-encoded. */
function idOfKey(key: string): string {
  const id = key.split("*").slice(2).join("*");
  return id.replaceAll("%2F", "/").replaceAll("%25", "%");
}

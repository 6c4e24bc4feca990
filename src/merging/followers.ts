/** Tags that only say more of another tag: `socket:type2:output` of `socket:type2`, `operator:wikidata` of `operator`. */
import { socketOfOutput } from "./socket-keys.js";

const WIKIDATA = ":wikidata";

/** The key that this key says more of; `undefined` for a key that stands for itself. */
export function leaderOf(key: string): string | undefined {
  if (key.endsWith(WIKIDATA)) return key.slice(0, -WIKIDATA.length);
  return socketOfOutput(key);
}

/** The tags of a station that OSM does not have, or not for sure. */
import { tagClass } from "../tagging/tag-class.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { TagProposal } from "./proposal.js";
import type { TagReason } from "./reasons.js";

/** Everything the feed says of the Location, as tags to write; sorted by key. */
export function newStationTags({ tags }: TaggedLocation, reason: TagReason): readonly TagProposal[] {
  return tags.map(({ key, value, rule }) => ({
    key,
    class: tagClass(key),
    old: undefined,
    base: undefined,
    new: value,
    rule,
    reason,
    sources: [],
  }));
}

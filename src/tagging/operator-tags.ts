/** `operator`, `brand` and their Wikidata ids: rule T5.5. */
import type { TaggingLocation } from "../ocpi/location.js";
import { pushIfItFits } from "./identity.js";
import type { NoteCollector } from "./note-collector.js";
import { matchOperator } from "./operator.js";
import type { Tag } from "./tagged-point.js";
import { decodeEntities } from "./html-entities.js";
import { saysNoName } from "./no-names.js";
import { cleanText, isReadable } from "./text-hygiene.js";

/**
 * Appends the Name Suggestion Index's tags for the Location's operator, or its cleaned name when the index has no
 * entry with a Wikidata id for this country. A name of which a part is lost is no name the index could know (T7).
 * `fallback` is the source profile's operator; it stands in where the feed names none, or writes `N/A` for it.
 */
export function operatorTags(
  location: TaggingLocation,
  fallback: string | undefined,
  country: string | undefined,
  tags: Tag[],
  notes: NoteCollector,
): void {
  const stated = location.operator?.name ?? "";
  if (decodeEntities(stated) !== stated) notes.add("html-entity", "/operator/name", stated);
  const name = statedOperator(location) ?? cleanText(fallback ?? "");
  if (name === "") return;
  const match = isReadable(name) ? matchOperator(name, country) : undefined;
  if (match === undefined) {
    pushIfItFits({ key: "operator", value: name, rule: "T5.5" }, "/operator/name", tags, notes);
    return;
  }
  for (const [key, value] of match.tags) tags.push({ key, value, rule: "T5.5" });
}

/** The operator's name as the feed means it, clean; `undefined` where it names none. */
export function statedOperator({ operator }: TaggingLocation): string | undefined {
  const name = cleanText(decodeEntities(operator?.name ?? ""));
  return saysNoName(name) ? undefined : name;
}

/** `ref:ocpi:location:id` and `ref:EU:EVSE`: rule T2. */
import { canonicalEvseId, compareNaturally, evseIdKey } from "../ocpi/evse-id.js";
import type { TaggingRecord } from "../ocpi/source-record.js";
import type { NoteCollector } from "./note-collector.js";
import { saysNoName } from "./no-names.js";
import type { PlacedEvse } from "./sockets.js";
import type { Tag } from "./tagged-point.js";
import { cleanText } from "./text-hygiene.js";
import { whyWithheld, withheldDetail } from "./withheld.js";

/**
 * What `ref:ocpi:location:id` may hold (T2.1): `genuine` only a real OCPI id, `source` whatever id the source has
 * (private databases), `none` nothing.
 */
export type LocationRef = "genuine" | "source" | "none";

/** OCPI 2.1.1 allowed 39 characters, later versions 36; anything longer is some other system's id (T2.1). */
const MAX_LOCATION_ID = 39;

/**
 * Appends `ref:ocpi:location:id` (T2.1): trimmed, spelling kept; an id too long for OCPI is noted, not written. What
 * stands where there is no id (`N/A`, `null`, `-`) is none.
 */
export function locationIdTag(
  record: TaggingRecord,
  locationRef: LocationRef,
  tags: Tag[],
  notes: NoteCollector,
): void {
  if (locationRef === "none") return;
  const id = locationRef === "source" ? record.location.id : record.ocpiLocationId;
  const value = id === undefined ? "" : cleanText(id);
  if (value === "" || (locationRef === "genuine" && saysNoName(value))) return;
  if (locationRef === "genuine" && [...value].length > MAX_LOCATION_ID) {
    notes.add("location-id-too-long", "/id", value);
  } else {
    pushIfItFits({ key: "ref:ocpi:location:id", value, rule: "T2.1" }, "/id", tags, notes);
  }
}

/**
 * `ref:EU:EVSE` of these EVSEs (T2.2–T2.4): valid ids in canonical form, unique, in natural order, joined with `;`;
 * withheld whole, never cut, when longer than OSM allows.
 */
export function evseIdTag(evses: readonly PlacedEvse[], tags: Tag[], notes: NoteCollector): void {
  const ids: string[] = [];
  for (const { evse, index } of evses) {
    if (evse.evse_id === undefined) continue;
    const id = canonicalEvseId(evse.evse_id);
    if (id === undefined) notes.add("evse-id-invalid", `/evses/${index}/evse_id`, evse.evse_id);
    else ids.push(id);
  }
  if (ids.length === 0) return;
  const value = ids.length === 1 ? ids.join("") : uniqueInOrder(ids).join(";");
  pushIfItFits({ key: "ref:EU:EVSE", value, rule: "T2.3" }, "/evses", tags, notes);
}

/** T2.3 and T2.5: of spellings that mean one id the first in natural order stays. */
function uniqueInOrder(ids: readonly string[]): string[] {
  const sorted = ids.toSorted(compareNaturally);
  if (allAlike(ids)) return sorted.filter((id, i) => id !== sorted[i - 1]);
  const seen = new Set<string>();
  return sorted.filter((id) => {
    const key = evseIdKey(id);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Ids with their asterisks at the same places are the same only if they are equal: the usual case, and a quick one. */
function allAlike(ids: readonly string[]): boolean {
  const [first = "", ...others] = ids;
  return others.every((id) => {
    if (id.length !== first.length) return false;
    for (let i = 0; i < id.length; i++) if ((id[i] === "*") !== (first[i] === "*")) return false;
    return true;
  });
}

/** Appends a tag whose value is clean and not empty, or withholds it with the note that says why (T2.4, T7). */
export function pushIfItFits(tag: Tag, pointer: string, tags: Tag[], notes: NoteCollector): void {
  if (tag.value === "") return;
  const withheld = whyWithheld(tag.value);
  if (withheld === undefined) tags.push(tag);
  else notes.add(withheld, pointer, withheldDetail(tag.key, tag.value));
}

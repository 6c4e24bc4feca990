/** `access`: rule T5.3, from OCPI's parking restrictions. */
import type { Note } from "../ocpi/notes.js";
import type { PlacedEvse } from "./sockets.js";
import type { NoteCollector } from "./note-collector.js";
import type { Tag } from "./tagged-point.js";

/** Who may charge when every eligible EVSE has one of a row's restrictions; a row without `access` is left untagged. */
export const ACCESS_ROWS: ReadonlyArray<{
  readonly restrictions: readonly string[];
  readonly access?: string;
}> = [
  { restrictions: ["CUSTOMERS", "BRAND_ONLY"], access: "customers" },
  { restrictions: ["EMPLOYEES", "TENANTS", "PRIVATE"], access: "private" },
  { restrictions: ["TAXIS"] },
  { restrictions: ["CAR_SHARING_ONLY"] },
  { restrictions: ["OTHER"] },
  { restrictions: ["MOTORCYCLES"] },
  { restrictions: ["DISABLED"] },
];

/** Restrictions that leave a station open to all while at least one EVSE is without them. */
const HARMLESS_ON_SOME: readonly string[] = ["MOTORCYCLES", "DISABLED"];

/** Rules of the parking space, not of who may charge. */
const HARMLESS_ON_ALL: readonly string[] = ["EV_ONLY", "PLUGGED"];

const KNOWN = new Set([...ACCESS_ROWS.flatMap(({ restrictions }) => restrictions), ...HARMLESS_ON_ALL]);

/** Where restrictions stood that were no list of words, or a word in them was none. */
const LOST_RESTRICTIONS = /^\/evses\/\d+\/parking_restrictions(?:\/|$)/;

/**
 * Appends `access` where it is certain: the first row that every EVSE falls under decides; no row touched at all
 * is `yes`; anything between stays untagged, and so does what has restrictions that could not be `read`.
 */
export function accessTag(
  evses: readonly PlacedEvse[],
  tags: Tag[],
  notes: NoteCollector,
  read: readonly Note[],
): void {
  const lost = read.find(({ code, pointer }) => code === "bad-field" && LOST_RESTRICTIONS.test(pointer));
  if (lost !== undefined) {
    notes.add("access-restricted", lost.pointer, lost.detail);
    return;
  }
  let restricted = false;
  for (const { evse, index } of evses) {
    const restrictions = evse.parking_restrictions;
    if (restrictions === undefined || restrictions.length === 0) continue;
    if (restrictions.includes("BRAND_ONLY")) {
      notes.add("brand-only", `/evses/${index}/parking_restrictions`, "BRAND_ONLY");
    }
    restricted = true;
  }
  const access = restricted ? accessUnderRestrictions(evses) : "yes";
  if (access !== undefined) tags.push({ key: "access", value: access, rule: "T5.3" });
}

function accessUnderRestrictions(evses: readonly PlacedEvse[]): string | undefined {
  let open = evses.every(({ evse }) => evse.parking_restrictions?.every((value) => KNOWN.has(value)) ?? true);
  for (const { restrictions, access } of ACCESS_ROWS) {
    const under = evses.filter(({ evse }) =>
      restrictions.some((restriction) => evse.parking_restrictions?.includes(restriction)),
    );
    if (under.length === evses.length) return access;
    if (under.length > 0 && !restrictions.every((value) => HARMLESS_ON_SOME.includes(value))) open = false;
  }
  return open ? "yes" : undefined;
}

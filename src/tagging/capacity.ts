/** `capacity`: rule T5.1. */
import { evseIdKey } from "../ocpi/evse-id.js";
import type { NoteCollector } from "./note-collector.js";
import type { PlacedEvse } from "./sockets.js";
import type { Tag } from "./tagged-point.js";

/**
 * Vehicles that can charge at once: one for each EVSE. Notes EVSEs that look like the connectors of one device; ids are
 * compared as T2.5 says. `countKnown`: false where the source counts connectors, not EVSEs
 * (`SourceRecord.evseCountKnown`); then no capacity is claimed.
 */
export function capacityTag(
  evses: readonly PlacedEvse[],
  tags: Tag[],
  notes: NoteCollector,
  countKnown = true,
): void {
  if (!countKnown) {
    notes.add("capacity-unknown", "/evses", "");
    return;
  }
  tags.push({ key: "capacity", value: `${evses.length}`, rule: "T5.1" });
  if (evses.length < 2) return;
  const repeatedId = firstRepeated(evses, ({ evse }) => evse.evse_id && evseIdKey(evse.evse_id));
  if (repeatedId !== undefined) {
    notes.add("capacity-suspect", `/evses/${repeatedId.index}/evse_id`, `${repeatedId.evse.evse_id} repeats`);
    return;
  }
  if (evses.some(({ evse }) => evse.connectors.length !== 1)) return;
  const shared = firstRepeated(evses, ({ evse }) => evse.physical_reference);
  if (shared !== undefined) {
    const detail = `physical_reference ${shared.evse.physical_reference} on several one-connector EVSEs`;
    notes.add("capacity-suspect", `/evses/${shared.index}/physical_reference`, detail);
  }
}

/** Up to so many EVSEs comparing each with each is quicker than hashing. */
const FEW = 16;

function firstRepeated(
  evses: readonly PlacedEvse[],
  keyOf: (placed: PlacedEvse) => string | undefined,
): PlacedEvse | undefined {
  const keys = evses.map((placed) => keyOf(placed) || undefined);
  if (keys.length <= FEW) {
    return evses.find((_, i) => keys[i] !== undefined && keys.indexOf(keys[i]) < i);
  }
  const seen = new Set<string>();
  return evses.find((_, i) => {
    const key = keys[i];
    if (key === undefined) return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

/** `man_made=charge_point` nodes: rule T6. */
import { type Position, metresBetween, positionOf } from "../ocpi/coordinates.js";
import { compareNaturally } from "../ocpi/evse-id.js";
import { evseIdTag, pushIfItFits } from "./identity.js";
import { NoteCollector } from "./note-collector.js";
import { type PlacedEvse, socketTags } from "./sockets.js";
import { byKey, type Tag, type TaggedPoint } from "./tagged-point.js";
import { cleanText } from "./text-hygiene.js";
import { isWithheldCode } from "./withheld.js";

/** A node without its id: ids are given by position in the run, which a pure function cannot know. */
export interface Point extends Omit<TaggedPoint, "id"> {
  /** The EVSEs it stands for. */
  readonly evses: readonly PlacedEvse[];
}

/** EVSEs nearer to their Location than this stand at the station itself, not apart from it (metres). */
const APART_METRES = 2;
/** No station is wider than this: one of the two positions is wrong (metres). */
const FAR_METRES = 1000;
/** More nodes than this for one Location is a defect of the feed; ids for them are reserved (see `convert-batch.ts`). */
export const MAX_CHARGE_POINTS = 999;

/**
 * One node for each distinct EVSE position away from the Location's, south to north, then west to east. What a
 * connector lacks is noted once, on the station; here only values that do not fit a node of their own are.
 * `countKnown` as in `capacityTag`.
 */
export function chargePoints(
  station: Position,
  evses: readonly PlacedEvse[],
  country: string | undefined,
  notes: NoteCollector,
  countKnown = true,
): Point[] {
  const groups = new Map<string, { position: Position; evses: PlacedEvse[] }>();
  for (const placed of evses) {
    if (placed.evse.coordinates === undefined) continue;
    const position = positionOf(placed.evse.coordinates);
    if (typeof position === "string") continue;
    const metres = metresBetween(station, position);
    if (metres <= APART_METRES) continue;
    if (metres > FAR_METRES) {
      notes.add("evse-far-away", `/evses/${placed.index}/coordinates`, `${Math.round(metres / 1000)} km`);
      continue;
    }
    const place = `${position.latText},${position.lonText}`;
    const group = groups.get(place);
    if (group === undefined) groups.set(place, { position, evses: [placed] });
    else group.evses.push(placed);
  }
  if (groups.size > MAX_CHARGE_POINTS) {
    notes.add("too-many-charge-points", "/evses", `${groups.size} positions`);
    return [];
  }
  return [...groups.values()]
    .toSorted((a, b) => a.position.lat - b.position.lat || a.position.lon - b.position.lon)
    .map(({ position, evses: here }) => ({
      lat: position.latText,
      lon: position.lonText,
      tags: chargePointTags(here, country, notes, countKnown),
      evses: here,
    }));
}

function chargePointTags(
  evses: readonly PlacedEvse[],
  country: string | undefined,
  notes: NoteCollector,
  countKnown: boolean,
): readonly Tag[] {
  const onStation = new NoteCollector();
  const tags: Tag[] = [{ key: "man_made", value: "charge_point", rule: "T6" }];
  if (countKnown) tags.push({ key: "capacity", value: `${evses.length}`, rule: "T6" });
  evseIdTag(evses, tags, onStation);
  const refs = new Set(evses.map(({ evse }) => cleanText(evse.physical_reference ?? "")));
  refs.delete("");
  if (refs.size > 0) {
    const value = [...refs].toSorted(compareNaturally).join(";");
    pushIfItFits(
      { key: "ref", value, rule: "T6" },
      `/evses/${evses[0]?.index}/physical_reference`,
      tags,
      notes,
    );
  }
  socketTags(evses, country, tags, onStation);
  for (const note of onStation.notes()) {
    if (isWithheldCode(note.code)) notes.add(note.code, note.pointer, note.detail);
  }
  return tags.toSorted(byKey);
}

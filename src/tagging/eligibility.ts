/** Which Locations become stations: rules T1.1 to T1.3 and T1.5, tested in the order the rules name. */
import { type BadPosition, type Position, positionOf } from "../ocpi/coordinates.js";
import type { TaggingLocation } from "../ocpi/location.js";
import type { PlacedEvse } from "./sockets.js";

/** Reasons of rule T1, each with what becomes of the record and what it means. */
export const REASONS = {
  "no-id": { verdict: "rejected", rule: "T1.5", meaning: "The record has no id" },
  unpublished: { verdict: "skipped", rule: "T1.1", meaning: "publish is false: not for the public" },
  "bad-coordinates": { verdict: "rejected", rule: "T1.2", meaning: "No usable coordinates" },
  "null-island": { verdict: "rejected", rule: "T1.2", meaning: "Coordinates at 0, 0" },
  "no-evses": { verdict: "skipped", rule: "T1.3", meaning: "No EVSE" },
  removed: { verdict: "skipped", rule: "T1.3", meaning: "Every EVSE is REMOVED" },
  planned: { verdict: "skipped", rule: "T1.3", meaning: "Only PLANNED (and REMOVED) EVSEs" },
  "other-country": { verdict: "skipped", rule: "--country", meaning: "Not in a country asked for" },
  "outside-extract": { verdict: "skipped", rule: "D1", meaning: "Outside the OSM extract" },
  "duplicate-id": { verdict: "skipped", rule: "T1.4", meaning: "The same Location came earlier in this run" },
  "not-charging": { verdict: "skipped", rule: "T1.7", meaning: "A place of another kind than charging" },
  "bad-json": { verdict: "rejected", rule: "T1.7", meaning: "Not readable as JSON" },
  "not-an-object": { verdict: "rejected", rule: "T1.7", meaning: "Not a JSON object" },
  "not-a-location": { verdict: "rejected", rule: "T1.7", meaning: "Not a Location" },
  "too-large": { verdict: "rejected", rule: "T1.7", meaning: "Record over the size limit" },
} as const satisfies Record<string, { verdict: "skipped" | "rejected"; rule: string; meaning: string }>;

export type Reason = keyof typeof REASONS;

export interface Eligible {
  readonly position: Position;
  /** EVSEs that are neither REMOVED nor PLANNED; at least one. */
  readonly evses: readonly PlacedEvse[];
}

export interface Refusal {
  readonly reason: Reason;
  /** JSON Pointer into the canonical Location. */
  readonly pointer: string;
  readonly detail: string;
}

/** The position and EVSEs of a Location that is to be tagged, or the first reason (T1.5, 1, 2, 3) why it is not. */
export function eligibility(location: TaggingLocation): Eligible | Refusal {
  if (location.id === undefined || location.id === "") return { reason: "no-id", pointer: "/id", detail: "" };
  if (location.publish === false) return { reason: "unpublished", pointer: "/publish", detail: "" };
  const position = positionOf(location.coordinates);
  if (typeof position === "string") return badPosition(position, location);
  const evses: PlacedEvse[] = [];
  let planned = false;
  for (let index = 0; index < location.evses.length; index++) {
    const evse = location.evses[index];
    if (evse === undefined) continue;
    if (evse.status === "PLANNED") planned = true;
    else if (evse.status !== "REMOVED") evses.push({ evse, index });
  }
  if (evses.length > 0) return { position, evses };
  const reason = location.evses.length === 0 ? "no-evses" : planned ? "planned" : "removed";
  return { reason, pointer: "/evses", detail: "" };
}

/** Details of thousands of records are held for the report; a reviewer needs no more of one. */
const LONGEST_SHOWN = 40;

function badPosition(reason: BadPosition, { coordinates }: TaggingLocation): Refusal {
  const [lat, lon] = [coordinates?.latitude, coordinates?.longitude].map(shown);
  const detail = `${lat}, ${lon}`;
  return { reason, pointer: "/coordinates", detail };
}

function shown(degrees: string | undefined): string {
  if (degrees === undefined) return "none";
  return degrees.length <= LONGEST_SHOWN ? degrees : `${degrees.slice(0, LONGEST_SHOWN)}…`;
}

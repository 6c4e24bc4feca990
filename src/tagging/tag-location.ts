/** One Location becomes a station: the rules T1 to T7 in order. Pure; everything else in this room serves it. */
import { countryAt, liesIn, statedCountry } from "../ocpi/country.js";
import type { Position } from "../ocpi/coordinates.js";
import type { TaggingLocation } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { TaggingRecord } from "../ocpi/source-record.js";
import { accessTag } from "./access.js";
import { capabilityTags } from "./capability-tags.js";
import { capacityTag } from "./capacity.js";
import { type Point, chargePoints } from "./charge-points.js";
import { type Refusal, eligibility } from "./eligibility.js";
import { extendedTags } from "./extended-tags.js";
import { decodeEntities } from "./html-entities.js";
import { type LocationRef, evseIdTag, locationIdTag, pushIfItFits } from "./identity.js";
import { NoteCollector } from "./note-collector.js";
import { openingHours } from "./opening-hours.js";
import { operatorTags } from "./operator-tags.js";
import { needsCountry } from "./socket-of-connector.js";
import { type PlacedEvse, socketTags } from "./sockets.js";
import { byKey, type Tag } from "./tagged-point.js";
import { cleanText } from "./text-hygiene.js";

/** What a run switches on or supplies; the same for all its records. */
export interface TaggingOptions {
  /** T2.1. */
  readonly locationRef: LocationRef;
  /** Name of the operator where a record states none (T5.5). */
  readonly operatorName: string | undefined;
  /** T5.6. */
  readonly extended: boolean;
  /** `name` has its own switch (T5.7). */
  readonly name: boolean;
  /** T6. */
  readonly chargePoints: boolean;
  /** Keep only Locations in these countries (ISO alpha-2). */
  readonly countries: ReadonlySet<string> | undefined;
}

export const DEFAULT_TAGGING: TaggingOptions = {
  locationRef: "genuine",
  operatorName: undefined,
  extended: false,
  name: false,
  chargePoints: false,
  countries: undefined,
};

export interface Station {
  readonly station: Point;
  readonly chargePoints: readonly Point[];
  /** ISO alpha-2; the stated one, or the one on the map where a socket depends on it (T3). */
  readonly country: string | undefined;
  readonly notes: readonly Note[];
}

/**
 * The tags and notes of one Location, or the reason of rule T1 why it has none. Duplicates (T1.4) are the run's
 * business: only it has seen the other records.
 */
export function tagLocation(record: TaggingRecord, options: TaggingOptions): Station | Refusal {
  const { location, evseCountKnown } = record;
  const eligible = eligibility(location);
  if ("reason" in eligible) return eligible;
  const { position, evses } = eligible;
  const country = countryOf(location, position, evses);
  if (options.countries !== undefined) {
    const place = country ?? countryAt(position.lat, position.lon);
    if (place === undefined || !options.countries.has(place)) {
      return { reason: "other-country", pointer: "/country", detail: place ?? "no country" };
    }
  }

  const notes = new NoteCollector();
  const tags: Tag[] = [{ key: "amenity", value: "charging_station", rule: "T1" }];
  outsideCountryNote(location, position, notes);
  accessTag(evses, tags, notes, record.notes);
  capabilityTags(evses, tags);
  capacityTag(evses, tags, notes, evseCountKnown);
  openingHoursTag(record, tags, notes);
  operatorTags(location, options.operatorName, country ?? countryAt(position.lat, position.lon), tags, notes);
  evseIdTag(evses, tags, notes);
  locationIdTag(record, options.locationRef, tags, notes);
  socketTags(evses, country, tags, notes);
  if (options.extended) extendedTags(location, evses, tags, notes);
  if (options.name && location.name !== undefined) {
    pushIfItFits(
      { key: "name", value: cleanText(decodeEntities(location.name)), rule: "T5.7" },
      "/name",
      tags,
      notes,
    );
  }
  const points = options.chargePoints ? chargePoints(position, evses, country, notes, evseCountKnown) : [];
  return {
    station: { lat: position.latText, lon: position.lonText, tags: tags.sort(byKey), evses },
    country,
    chargePoints: points,
    notes: record.notes.length === 0 ? notes.notes() : [...record.notes, ...notes.notes()],
  };
}

/** Where an item of the list stood that was no object; one with a bad field in it is told by `openingHours`. */
const LOST_PERIOD = /^\/opening_times\/regular_hours\/\d+$/;

/** The stated country; from the position only where a socket depends on it (T3) and none is stated. */
function countryOf(
  location: TaggingLocation,
  position: Position,
  evses: readonly PlacedEvse[],
): string | undefined {
  const stated = statedCountry(location);
  if (stated !== undefined) return stated;
  const depends = evses.some(({ evse }) => evse.connectors.some(needsCountry));
  return depends ? countryAt(position.lat, position.lon) : undefined;
}

/** T1.6. */
function outsideCountryNote(location: TaggingLocation, position: Position, notes: NoteCollector): void {
  const { lat, lon, latText, lonText } = position;
  if (latText === lonText) {
    notes.add("outside-country", "/coordinates", `latitude equals longitude: ${latText}`);
    return;
  }
  const stated = statedCountry(location);
  if (stated !== undefined && liesIn(lat, lon, stated) !== true) {
    notes.add(
      "outside-country",
      "/coordinates",
      `stated ${stated}, lies in ${countryAt(lat, lon) ?? "no country"}`,
    );
  }
}

/** T5.2. Hours of which a period could not be read would say that it is closed then. */
function openingHoursTag({ location, notes: read }: TaggingRecord, tags: Tag[], notes: NoteCollector): void {
  const hours = openingHours(location.opening_times);
  if (hours === undefined) return;
  const lost = read.find(({ code, pointer }) => code === "bad-field" && LOST_PERIOD.test(pointer));
  if (lost !== undefined && !("bad" in hours) && hours.value !== "24/7") {
    notes.add("bad-hours", lost.pointer, `not a period: ${lost.detail}`);
    return;
  }
  if ("bad" in hours) notes.add("bad-hours", `/opening_times${hours.path}`, hours.bad);
  else
    pushIfItFits({ key: "opening_hours", value: hours.value, rule: "T5.2" }, "/opening_times", tags, notes);
}

/** What makes two records one Location (T1.4): country_code, party_id and id, folded for case. */
export function locationKey({ country_code, party_id, id }: TaggingLocation): string {
  return [country_code, party_id, id].map((part) => part?.toLowerCase() ?? "").join("\u0000");
}

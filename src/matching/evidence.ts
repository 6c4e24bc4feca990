/** What a Location or a station has to say for itself when the two are held against each other (D2.1). */
import type { LatLon } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { type Identifiers, codeOf, foldedId, globalRefOf, identifiersIn, poolKeyOf } from "./identifiers.js";
import type { OperatorBook, OperatorIdentity } from "./operator-identity.js";
import { type ProfileBook, type SocketProfile, sumOfProfiles } from "./socket-profile.js";
import type { Station } from "./station.js";

type Tags = readonly { readonly key: string; readonly value: string }[];

export interface Evidence extends Identifiers {
  readonly position: LatLon;
  /** Operator codes of all its ids; a Location's own too (`country_code` and `party_id`). */
  readonly ownCodes: readonly string[];
  readonly operator: OperatorIdentity;
  readonly sockets: SocketProfile;
  /** Vehicles at once. */
  readonly capacity: number | undefined;
  /** The highest power stated, in kW. */
  readonly output: number | undefined;
}

const NO_TAGS: Tags = [];
const NO_PARTS: readonly Tags[] = [];
const COUNT = /^\d{1,4}$/;
const POWER = /^(\d+(?:\.\d+)?)\s*([kM]?)(?:W|VA)?$/i;

/** What is met again and again on both sides of one comparison. */
export interface Books {
  readonly operators: OperatorBook;
  readonly profiles: ProfileBook;
}

/** Of a Location: its tags, its EVSE ids (also those too many for a tag), and its ids if the tags hold none (T1.3). */
export function evidenceOfLocation(location: TaggedLocation, books: Books): Evidence {
  const { tags, id, lat, lon } = location;
  const { refs, evseIds, evseCodes, poolCodes } = identifiersIn(tags, location.evseIds);
  const globalRefs = globalRefsOf(location);
  return {
    refs: location.removed && refs.length === 0 ? [foldedId(id)] : refs,
    globalRefs,
    ownCodes: ownCodesOf(globalRefs, evseCodes),
    evseIds,
    evseCodes,
    poolCodes,
    position: { lat, lon },
    operator: books.operators.identityOf(tags, location.operator),
    sockets: books.profiles.profileOf(tags),
    capacity: capacityIn(tags),
    output: outputIn(tags),
  };
}

/**
 * Of a station: its own tags, the ids of its charge points too, and their sum and operator where it states no sockets,
 * capacity or operator itself. The first of lone charge points stands for their group: its tags are one device's.
 */
export function evidenceOfStation({ object, form, chargePoints }: Station, books: Books): Evidence {
  const { tags, lat, lon } = object;
  const parts = chargePoints.length === 0 ? NO_PARTS : chargePoints.map((point) => point.tags);
  const isGroup = form.kind === "charge_point";
  const whole = parts.length === 0 ? tags : [tags, ...parts].flat();
  const { refs, globalRefs, evseIds, evseCodes, poolCodes } = identifiersIn(whole);
  const stated = isGroup ? NO_TAGS : tags;
  const summed = isGroup ? [tags, ...parts] : parts;
  const own = books.profiles.profileOf(stated);
  return {
    refs,
    globalRefs,
    ownCodes: evseCodes,
    evseIds,
    evseCodes,
    poolCodes,
    position: { lat, lon },
    operator: books.operators.identityOf(firstNaming(books.operators, tags, parts), undefined),
    sockets:
      own.size > 0 || summed.length === 0
        ? own
        : sumOfProfiles(summed.map((part) => books.profiles.profileOf(part))),
    capacity:
      capacityIn(stated) ??
      (summed.length === 0 ? undefined : summed.reduce((sum, part) => sum + (capacityIn(part) ?? 1), 0)),
    output: outputIn(whole),
  };
}

/** Of most Locations these are the codes of their EVSE ids: then the same list. */
function ownCodesOf(globalRefs: readonly string[], evseCodes: readonly string[]): readonly string[] {
  if (globalRefs.every((ref) => evseCodes.includes(codeOf(ref)))) return evseCodes;
  return [...new Set([...globalRefs.map(codeOf), ...evseCodes])];
}

/** Its own; and where its id is one of a pool or station (eMI3), that. */
function globalRefsOf({ country_code, party_id, id }: TaggedLocation): readonly string[] {
  const own = globalRefOf(country_code, party_id, id);
  const ofPool = poolKeyOf(id);
  return [own, ofPool].filter((ref) => ref !== undefined);
}

/** The tags of the first that names an operator: the station's own before its charge points'. */
function firstNaming(operators: OperatorBook, tags: Tags, parts: readonly Tags[]): Tags {
  if (parts.length === 0) return tags;
  return [tags, ...parts].find((some) => operators.identityOf(some, undefined).names.length > 0) ?? tags;
}

function capacityIn(tags: Tags): number | undefined {
  for (const { key, value } of tags) {
    if (key === "capacity") return COUNT.test(value) && Number(value) > 0 ? Number(value) : undefined;
  }
  return undefined;
}

function outputIn(tags: Tags): number | undefined {
  let highest: number | undefined;
  for (const { key, value } of tags) {
    if (!key.endsWith(":output")) continue;
    for (const part of value.split(";")) {
      const power = kilowatts(part.trim());
      if (power !== undefined && (highest === undefined || power > highest)) highest = power;
    }
  }
  return highest;
}

/** A number without unit is in kW, unless it is too many for that. */
function kilowatts(text: string): number | undefined {
  const parts = POWER.exec(text);
  if (parts === null) return undefined;
  const value = Number(parts[1]);
  const unit = parts[2]?.toLowerCase();
  if (unit === "m") return value * 1000;
  if (unit === "k") return value;
  return value >= 1000 || /w|va/i.test(text) ? value / 1000 : value;
}

/** What a Location or a station has to say for itself when the two are held against each other (D2.1). */
import type { LatLon } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import { type Identifiers, foldedId, globalRefOf, identifiersIn } from "./identifiers.js";
import type { OperatorBook, OperatorIdentity } from "./operator-identity.js";
import { type SocketProfile, socketProfile, sumOfProfiles } from "./socket-profile.js";
import type { Station } from "./station.js";

type Tags = readonly { readonly key: string; readonly value: string }[];

export interface Evidence extends Identifiers {
  readonly position: LatLon;
  readonly operator: OperatorIdentity;
  readonly sockets: SocketProfile;
  /** Vehicles at once. */
  readonly capacity: number | undefined;
  /** The highest power stated, in kW. */
  readonly output: number | undefined;
}

const COUNT = /^\d{1,4}$/;
const POWER = /^(\d+(?:\.\d+)?)\s*([kM]?)(?:W|VA)?$/i;

/** Of a Location: its tags, its EVSE ids (also those too many for a tag), and its ids if the tags hold none (T1.3). */
export function evidenceOfLocation(location: TaggedLocation, operators: OperatorBook): Evidence {
  const { tags, id, country_code, party_id } = location;
  const own = identifiersIn(tags, location.evseIds);
  const globalRef = globalRefOf(country_code, party_id, id);
  // An id of a pool or station (eMI3) may be the Location's own.
  const { globalRefs } = identifiersIn([{ key: "ref:EU:EVSE", value: id }]);
  return {
    ...own,
    refs: location.removed && own.refs.length === 0 ? [foldedId(id)] : own.refs,
    globalRefs: globalRef === undefined ? globalRefs : [globalRef, ...globalRefs],
    ...statedBy(location, tags, [], operators, location.operator),
  };
}

/**
 * Of a station: its own tags, the ids of its charge points too, and their sum and operator where it states no sockets,
 * capacity or operator itself. The first of lone charge points stands for their group: its tags are one device's.
 */
export function evidenceOfStation(
  { object, form, chargePoints }: Station,
  operators: OperatorBook,
): Evidence {
  const parts = chargePoints.map(({ tags }) => tags);
  const whole = [object.tags, ...parts];
  const stated =
    form.kind === "charge_point"
      ? statedBy(object, [], whole, operators)
      : statedBy(object, object.tags, parts, operators);
  return {
    ...identifiersIn(parts.length === 0 ? object.tags : whole.flat()),
    ...stated,
    operator: operators.identityOf(firstNaming(operators, whole), undefined),
  };
}

function statedBy(
  { lat, lon }: LatLon,
  tags: Tags,
  parts: readonly Tags[],
  operators: OperatorBook,
  alsoCalled?: string,
): Pick<Evidence, "position" | "operator" | "sockets" | "capacity" | "output"> {
  let sockets = socketProfile(tags);
  let capacity = capacityIn(tags);
  if (parts.length > 0) {
    if (sockets.size === 0) sockets = sumOfProfiles(parts.map(socketProfile));
    capacity ??= parts.reduce((sum, part) => sum + (capacityIn(part) ?? 1), 0);
  }
  const output = outputIn(parts.length === 0 ? tags : [tags, ...parts].flat());
  return {
    position: { lat, lon },
    operator: operators.identityOf(tags, alsoCalled),
    sockets,
    capacity,
    output,
  };
}

/** The tags of the first that names an operator. */
function firstNaming(operators: OperatorBook, all: readonly Tags[]): Tags {
  return all.find((tags) => operators.identityOf(tags, undefined).names.length > 0) ?? [];
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

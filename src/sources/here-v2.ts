/**
 * Reads HERE EV Charge Points API v2: stations, pools (which hold stations or EVSEs), EVSE answers, and items of Geocoding
 * & Search with `extended.evStation`. One record is one Location.
 */
import type { Depth, GeoLocation, Location } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { Unreadable } from "../ocpi/source-record.js";
import {
  type ConnectorTypeCrosswalk,
  type ConnectorTypeReader,
  connectorTypeReader,
} from "./connector-type-crosswalk.js";
import { type DecodeText, type Dialect, asIs } from "./dialect.js";
import { contentIdOf } from "./here-content-id.js";
import { contentIdNotes } from "./here-content-notes.js";
import { stationCapabilities, stationRestrictions } from "./here-v2-access.js";
import { readEvses } from "./here-v2-evses.js";
import type { StationPart } from "./here-v2-groups.js";
import { statedHours } from "./here-v2-hours.js";
import { hereV2UnusualKeys } from "./here-v2-keys.js";
import { BadFields, HereNode } from "./here-v2-node.js";
import { LOCATION_PLACES, type ReadStation, sourcePlace } from "./here-v2-places.js";
import { isRecord, quoted } from "./json-value.js";

/** A record with none of these is none of v2's (an error body, an envelope). */
const SIGNS = ["id", "poolId", "position", "connectors", "evses", "evStations", "stations", "extended"];
/** An EVSE answer names so many of its EVSEs in its note. */
const IDS_SHOWN = 3;

/** The dialect with connector types read by a saved crosswalk before the table, or by the table alone. */
export function hereV2With(crosswalk?: ConnectorTypeCrosswalk): Dialect {
  const types = connectorTypeReader(crosswalk);
  /** A record may be asked for the source of each of its tags. */
  const known = new WeakMap<object, ReadStation>();
  return {
    name: "here-v2",
    read(value, decode, depth) {
      const read = readRecord(value, decode, depth, types);
      if ("unreadable" in read) return read;
      const { location, ocpiLocationId, notes, evseCountKnown } = read;
      return evseCountKnown === undefined
        ? { location, ocpiLocationId, notes }
        : { location, ocpiLocationId, notes, evseCountKnown };
    },
    sourcePointer(pointer, value) {
      if (!isRecord(value)) return undefined;
      let read = known.get(value);
      if (read === undefined) {
        const station = readRecord(value, asIs, "whole", types);
        if ("unreadable" in station) return undefined;
        known.set(value, (read = station));
      }
      return sourcePlace(pointer, read);
    },
    unusualKeys: hereV2UnusualKeys,
  };
}

export const hereV2: Dialect = hereV2With();

function readRecord(
  value: unknown,
  decode: DecodeText,
  depth: Depth,
  types: ConnectorTypeReader,
): ReadStation | Unreadable {
  if (!isRecord(value)) {
    return {
      unreadable: "not-an-object",
      detail: `a HERE v2 station is an object, this is ${quoted(value, 40, decode)}`,
    };
  }
  if (!SIGNS.some((sign) => Object.hasOwn(value, sign) && value[sign] != null)) {
    const keys = Object.keys(value).slice(0, 5);
    const shown = keys.map((key) => decode(key).slice(0, 40)).join(", ");
    return { unreadable: "not-a-location", detail: `none of ${SIGNS.join(", ")} is there; keys: ${shown}` };
  }
  const bad = new BadFields(decode);
  const read = readStation(HereNode.of(value, bad), depth, types);
  return { ...read, notes: [...bad.notes(), ...read.notes] };
}

/**
 * `location.id` is the station's own id, though HERE says that it may change without notice: v3's Location is v2's
 * pool, which may have several stations, and only of them all together it could be made. No id is OCPI's (T2.1).
 */
function readStation(root: HereNode, depth: Depth, types: ConnectorTypeReader): ReadStation {
  const notes: Note[] = [];
  const stations = root.list(["evStations", "stations", "evStation", "station"], "evStation", "station");
  const parts = partsOf(root, stations, notes);
  const groups = parts.flatMap((part) => part.groups);
  const evses = parts.flatMap((part) => part.evses);
  const placed = hasPlace(root) ? root : (stations.find(hasPlace) ?? root);
  const country = placed.text(...LOCATION_PLACES.country) ?? root.text(...LOCATION_PLACES.country);
  const id = idOf(root, evses);
  const hours = statedHours([root, ...parts.map(({ node }) => node), ...groups].flatMap(detailsOf), notes);
  const total = root.number("totalNumberOfConnectors", "extended/evStation/totalNumberOfConnectors");
  const made = readEvses({ stations: parts, total, country }, types, notes);
  const coordinates = positionOf(placed);
  const operator = operatorOf(root, groups);
  if (!hasPlace(placed) && groups.length === 0 && evses.length > 0) {
    notes.push({ code: "position-not-given", pointer: "/coordinates", detail: shownIds(evses) });
  }
  notes.push(...contentIdNotes(root.text("poolId") ?? id, coordinates));
  const location: Location = {
    country_code: undefined,
    party_id: undefined,
    id,
    name: root.text("name", "title") ?? placed.text("name"),
    country,
    coordinates,
    evses: made.evses,
    operator: operator && { name: operator.name },
    opening_times: hours.hours,
    last_updated: root.text(...LOCATION_PLACES.last_updated),
  };
  if (depth === "whole") Object.assign(location, readRest(root, placed, operator?.name));
  return {
    location,
    ocpiLocationId: undefined,
    notes: onceEach(notes),
    ...(made.countKnown ? {} : { evseCountKnown: false }),
    root,
    placed,
    hoursFrom: hours.from,
    operatorFrom: operator?.from,
    origins: made.origins,
  };
}

/** What no tagging rule reads. */
function readRest(root: HereNode, placed: HereNode, operator: string | undefined): Partial<Location> {
  const street = placed.text("address/street");
  const entrance = geoLocation(root.node("entrancePosition"));
  const brand = root.text("brand");
  return {
    address:
      street === undefined
        ? placed.text("address/label")
        : [street, placed.text("address/streetNumber", "address/houseNumber")]
            .filter((part) => part !== undefined)
            .join(" "),
    city: placed.text(...LOCATION_PLACES.city),
    postal_code: placed.text(...LOCATION_PLACES.postal_code),
    state: placed.text(...LOCATION_PLACES.state),
    related_locations: entrance && [entrance],
    suboperator: brand === undefined || brand === operator ? undefined : { name: brand },
    time_zone: root.text(...LOCATION_PLACES.time_zone),
    help_phone: phoneOf(root),
  };
}

function phoneOf(root: HereNode): string | undefined {
  const [phone] = root.items(["contacts/phone"]);
  return typeof phone === "string" ? phone : phone?.text("value");
}

/** The stations of the record: itself, or those a pool holds where it has no connectors and EVSEs of its own. */
function partsOf(root: HereNode, stations: readonly HereNode[], notes: Note[]): StationPart[] {
  const shared = { restrictions: stationRestrictions(root, notes), capabilities: stationCapabilities(root) };
  if (isEvse(root)) return [{ node: root, groups: [], evses: [root], ...shared }];
  const own: StationPart = { node: root, groups: groupsOf(root), evses: evsesOf(root), ...shared };
  if (own.groups.length > 0 || own.evses.length > 0) return [own];
  return stations.map((node) => ({
    node,
    groups: groupsOf(node),
    evses: evsesOf(node),
    restrictions: [...new Set([...shared.restrictions, ...stationRestrictions(node, notes)])],
    capabilities: [...new Set([...shared.capabilities, ...stationCapabilities(node)])],
  }));
}

function groupsOf(node: HereNode): HereNode[] {
  return node.list(["connectors", "extended/evStation/connectors"], "connector");
}

function evsesOf(node: HereNode): HereNode[] {
  const available = node.list(["extended/evAvailability/stations"], "station");
  return [node, ...available].flatMap((holder) => holder.list(["evses"], "evse"));
}

/** What may state opening hours: a station, its details, the details of a group. */
function detailsOf(node: HereNode): HereNode[] {
  return [node, ...node.list(["evStationDetails", "connectorDetails"])];
}

/** An element of an `evses/bulk` answer: plugs that have a type id, and no place. */
function isEvse(root: HereNode): boolean {
  if (hasPlace(root)) return false;
  const [plug] = root.list(["connectors"], "connector");
  return plug?.has("typeId") === true || (plug === undefined && root.has("state"));
}

function hasPlace(node: HereNode): boolean {
  return node.has("position");
}

/** The station's own: several stations share the id of their pool, and of Locations with one id only the first is kept. */
function idOf(root: HereNode, evses: readonly HereNode[]): string | undefined {
  const own = root.text("id") ?? root.text("poolId") ?? evses[0]?.text("id");
  return own === undefined ? undefined : contentIdOf(own) || undefined;
}

/** The one supplier of all groups, else the brand. */
function operatorOf(
  root: HereNode,
  groups: readonly HereNode[],
): { readonly name: string; readonly from: HereNode } | undefined {
  const named = groups.filter((group) => group.text("supplierName") !== undefined);
  const names = new Set(named.map((group) => group.text("supplierName")?.toLowerCase()));
  const [from] = named;
  const name = from?.text("supplierName");
  if (names.size === 1 && from !== undefined && name !== undefined) return { name, from };
  const brand = names.size === 0 ? root.text("brand") : undefined;
  return brand === undefined ? undefined : { name: brand, from: root };
}

function positionOf(node: HereNode): GeoLocation | undefined {
  return geoLocation(node.node("position"));
}

/** Degrees as decimal text. Not checked for range: that is T1.2. */
function geoLocation(node: HereNode | undefined): GeoLocation | undefined {
  if (node === undefined) return undefined;
  const degrees = (...paths: readonly string[]): string | undefined =>
    node.number(...paths) === undefined ? undefined : node.text(...paths);
  return { latitude: degrees("latitude", "lat"), longitude: degrees("longitude", "lng", "lon") };
}

function shownIds(evses: readonly HereNode[]): string {
  const ids = evses.slice(0, IDS_SHOWN).map((evse) => evse.text("id") ?? "without id");
  return `${evses.length} EVSEs: ${ids.join(", ")}${evses.length > IDS_SHOWN ? " …" : ""}`;
}

/** Stations of a pool may say the same. */
function onceEach(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [`${note.code} ${note.detail}`, note])).values()];
}

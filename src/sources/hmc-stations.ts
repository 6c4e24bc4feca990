/**
 * Reads HERE Map Content's older layer, `electric-vehicle-charging-stations`: decoded tiles, whose places share lists
 * of locations, addresses, ports, …, and the GeoJSON that a public tool makes of them.
 *
 * The layer says less than the others: it counts ports by connector type and knows neither EVSEs nor power, so there
 * are no EVSE ids and no outputs, and `capacity` only where the counts leave no doubt (`readPorts`); the note
 * `no-evse-data` says so for every Location. Live state, prices, quality scores and suppliers are not carried: a
 * supplier is whose data it is, not who runs the station.
 */
import type { Depth, Location } from "../ocpi/location.js";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import {
  type ConnectorTypeCrosswalk,
  type ConnectorTypeReader,
  connectorTypeReader,
} from "./connector-type-crosswalk.js";
import { type Dialect, type RecordDocument, asIs } from "./dialect.js";
import { contentIdNotes } from "./here-content-notes.js";
import { readShared } from "./hmc-stations-access.js";
import { categoriesOf, isCharging } from "./hmc-stations-category.js";
import { partsAlone } from "./hmc-stations-feature.js";
import { readHours } from "./hmc-stations-hours.js";
import { hmcStationsUnusualKeys } from "./hmc-stations-keys.js";
import { readNames } from "./hmc-stations-names.js";
import { type Member, type Part, PartReader } from "./hmc-stations-part.js";
import { readPorts } from "./hmc-stations-ports.js";
import { positionOf } from "./hmc-stations-position.js";
import { PHONE_TYPES } from "./hmc-stations-tables.js";
import { type PlaceParts, partsInTile } from "./hmc-stations-tile.js";
import { isRecord, quoted } from "./json-value.js";
import { foldedKey } from "./proto-json.js";

/** An element of a list that was put together from several places stands for the list. */
const LIST_ELEMENT = /(?<=\/(?:capabilities|parking_restrictions))\/\d+$/;

/** The dialect with connector types read by a saved crosswalk before the table, or by the table alone. */
export function hmcStationsWith(crosswalk?: ConnectorTypeCrosswalk): Dialect {
  const typeOf = connectorTypeReader(crosswalk);
  /** A record is asked for the source of each of its tags. */
  const known = new WeakMap<object, Map<string, string>>();
  return {
    name: "hmc-stations",
    read: (value, decode, depth, document) => read(value, typeOf, new PartReader(decode), depth, document),
    sourcePointer(canonical, value, document) {
      if (!isRecord(value)) return undefined;
      const sources = known.get(value) ?? new Map<string, string>();
      if (!known.has(value)) {
        known.set(value, sources);
        read(value, typeOf, new PartReader(asIs, sources), "whole", document);
      }
      return sources.get(canonical) ?? sources.get(canonical.replace(LIST_ELEMENT, ""));
    },
    unusualKeys: hmcStationsUnusualKeys,
    tellsUnusualKeys: true,
  };
}

export const hmcStations: Dialect = hmcStationsWith();

/**
 * `location.id` is the place's identifier (in GeoJSON, which has no places, the location's): HERE's own, never an OCPI
 * id (T2.1). A place whose categories all say that it is something else than a charging station is none.
 */
function read(
  value: unknown,
  typeOf: ConnectorTypeReader,
  reader: PartReader,
  depth: Depth,
  document: RecordDocument | undefined,
): SourceRecord | Unreadable {
  if (!isRecord(value)) return { unreadable: "not-an-object", detail: quoted(value) };
  const alone = document === undefined ? partsAlone(value, reader) : undefined;
  const parts = document === undefined ? alone : partsInTile(value, document, reader);
  if (parts === undefined) {
    const keys = Object.keys(value)
      .slice(0, 5)
      .map((key) => reader.decoded(key.slice(0, 40)));
    return { unreadable: "not-a-location", detail: `no place of the layer; keys: ${keys.join(", ")}` };
  }
  if (parts.place !== undefined && !isCharging(parts.place)) {
    const categories = categoriesOf(parts.place).slice(0, 5).join(", ");
    return { unreadable: "not-charging", detail: `not a charging place; categories: ${categories}` };
  }
  const { location, countKnown } = readPlace(parts, typeOf, reader, depth);
  const base = { location, ocpiLocationId: undefined, notes: reader.notes };
  // A tool that keeps one portAttribute of each place may have lost others.
  return countKnown && alone?.joined !== true ? base : { ...base, evseCountKnown: false };
}

function readPlace(
  parts: PlaceParts,
  typeOf: ConnectorTypeReader,
  reader: PartReader,
  depth: Depth,
): { location: Location; countKnown: boolean } {
  const { place, address, about } = parts;
  reader.comesFrom("", place ?? parts.location ?? parts.feature);
  const id = reader.text(place ?? parts.location, "identifier", "/id");
  reader.comesFrom("/id", id);
  const others = about("externalIdentifier").map((part) => reader.text(part, "externalIdentifier", "/id"));
  const country = reader.text(
    reader.part(address, "countryCode", "/country"),
    "officialCountryCode",
    "/country",
  );
  reader.comesFrom("/country", country);
  const names = readNames(place, reader);
  const { evse, sources } = readShared(about("payment"), about("placeAccessAttribute"), reader);
  const ports = about("portAttribute");
  const types = { typeOf, country: country?.value };
  const { evses, countKnown } = readPorts(ports, about("electricChargeAttribute"), evse, types, reader);
  if (ports.length > 0) reader.comesFrom("/evses", ports[0]);
  for (let i = 0; reader.tellsSources && i < evses.length; i++) {
    reader.comesFrom(`/evses/${i}/capabilities`, sources.capabilities);
    reader.comesFrom(`/evses/${i}/parking_restrictions`, sources.restrictions);
  }
  const location: Location = {
    id: id?.value,
    name: names.name,
    country: country?.value,
    coordinates: positionOf(parts, reader),
    evses,
    operator: names.operator === undefined ? undefined : { name: names.operator },
    opening_times: readHours(about("operatingTime"), reader),
  };
  noteSupplier([id, ...others], location, reader);
  if (depth === "whole") Object.assign(location, readRest(parts, names.brand, reader));
  return { location, countKnown };
}

/** Where the place's own or another identifier of it is a content id of HERE's, as the newer sources have. */
function noteSupplier(
  ids: readonly (Member<string> | undefined)[],
  { coordinates }: Location,
  reader: PartReader,
): void {
  for (const { code, pointer, detail } of ids.flatMap((id) => contentIdNotes(id?.value, coordinates))) {
    reader.note(code, pointer, detail);
  }
}

/** What no tagging rule reads. A brand has no place in OCPI; v3 counts it to the suboperators, so it goes there. */
function readRest(
  { address, about }: PlaceParts,
  brand: string | undefined,
  reader: PartReader,
): Partial<Location> {
  const [postal] = reader.parts(address, "postalCode", "/postal_code");
  const postalCode = postal && reader.textIn(postal, "/postal_code");
  reader.comesFrom("/postal_code", postalCode);
  return {
    postal_code: postalCode?.value,
    suboperator: brand === undefined ? undefined : { name: brand },
    help_phone: phoneOf(about("contactInformation"), reader),
  };
}

function phoneOf(contacts: readonly Part[], reader: PartReader): string | undefined {
  for (const info of contacts.flatMap((contact) => reader.parts(contact, "contactInfo", "/help_phone"))) {
    const type = reader.text(info, "type", "/help_phone")?.value;
    if (type === undefined || !PHONE_TYPES.includes(foldedKey(type))) continue;
    const phone = reader.text(info, "value", "/help_phone");
    reader.comesFrom("/help_phone", phone);
    return phone?.value;
  }
  return undefined;
}

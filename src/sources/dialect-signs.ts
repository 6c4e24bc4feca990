/** How the dialects are told apart: by the keys their records hold. */
import { SOURCE_NAMES, type SourceName } from "./dialect.js";

interface DialectSigns {
  /** For people. */
  readonly title: string;
  /**
   * Any one of these sets of keys, all present, is a sign. Keys are folded (lower case, no `_`); `a.b` is a key of
   * an object, or of the first element of a list.
   */
  readonly keys: ReadonlyArray<readonly string[]>;
  /** How an id of this dialect begins. */
  readonly idPrefix?: string;
  /**
   * Of formats whose records share parts of their document: the members, folded, whose elements are the records. A
   * document is then read as a whole (`RecordDocument`).
   */
  readonly recordLists?: readonly string[];
}

/** In the order they are tried on a record: the more particular ones first. */
export const DIALECT_SIGNS: Readonly<Record<SourceName, DialectSigns>> = {
  "hmc-locations": {
    title: "HERE Map Content electric-vehicle-charging-locations",
    keys: [
      ["charginglocation"],
      ["charginglocations"],
      ["evsesindex"],
      ["geometry.latitude"],
      ["properties.evsesindex"],
      ["properties.geometry.latitude"],
      ["type", "properties.evses"],
    ],
    recordLists: ["charginglocation", "charginglocations"],
  },
  "hmc-stations": {
    title: "HERE Map Content electric-vehicle-charging-stations",
    keys: [
      ["portattribute"],
      ["electricchargeattribute"],
      ["place", "location", "partitionname"],
      ["place", "location", "address"],
      ["place.locationref", "place.identifier"],
      ["properties.portattribute"],
      ["properties.electricchargeattribute"],
      ["properties.location.displayposition"],
    ],
    recordLists: ["place", "places"],
  },
  "here-v2": {
    title: "HERE EV Charge Points v2",
    keys: [
      ["connectors.connector"],
      ["position", "evstationdetails"],
      ["position", "poolid"],
      ["evses.connectors.typeid"],
      ["connectors.maxpowerlevel"],
      ["connectors.typeid"],
      ["connectors.connectortype"],
      ["position", "totalnumberofconnectors"],
      ["position", "evstations"],
      ["evses.evse"],
      ["extended.evstation"],
      ["extended.evavailability"],
    ],
  },
  "here-v3": {
    title: "HERE EV Charge Points v3",
    keys: [["location.lat", "location.lng"], ["connectorgroups"], ["id", "supportedvehicles"]],
    idPrefix: "here:evcp:",
  },
  ocpi: {
    title: "OCPI Locations",
    keys: [["coordinates"], ["evses"], ["countrycode", "partyid"]],
  },
};

const IN_ORDER: readonly SourceName[] = [...SOURCE_NAMES].sort(
  (a, b) => Object.keys(DIALECT_SIGNS).indexOf(a) - Object.keys(DIALECT_SIGNS).indexOf(b),
);

/** The dialect one record shows signs of. */
export function dialectShownBy(record: unknown): SourceName | undefined {
  const id = memberOf(record, "id");
  return IN_ORDER.find((name) => {
    const { keys, idPrefix } = DIALECT_SIGNS[name];
    if (idPrefix !== undefined && typeof id === "string" && id.startsWith(idPrefix)) return true;
    return keys.some((all) => all.every((path) => atFoldedPath(record, path) !== undefined));
  });
}

/** Signs of an OCPI version, the newest first. 2.2 and 2.2.1 differ in nothing a Location shows. */
const OCPI_VERSION_SIGNS: ReadonlyArray<readonly [version: string, keys: readonly string[]]> = [
  [
    "2.3.0",
    [
      "parkingplaces",
      "helpphone",
      "evses.parking",
      "evses.acceptedserviceproviders",
      "evses.connectors.capabilities",
    ],
  ],
  ["2.2.1 or 2.2", ["publish", "partyid", "parkingtype"]],
  ["2.1.1", ["type", "evses.connectors.voltage", "evses.connectors.amperage"]],
];

/** As far as the content of some OCPI records tells. */
export function ocpiVersionOf(records: readonly unknown[]): string | undefined {
  for (const [version, keys] of OCPI_VERSION_SIGNS) {
    if (records.some((record) => keys.some((path) => atFoldedPath(record, path) !== undefined)))
      return version;
  }
  return undefined;
}

/** The value at a folded path, looking into the first element of lists. */
function atFoldedPath(value: unknown, path: string): unknown {
  let at = value;
  for (const key of path.split(".")) at = memberOf(Array.isArray(at) ? at[0] : at, key);
  return at;
}

/** The member of an object by its folded key. */
export function memberOf(value: unknown, foldedKey: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) if (foldKey(key) === foldedKey) return member;
  return undefined;
}

/** Lower case, without `_` and `-`. */
export function foldKey(key: string): string {
  const known = folded.get(key);
  if (known !== undefined) return known;
  const made = key.toLowerCase().replace(/[_-]/g, "");
  if (folded.size < MOST_FOLDED) folded.set(key, made);
  return made;
}

/** Records have the same keys over and over. */
const folded = new Map<string, string>();
const MOST_FOLDED = 2000;

/** v2's connector groups: the plugs of a kind that a station has, and how many. */
import type { Connector } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { ConnectorTypeReader } from "./connector-type-crosswalk.js";
import { groupRestrictions } from "./here-v2-access.js";
import type { HereNode } from "./here-v2-node.js";
import { readSupply } from "./here-v2-supply.js";

/** More than the largest charging park has; a larger number is a mistake. */
const MOST_CONNECTORS = 1000;
const TOO_MANY = `more than ${MOST_CONNECTORS} connectors: the rest is left out`;
const COUNT = "chargingPoint/numberOfConnectors";

/** A station: the record itself, or one of those a pool holds. */
export interface StationPart {
  readonly node: HereNode;
  /** Elements of `evses`. */
  readonly evses: readonly HereNode[];
  /** Connector groups. */
  readonly groups: readonly HereNode[];
  /** What holds for each of its EVSEs. */
  readonly restrictions: readonly string[];
  readonly capabilities: readonly string[];
}

/** A group, read once. */
export interface Group {
  readonly station: StationPart;
  readonly node: HereNode;
  readonly connector: Connector;
  readonly restrictions: readonly string[];
  readonly capabilities: readonly string[];
  readonly statuses: readonly HereNode[];
  readonly count: number;
}

/** OCPI's standard of a connector type, by its id and name. */
export type Meaning = (id: string | undefined, name: string | undefined) => string | undefined;

/** Notes each doubt once a Location. */
export function meaningOf(types: ConnectorTypeReader, country: string | undefined, notes: Note[]): Meaning {
  const told = new Set<string>();
  return (id, name) => {
    const { standard, note } = types(id, name, country);
    if (note !== undefined && !told.has(note.detail)) {
      told.add(note.detail);
      notes.push({ ...note, pointer: "/evses" });
    }
    return standard;
  };
}

/** The groups of all stations. `total`: `totalNumberOfConnectors`, for the one group that has no number of its own. */
export function readGroups(
  stations: readonly StationPart[],
  total: number | undefined,
  meaning: Meaning,
  notes: Note[],
): Group[] {
  let room = MOST_CONNECTORS;
  const groups = stations.flatMap((station) => station.groups.map((node) => ({ station, node })));
  return groups.map(({ station, node }) => {
    const statuses = node.list(["connectorStatuses"], "connectorStatus");
    const stated =
      countOf(node) ?? (statuses.length || undefined) ?? (groups.length === 1 ? total : undefined);
    if (stated === undefined) {
      const detail = node.text("connectorType/name", "connectorType/id") ?? "";
      notes.push({ code: "connectors-uncounted", pointer: "/evses", detail });
    }
    const count = Math.min(stated ?? 1, room);
    if (count < (stated ?? 1)) notes.push({ code: "bad-field", pointer: "/evses", detail: TOO_MANY });
    room -= count;
    return {
      station,
      node,
      connector: readConnector(node, meaning),
      restrictions: groupRestrictions(node, notes),
      capabilities: node.flag("connectorDetails/reservable") === true ? ["RESERVABLE"] : [],
      statuses: statuses.length === count ? statuses : [],
      count,
    };
  });
}

/** A number that cannot be meant is noted and read as absent. */
function countOf(node: HereNode): number | undefined {
  const path = [COUNT, "numberOfConnectors"].find((candidate) => node.has(candidate)) ?? COUNT;
  const count = node.number(path);
  if (count === undefined || (Number.isInteger(count) && count >= 0 && count <= MOST_CONNECTORS))
    return count;
  node.refuse(path);
  return undefined;
}

/** A group's connector, or a plug of an EVSE. */
export function readConnector(node: HereNode, meaning: Meaning): Connector {
  const cable = node.flag("fixedCable");
  return Object.assign(readSupply(node), {
    standard: meaning(
      node.text("connectorType/id", "connectorTypeId", "typeId"),
      node.text("connectorType/name", "connectorTypeName"),
    ),
    format: cable === undefined ? undefined : cable ? "CABLE" : "SOCKET",
  });
}

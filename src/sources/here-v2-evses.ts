/**
 * v2's connector groups and EVSE lists → OCPI's EVSEs. A `connector` of v2 is a group of like ones, so a group of N
 * becomes N EVSEs of one connector each, which makes the socket counts of T3.1 right; how many cars charge at once is
 * then not known (`evseCountKnown`). It is where the source lists EVSEs, or where every connector names its EVSE.
 */
import { canonicalEvseId } from "../ocpi/evse-id.js";
import { foldEnum } from "../ocpi/enums.js";
import type { Connector, Evse } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { ConnectorTypeReader } from "./connector-type-crosswalk.js";
import {
  type Group,
  type Meaning,
  type StationPart,
  meaningOf,
  readConnector,
  readGroups,
} from "./here-v2-groups.js";
import type { HereNode } from "./here-v2-node.js";

/** `state`: HERE's own words; the others are OCPI's. */
const STATES: ReadonlyMap<string, string> = new Map([
  ["OCCUPIED", "CHARGING"],
  ["OUT_OF_SERVICE", "OUTOFORDER"],
  ["UNAVAILABLE", "INOPERATIVE"],
  ["OFFLINE", "UNKNOWN"],
  ["OTHER", "UNKNOWN"],
]);

/** Where the parts of an EVSE come from. */
export interface EvseOrigin {
  readonly station: HereNode;
  /** An element of `evses`, or a `connectorStatus`. */
  readonly own: HereNode | undefined;
  /** For each connector the elements of `connectors` it was made from, the more particular first. */
  readonly connectors: ReadonlyArray<readonly HereNode[]>;
}

export interface ReadEvses {
  readonly evses: Evse[];
  readonly origins: readonly EvseOrigin[];
  readonly countKnown: boolean;
}

export interface EvseSources {
  readonly stations: readonly StationPart[];
  /** `totalNumberOfConnectors`. */
  readonly total: number | undefined;
  /** ISO alpha-3. */
  readonly country: string | undefined;
}

interface Placed {
  readonly evse: Evse;
  readonly origin: EvseOrigin;
}

/** EVSEs in the order of the source: listed ones, then what the groups have beyond them. */
export function readEvses(sources: EvseSources, types: ConnectorTypeReader, notes: Note[]): ReadEvses {
  const meaning = meaningOf(types, sources.country, notes);
  const groups = readGroups(sources.stations, sources.total, meaning, notes);
  const left = groups.map(({ count }) => count);
  const listed = sources.stations.flatMap((station) =>
    station.evses.map((node) => listedEvse(node, station, groups, left, meaning)),
  );
  const stated = groups.reduce((sum, { count }) => sum + count, 0);
  const plugs = listed.reduce((sum, { evse }) => sum + evse.connectors.length, 0);
  const held = Math.max(stated, plugs);
  const pruned = sources.total !== undefined && held > 0 && sources.total > held;
  if (pruned) {
    const detail = `totalNumberOfConnectors is ${sources.total}, the record holds ${held}`;
    notes.push({ code: "evses-pruned", pointer: "/evses", detail });
  }
  const missing = left.reduce((sum, count) => sum + count, 0);
  if (listed.length > 0 && missing > 0) {
    const detail = `${missing} of ${stated} connectors are in no EVSE`;
    notes.push({ code: "evses-pruned", pointer: "/evses", detail });
  }
  const named = listed.length === 0 ? namedEvses(groups) : undefined;
  const made = named ?? [...listed, ...groups.flatMap((group, index) => loneEvses(group, left[index] ?? 0))];
  return {
    evses: made.map(({ evse }) => evse),
    origins: made.map(({ origin }) => origin),
    countKnown: !pruned && (named !== undefined || missing === 0),
  };
}

/** A listed EVSE; its connectors say less than the groups, which are asked for the rest (format, current). */
function listedEvse(
  node: HereNode,
  station: StationPart,
  groups: readonly Group[],
  left: number[],
  meaning: Meaning,
): Placed {
  const own = node.list(["connectors"], "connector");
  const found = new Set<Group>();
  const origins: HereNode[][] = [];
  const connectors = own.map((plug): Connector => {
    const stated = readConnector(plug, meaning);
    const index = groupOf(stated, groups, left);
    const group = groups[index];
    origins.push(group === undefined ? [plug] : [plug, group.node]);
    if (group !== undefined) {
      found.add(group);
      left[index] = Math.max(0, (left[index] ?? 0) - 1);
    }
    return Object.assign({ id: plug.text("id") }, completed(stated, group?.connector));
  });
  const shared = [...found];
  const evse: Evse = {
    ...stateOf(node),
    connectors,
    capabilities: unlessEmpty(station.capabilities, ...shared.map((group) => group.capabilities)),
    parking_restrictions: unlessEmpty(station.restrictions, ...shared.map((group) => group.restrictions)),
  };
  return { evse, origin: { station: station.node, own: node, connectors: origins } };
}

/** The group a listed connector belongs to: of its type and power if there is one with room, else of its type; -1 for none. */
function groupOf(plug: Connector, groups: readonly Group[], left: readonly number[]): number {
  const ofType = [...groups.keys()].filter((index) => groups[index]?.connector.standard === plug.standard);
  const ofPower = ofType.filter((index) => {
    const power = groups[index]?.connector.max_electric_power;
    return power === undefined || plug.max_electric_power === undefined || power === plug.max_electric_power;
  });
  const hasRoom = (index: number): boolean => (left[index] ?? 0) > 0;
  return ofPower.find(hasRoom) ?? ofPower[0] ?? ofType.find(hasRoom) ?? ofType[0] ?? -1;
}

function completed(plug: Connector, group: Connector | undefined): Connector {
  if (group === undefined) return plug;
  return {
    standard: plug.standard,
    format: plug.format ?? group.format,
    power_type: plug.power_type ?? group.power_type,
    max_voltage: plug.max_voltage ?? group.max_voltage,
    max_amperage: plug.max_amperage ?? group.max_amperage,
    max_electric_power: plug.max_electric_power ?? group.max_electric_power,
  };
}

/** One EVSE for each EVSE id that the groups' `connectorStatus` elements name in a station; `undefined` unless all do. */
function namedEvses(groups: readonly Group[]): Placed[] | undefined {
  const byName = new Map<string, Array<{ readonly group: Group; readonly status: HereNode }>>();
  for (const group of groups) {
    if (group.count > group.statuses.length) return undefined;
    for (const status of group.statuses) {
      const id = status.text("cpoEvseId", "evseId", "cpoEvseEMI3Id");
      if (id === undefined) return undefined;
      const name = `${group.station.node.pointer} ${id}`;
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [{ group, status }]);
      else known.push({ group, status });
    }
  }
  if (byName.size === 0) return undefined;
  return [...byName.values()].flatMap((parts) => {
    const [first] = parts;
    const groupsOfEvse = parts.map(({ group }) => group);
    return first === undefined ? [] : [evseOf(first.group.station, first.status, groupsOfEvse)];
  });
}

/** The last `count` connectors of a group, each as an EVSE. */
function loneEvses(group: Group, count: number): Placed[] {
  const first = group.count - count;
  return Array.from({ length: count }, (_, index) =>
    evseOf(group.station, group.statuses[first + index], [group]),
  );
}

/** An EVSE with one connector of each of these groups. */
function evseOf(station: StationPart, status: HereNode | undefined, groups: readonly Group[]): Placed {
  const evse: Evse = {
    ...(status === undefined ? {} : stateOf(status)),
    connectors: groups.map((group) => group.connector),
    capabilities: unlessEmpty(station.capabilities, ...groups.map((group) => group.capabilities)),
    parking_restrictions: unlessEmpty(station.restrictions, ...groups.map((group) => group.restrictions)),
  };
  const connectors = groups.map(({ node }) => [node]);
  return { evse, origin: { station: station.node, own: status, connectors } };
}

/** What an element of `evses` or a `connectorStatus` says of its EVSE. `cpoId` is any id: it counts where it is an EVSE id (T2.2). */
function stateOf(
  node: HereNode,
): Pick<Evse, "uid" | "evse_id" | "status" | "physical_reference" | "last_updated"> {
  const state = node.text("state");
  const cpoId = node.text("cpoId", "cpoEvseId");
  const folded = state === undefined ? undefined : foldEnum(state);
  return {
    uid: node.text("id", "cpoEvseId"),
    evse_id:
      node.text("cpoEvseEMI3Id", "evseId") ??
      (canonicalEvseId(cpoId ?? "") === undefined ? undefined : cpoId),
    status: folded === undefined ? undefined : (STATES.get(folded) ?? folded),
    physical_reference: node.text("physicalReference"),
    last_updated: node.text("last_updated", "lastUpdated", "lastUpdateTimestamp"),
  };
}

function unlessEmpty(...lists: readonly (readonly string[])[]): string[] | undefined {
  const all = new Set(lists.flat());
  return all.size === 0 ? undefined : [...all];
}

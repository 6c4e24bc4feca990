/** Which socket one connector is: rules T3.2 and T3.3, read from the table of T3. */
import type { TaggingConnector } from "../ocpi/location.js";
import type { NoteCode } from "../ocpi/notes.js";
import { SOCKET_KINDS, SOCKET_ROWS, type SocketKind, type SocketRow } from "./socket-table.js";

/** A socket key ready for tagging: its kind and the names of its two tags. */
export interface Socket {
  readonly key: string;
  readonly kind: SocketKind;
  readonly countTag: string;
  readonly outputTag: string;
}

/** The answer for one connector; `socket` is absent where no OSM key exists. */
export interface SocketReading {
  readonly socket: Socket | undefined;
  readonly note: NoteCode | undefined;
}

interface ReadyRow extends SocketReading {
  readonly row: SocketRow;
}

const KINDS: readonly SocketKind[] = ["AC", "household", "DC", "megawatt", "AC or DC"];

const socketsByKey = new Map<string, Socket>();
for (const kind of KINDS) {
  for (const key of SOCKET_KINDS[kind]) {
    socketsByKey.set(key, { key, kind, countTag: `socket:${key}`, outputTag: `socket:${key}:output` });
  }
}

const rowsByStandard = new Map<string, ReadyRow[]>();
for (const row of SOCKET_ROWS) {
  const socket = row.key === undefined ? undefined : socketsByKey.get(row.key);
  const rows = rowsByStandard.get(row.standard) ?? [];
  rows.push({ row, socket, note: row.note });
  rowsByStandard.set(row.standard, rows);
}

const UNKNOWN: SocketReading = { socket: undefined, note: "unknown-standard" };

/** Whether a standard decides by country (so that a Location without one must be looked up on the map, T3). */
export function needsCountry(connector: TaggingConnector): boolean {
  const rows = connector.standard === undefined ? undefined : rowsByStandard.get(connector.standard);
  return rows?.some(({ row }) => row.countries !== undefined) ?? false;
}

/**
 * The socket of one connector. `country` is ISO alpha-2 and matters for CHAOJI, TESLA_S and DOMESTIC_I only;
 * `format` for IEC_62196_T2 only (T3.2). An unknown or absent standard has no socket and the note
 * `unknown-standard` (T3.3).
 */
export function socketOf(connector: TaggingConnector, country: string | undefined): SocketReading {
  const rows = connector.standard === undefined ? undefined : rowsByStandard.get(connector.standard);
  if (rows === undefined) return UNKNOWN;
  for (const ready of rows) {
    if (holds(ready.row, connector, country)) return ready;
  }
  return UNKNOWN;
}

function holds(row: SocketRow, connector: TaggingConnector, country: string | undefined): boolean {
  if (row.format !== undefined && row.format !== connector.format) return false;
  if (row.countries !== undefined && (country === undefined || !row.countries.includes(country)))
    return false;
  if (row.overAmperes !== undefined && !((connector.max_amperage ?? 0) > row.overAmperes)) return false;
  if (row.current !== undefined && row.current !== currentOf(connector)) return false;
  return true;
}

/** AC or DC as the connector's power_type says; `undefined` when it says neither. */
export function currentOf(connector: TaggingConnector): "AC" | "DC" | undefined {
  const powerType = connector.power_type;
  if (powerType === "DC") return "DC";
  return powerType?.startsWith("AC") === true ? "AC" : undefined;
}

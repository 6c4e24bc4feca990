/** The short way through `hmc-locations.ts`: see `hmc-locations-plain-reader.ts`. */
import type { Note } from "../ocpi/notes.js";
import type { SourceRecord } from "../ocpi/source-record.js";
import type { DecodeText } from "./dialect.js";
import { PlainReader } from "./hmc-locations-plain-reader.js";
import { completed } from "./here-v3-location.js";
import type { Tile } from "./hmc-locations-tile.js";

/** Of the tile read last: its records come side by side. */
let last: PlainReader | undefined;

/** The record at depth `tagging`, or `undefined` when it has to be read the long way. `tile`: the one it is from. */
export function readPlainHmcLocation(
  record: Readonly<Record<string, unknown>>,
  decode: DecodeText,
  tile: Tile | undefined,
): SourceRecord | undefined {
  const notes: Note[] = [];
  const plain = readerOf(tile, decode).read(record, notes);
  return plain && completed(plain.location, plain.cpoLocationId, notes);
}

function readerOf(tile: Tile | undefined, decode: DecodeText): PlainReader {
  if (last === undefined || last.tile !== tile || last.decode !== decode) {
    last = new PlainReader(decode, tile);
  }
  return last;
}

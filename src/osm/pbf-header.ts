/** The first block of an OSM PBF file: what a reader must be able to do, and how old the data is. */
import { timestampOf } from "./element-history.js";
import { DAMAGED, InputError } from "../input-error.js";
import type { Bounds } from "./bounds.js";
import { bytesField, eachField, reading } from "./pbf-message.js";

export interface PbfHeader {
  /** RFC 3339. */
  readonly timestamp?: string | undefined;
  /** The area that the file says it covers. */
  readonly bounds?: Bounds | undefined;
  /** The file says that it is sorted by type, then id. */
  readonly sorted: boolean;
}

const UNDERSTOOD: readonly string[] = ["OsmSchema-V0.6", "DenseNodes"];
const BBOX = 1;
const REQUIRED_FEATURE = 4;
const OPTIONAL_FEATURE = 5;
const REPLICATION_TIMESTAMP = 32;

/**
 * Reads a HeaderBlock.
 *
 * @throws {InputError} naming a required feature that is not understood here, history above all, and for bytes that are no
 *   header.
 */
export function pbfHeader(bytes: Uint8Array, { file, byte }: { file: string; byte: number }): PbfHeader {
  const { required, optional, seconds, box } = fieldsOf(bytes, { file, byte });
  const unknown = required.find((feature) => !UNDERSTOOD.includes(feature));
  if (unknown !== undefined) {
    throw new InputError({
      file,
      byte,
      problem:
        unknown === "HistoricalInformation"
          ? "this is a history file: it holds all versions of every object, also deleted ones"
          : `the file needs a reader that knows ${JSON.stringify(unknown)}`,
      advice:
        unknown === "HistoricalInformation"
          ? "Cut out one moment first: osmium time-filter -o now.osm.pbf FILE"
          : "Write it anew with osmium: osmium cat -o out.osm.pbf FILE",
    });
  }
  return {
    timestamp: timestampOf(seconds),
    bounds: boundsOf(box),
    sorted: optional.includes("Sort.Type_then_ID"),
  };
}

interface HeaderFields {
  readonly required: string[];
  readonly optional: string[];
  /** Since 1970; 0 where it is not said. */
  seconds: number;
  /** Left, right, top, bottom in billionths of a degree, as far as they are said. */
  readonly box: number[];
}

function fieldsOf(bytes: Uint8Array, { file, byte }: { file: string; byte: number }): HeaderFields {
  const fields: HeaderFields = { required: [], optional: [], seconds: 0, box: [] };
  const pbf = reading(bytes);
  const text = (): string => {
    const { start, end } = bytesField(pbf, bytes.length);
    return new TextDecoder().decode(bytes.subarray(start, end));
  };
  try {
    eachField(pbf, bytes.length, (field) => {
      if (field === BBOX) {
        const { start, end } = bytesField(pbf, bytes.length);
        pbf.pos = start;
        eachField(pbf, end, (side) => {
          fields.box[side] = pbf.readSVarint();
        });
      } else if (field === REQUIRED_FEATURE) fields.required.push(text());
      else if (field === OPTIONAL_FEATURE) fields.optional.push(text());
      else if (field === REPLICATION_TIMESTAMP) fields.seconds = pbf.readVarint(true);
    });
  } catch (cause) {
    throw new InputError(
      { file, byte, problem: "a file header that cannot be read", advice: DAMAGED },
      { cause },
    );
  }
  return fields;
}

function boundsOf([, left, right, top, bottom]: readonly number[]): Bounds | undefined {
  if (left === undefined || right === undefined || top === undefined || bottom === undefined)
    return undefined;
  return { minLat: bottom / 1e9, minLon: left / 1e9, maxLat: top / 1e9, maxLon: right / 1e9 };
}

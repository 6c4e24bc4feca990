/** From an OSM extract in any of its formats to the charging objects in it: rule D1.1. */
import { peek } from "../bytes/peeked-stream.js";
import { MAGIC_BYTES } from "../bytes/wrapping.js";
import type { Bounds } from "./bounds.js";
import { collectExtract } from "./collect-extract.js";
import { type OsmFormat, SNIFF_BYTES, detectOsmFormat } from "./detect-osm-format.js";
import type { ElementType, OsmExtract } from "./osm-object.js";
import type { OsmSource } from "./osm-source.js";
import { prefiltered } from "./osmium-prefilter.js";
import { OverpassFileReader } from "./overpass-reader.js";
import { PbfFileReader } from "./pbf-reader.js";
import type { ElementReader } from "./read-element.js";
import { type Compression, compressionOf, unwrapped } from "./unwrapped-bytes.js";
import { XmlFileReader } from "./xml-reader.js";

/** What is known of an extract besides its objects. */
export interface OsmFacts {
  readonly format: OsmFormat;
  /** What the file is wrapped in. */
  readonly compression?: Compression | undefined;
  /** When the data was taken from OSM, where the file says so (RFC 3339). */
  readonly timestamp?: string | undefined;
  /** The area that the file says it covers: of what lies outside it, the file knows nothing. */
  readonly bounds?: Bounds | undefined;
  /** Charging objects by type. */
  readonly objects: Readonly<Record<ElementType, number>>;
  /** Charging objects without a version: they can be compared, but not modified (D1.2). */
  readonly withoutVersion: number;
  /** Charging objects that nothing in the extract places (`w12`), in order: they are not in `objects`. */
  readonly unplaced: readonly string[];
}

export interface ReadOsmOptions {
  /** `auto`: where osmium is installed, it picks the charging objects out of a sorted PBF file first. */
  readonly prefilter?: "auto" | "never" | undefined;
}

type MakeReader = new (file: string, open: () => AsyncIterable<Uint8Array>) => ElementReader;

const READERS: Readonly<Record<OsmFormat, MakeReader>> = {
  PBF: PbfFileReader,
  "OSM XML": XmlFileReader,
  "Overpass JSON": OverpassFileReader,
};

/**
 * Reads an extract: PBF, XML or Overpass JSON, told by content. Memory grows with the charging objects, not with the
 * file (but for Overpass JSON). The source is opened once for each pass, up to three times.
 *
 * @throws {InputError} for what is damaged, incomplete or no extract; what the source throws passes through.
 */
export async function readOsm(
  source: OsmSource,
  { prefilter = "never" }: ReadOsmOptions = {},
): Promise<OsmExtract & { readonly facts: OsmFacts }> {
  const file = source.name;
  const stored = await peek(source.open(), MAGIC_BYTES);
  const compression = await orClose(stored, () => compressionOf(stored.head, file));
  const plain = await peek(unwrapped(stored.stream, compression, file), SNIFF_BYTES);
  const format = await orClose(plain, () => detectOsmFormat(plain.head, file));
  let first: AsyncIterable<Uint8Array> | undefined = plain.stream;
  const open = (): AsyncIterable<Uint8Array> => {
    const stream = first ?? unwrapped(source.open(), compression, file);
    first = undefined;
    return stream;
  };
  const filtered =
    prefilter === "auto" && format === "PBF" && compression === undefined && source.path !== undefined
      ? await prefiltered({ file, path: source.path, open })
      : undefined;
  try {
    const reader = filtered?.reader ?? new READERS[format](file, open);
    const { unplaced, ...extract } = await collectExtract(reader);
    const timestamp = filtered?.timestamp ?? reader.timestamp();
    return {
      ...extract,
      facts: { ...factsOf(extract, unplaced), format, compression, timestamp, bounds: reader.bounds() },
    };
  } finally {
    await filtered?.discard();
  }
}

function factsOf(
  { objects }: OsmExtract,
  unplaced: readonly string[],
): Pick<OsmFacts, "objects" | "withoutVersion" | "unplaced"> {
  const counts = { node: 0, way: 0, relation: 0 };
  for (const { type } of objects) counts[type]++;
  return {
    objects: counts,
    withoutVersion: objects.filter(({ version }) => version === undefined).length,
    unplaced,
  };
}

async function orClose<T>(stream: { close(): Promise<void> }, tell: () => T): Promise<T> {
  try {
    return tell();
  } catch (error) {
    await stream.close();
    throw error;
  }
}

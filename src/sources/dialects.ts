/** The dialects that can be read. Adding one: its file, and a row here. */
import type { Dialect, SourceName } from "./dialect.js";
import { hereV3 } from "./here-v3.js";
import { ocpi } from "./ocpi.js";

const DIALECTS: ReadonlyMap<SourceName, Dialect> = new Map(
  [ocpi, hereV3].map((dialect) => [dialect.name, dialect]),
);

/** The reader of a source, or `undefined` where none is built yet. */
export function dialectOf(source: SourceName): Dialect | undefined {
  return DIALECTS.get(source);
}

export const READABLE_SOURCES: readonly SourceName[] = [...DIALECTS.keys()];

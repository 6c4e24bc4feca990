/** The dialects that can be read. Adding one: its file, and a row here. */
import type { ConnectorTypeCrosswalk } from "./connector-type-crosswalk.js";
import type { Dialect, SourceName } from "./dialect.js";
import { hereV2, hereV2With } from "./here-v2.js";
import { hereV3 } from "./here-v3.js";
import { hmcLocations } from "./hmc-locations.js";
import { hmcStations, hmcStationsWith } from "./hmc-stations.js";
import { ocpi } from "./ocpi.js";

const DIALECTS: ReadonlyMap<SourceName, Dialect> = new Map(
  [ocpi, hereV3, hereV2, hmcLocations, hmcStations].map((dialect) => [dialect.name, dialect]),
);

/**
 * The reader of a source, or `undefined` where none is built yet. `connectorTypes`: what the user saved of HERE's own
 * crosswalk, for the sources that have connector type ids; of no matter for the others.
 */
export function dialectOf(source: SourceName, connectorTypes?: ConnectorTypeCrosswalk): Dialect | undefined {
  if (connectorTypes !== undefined && source === hereV2.name) return hereV2With(connectorTypes);
  if (connectorTypes !== undefined && source === hmcStations.name) return hmcStationsWith(connectorTypes);
  return DIALECTS.get(source);
}

export const READABLE_SOURCES: readonly SourceName[] = [...DIALECTS.keys()];

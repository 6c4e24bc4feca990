/** The dialects. Adding one: its file, and a row here. */
import type { ConnectorTypeCrosswalk } from "./connector-type-crosswalk.js";
import type { Dialect, SourceName } from "./dialect.js";
import { hereV2, hereV2With } from "./here-v2.js";
import { hereV3 } from "./here-v3.js";
import { hmcLocations } from "./hmc-locations.js";
import { hmcStations, hmcStationsWith } from "./hmc-stations.js";
import { ocpi } from "./ocpi.js";

/** By source, made with HERE's own crosswalk of connector types, where the user saved one. */
const DIALECTS: Readonly<Record<SourceName, (connectorTypes?: ConnectorTypeCrosswalk) => Dialect>> = {
  ocpi: () => ocpi,
  "here-v3": () => hereV3,
  "here-v2": (connectorTypes) => (connectorTypes === undefined ? hereV2 : hereV2With(connectorTypes)),
  "hmc-locations": () => hmcLocations,
  "hmc-stations": (connectorTypes) =>
    connectorTypes === undefined ? hmcStations : hmcStationsWith(connectorTypes),
};

/**
 * The reader of a source. `connectorTypes`: what the user saved of HERE's own crosswalk, for the sources that have
 * connector type ids; of no matter for the others.
 */
export function dialectOf(source: SourceName, connectorTypes?: ConnectorTypeCrosswalk): Dialect {
  return DIALECTS[source](connectorTypes);
}

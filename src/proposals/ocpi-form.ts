/** `--format ocpi`: any source as OCPI 2.3.0 Locations, one a line. */
import type { GeoLocation } from "../ocpi/location.js";
import { jsonLine } from "./json-line.js";
import type { OutputForm } from "./output-form.js";

/** OCPI's own fields only; what a record lacks is left out. */
export const ocpiForm: OutputForm = {
  name: "ocpi",
  reads: "whole",
  separator: "",
  head: async () => "",
  record({ location }) {
    return `${jsonLine({
      ...location,
      ...(location.coordinates && { coordinates: ocpiGeoLocation(location.coordinates) }),
      ...(location.related_locations && {
        related_locations: location.related_locations.map(({ name, ...geo }) => ({
          ...ocpiGeoLocation(geo),
          name,
        })),
      }),
      evses: location.evses.map((evse) =>
        evse.coordinates === undefined ? evse : { ...evse, coordinates: ocpiGeoLocation(evse.coordinates) },
      ),
    })}\n`;
  },
  tail: async () => "",
};

const OCPI_MIN_DECIMALS = 5;
const OCPI_MAX_DECIMALS = 7;

/** Half a position is none. */
function ocpiGeoLocation({ latitude, longitude }: GeoLocation): GeoLocation | undefined {
  const lat = ocpiDegrees(latitude, 90);
  const lon = ocpiDegrees(longitude, 180);
  return lat === undefined || lon === undefined ? undefined : { latitude: lat, longitude: lon };
}

/** Degrees as OCPI wants them, with 5 to 7 decimals; absent where the text is no such angle. */
function ocpiDegrees(text: string | undefined, limit: number): string | undefined {
  if (text === undefined || !/^[-+.\deE]+$/.test(text)) return undefined;
  const degrees = Number(text);
  if (!(Math.abs(degrees) <= limit)) return undefined;
  const long = degrees.toFixed(OCPI_MAX_DECIMALS);
  const kept = long.length - OCPI_MAX_DECIMALS + OCPI_MIN_DECIMALS;
  const trimmed = long.slice(0, kept) + long.slice(kept).replace(/0+$/, "");
  return /^-0\.0+$/.test(trimmed) ? trimmed.slice(1) : trimmed;
}

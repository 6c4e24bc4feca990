/** Where a feed's Locations are, and how good their positions look. */
import { type Position, positionOf } from "../../ocpi/coordinates.js";
import { countryAt, liesIn, statedCountry } from "../../ocpi/country.js";
import type { Location } from "../../ocpi/location.js";
import { BoundedTally } from "../conversion/bounded-tally.js";
import { Remembered } from "../comparison/remembered.js";
import type { Survey } from "./survey.js";

const LEAST_DECIMALS = 4;
const MOST_COUNTRY_ROWS = 300;

export class PositionSurvey {
  #counts = {
    usable: 0,
    missing: 0,
    unusable: 0,
    null_island: 0,
    outside_country: 0,
    latitude_is_longitude: 0,
    coarse: 0,
    shared: 0,
  };
  readonly #places = new Remembered();
  readonly #countries = new BoundedTally<{ stated: string | null; on_map: string | null }>();

  /** The country of the Location for rules that depend on it: the stated one, else the one on the map. */
  add(location: Location): string | undefined {
    const stated = statedCountry(location);
    const position = positionOf(location.coordinates);
    const onMap = typeof position === "string" ? undefined : countryAt(position.lat, position.lon);
    this.#countries.add(`${stated ?? ""}/${onMap ?? ""}`, () => ({
      stated: stated ?? null,
      on_map: onMap ?? null,
    }));
    const counts = this.#counts;
    if (typeof position === "object") this.#addUsable(position, stated);
    else if (position === "null-island") counts.null_island++;
    else if (isStated(location.coordinates)) counts.unusable++;
    else counts.missing++;
    return stated ?? onMap;
  }

  #addUsable(position: Position, stated: string | undefined): void {
    const { lat, lon, latText, lonText } = position;
    const counts = this.#counts;
    counts.usable++;
    if (latText === lonText) counts.latitude_is_longitude++;
    if (stated !== undefined && liesIn(lat, lon, stated) !== true) counts.outside_country++;
    if (Math.max(decimals(latText), decimals(lonText)) < LEAST_DECIMALS) counts.coarse++;
    if (this.#places.again(`${latText} ${lonText}`)) counts.shared++;
  }

  results(): Pick<Survey, "positions" | "countries"> {
    return {
      positions: { ...this.#counts, shared_capped: this.#places.full },
      countries: this.#countries.top(MOST_COUNTRY_ROWS),
    };
  }
}

function isStated(coordinates: Location["coordinates"]): boolean {
  return coordinates?.latitude !== undefined || coordinates?.longitude !== undefined;
}

function decimals(degrees: string): number {
  const point = degrees.indexOf(".");
  return point < 0 ? 0 : degrees.length - point - 1;
}

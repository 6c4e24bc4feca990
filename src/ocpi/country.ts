/** Countries: what a Location states (`country`, `country_code`) and where its coordinates lie. T1.6 and T3 need both. */
import { borders, featuresContaining } from "@rapideditor/country-coder";
import type { Location } from "./location.js";

interface Region {
  readonly id: string;
  readonly iso1A2: string | undefined;
  readonly iso1A3: string | undefined;
  readonly isoStatus: string | undefined;
  readonly groups: readonly string[];
}

interface Feature {
  readonly properties: Region;
}

/** Kosovo's code is not ISO's, but everybody's. */
const CODE_IN_USE = "XK";

/** Codes that ISO and the European Union reserve for a country which has another. */
const RESERVED_CODES = [
  ["UK", "GB"],
  ["EL", "GR"],
] as const;

/** Places that feeds count to another country than the border data does: Crimea, Kosovo, Northern Cyprus. */
const OTHER_READINGS: ReadonlyMap<string, string> = new Map([
  ["Q7835", "UA"],
  ["XK", "RS"],
  ["Q23681", "CY"],
]);

const regions = borders.features.map((feature: Feature) => feature.properties);
const codeByRegion = new Map<string, string>();
const codeByText = new Map<string, string>(RESERVED_CODES);
for (const { id, iso1A2, iso1A3, isoStatus } of regions) {
  if (iso1A2 === undefined || (isoStatus !== "official" && iso1A2 !== CODE_IN_USE)) continue;
  codeByRegion.set(id, iso1A2);
  codeByText.set(iso1A2, iso1A2);
  if (iso1A3 !== undefined) codeByText.set(iso1A3, iso1A2);
}

/** Region → the codes of the places it belongs to, the smallest first: Guadeloupe → GP, FR. */
const readingsByRegion = new Map<string, readonly string[]>();
for (const { id, groups } of regions) {
  const codes = [id, ...groups].map((region) => codeByRegion.get(region));
  const readings = [...codes, OTHER_READINGS.get(id)].filter((code) => code !== undefined);
  readingsByRegion.set(id, readings);
}

const NO_READINGS: readonly string[] = [];

/**
 * The ISO 3166-1 alpha-2 code, upper case, of an alpha-2 or alpha-3 code in any case; `UK` and `EL` are `GB` and `GR`.
 * `undefined` for all else: names (`Polska`), unions (`EU`), mistakes (`TRY`).
 */
export function isoCountry(code: string | undefined): string | undefined {
  return code === undefined ? undefined : (codeByText.get(code) ?? codeByText.get(code.trim().toUpperCase()));
}

/** The country a Location states: `country`, else `country_code` (the operator's), as alpha-2. */
export function statedCountry(location: Location): string | undefined {
  return isoCountry(location.country) ?? isoCountry(location.country_code);
}

/**
 * The ISO alpha-2 code at a place in degrees: of the territory where it has a code of its own (Guadeloupe is `GP`,
 * Puerto Rico `PR`, the Canary Islands `ES`). `undefined` in the open sea.
 */
export function countryAt(lat: number, lon: number): string | undefined {
  return readingsAt(lat, lon)[0];
}

/**
 * Whether a place in degrees lies in `country` (alpha-2). A territory lies in its country too: a place in Guadeloupe
 * is in `GP` and in `FR`. `undefined` where no country is.
 */
export function liesIn(lat: number, lon: number, country: string): boolean | undefined {
  const readings = readingsAt(lat, lon);
  return readings.length === 0 ? undefined : readings.includes(country);
}

function readingsAt(lat: number, lon: number): readonly string[] {
  const [smallest]: readonly Feature[] = featuresContaining([lon, lat]);
  return smallest === undefined ? NO_READINGS : (readingsByRegion.get(smallest.properties.id) ?? NO_READINGS);
}

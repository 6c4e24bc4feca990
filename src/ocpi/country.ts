/** Countries: what a Location states (`country`, `country_code`) and where its coordinates lie. T1.6 and T3 need both. */
import { borders, featuresContaining } from "@rapideditor/country-coder";
import type { TaggingLocation } from "./location.js";

interface Region {
  readonly id: string;
  readonly iso1A2: string | undefined;
  readonly iso1A3: string | undefined;
  readonly isoStatus: string | undefined;
  readonly groups: readonly string[];
}

/** Longitude, latitude. */
type Place = readonly number[];

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

const regions = borders.features.map(({ properties }: Feature) => properties);
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
export function statedCountry(location: TaggingLocation): string | undefined {
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

/** Inside a cell that no border crosses every place has the same readings, so one look-up serves them all. */
const CELL_DEGREES = 0.25;
const CELLS_A_ROW = 360 / CELL_DEGREES + 1;
const ROWS = 180 / CELL_DEGREES + 1;
/** 1 where a border is. */
let cellsWithBorders: Uint8Array | undefined;
const readingsByCell = new Map<number, readonly string[]>();

function readingsAt(lat: number, lon: number): readonly string[] {
  cellsWithBorders ??= findCellsWithBorders();
  const cell = cellOf(lat, lon);
  const known = readingsByCell.get(cell);
  if (known !== undefined) return known;
  const [smallest]: readonly Feature[] = featuresContaining([lon, lat]);
  const readings =
    smallest === undefined ? NO_READINGS : (readingsByRegion.get(smallest.properties.id) ?? NO_READINGS);
  if (cellsWithBorders[cell] === 0) readingsByCell.set(cell, readings);
  return readings;
}

function cellOf(lat: number, lon: number): number {
  return Math.floor((lat + 90) / CELL_DEGREES) * CELLS_A_ROW + Math.floor((lon + 180) / CELL_DEGREES);
}

/** Every cell that a border passes through; also some it only passes near, which costs a look-up and no more. */
function findCellsWithBorders(): Uint8Array {
  const cells = new Uint8Array(CELLS_A_ROW * ROWS);
  for (const { geometry } of borders.features) {
    if (geometry?.type !== "MultiPolygon") continue;
    for (const polygon of geometry.coordinates) {
      for (const ring of polygon) {
        for (let i = 1; i < ring.length; i++) markCells(ring[i - 1], ring[i], cells);
      }
    }
  }
  return cells;
}

function markCells(from: Place | undefined, to: Place | undefined, cells: Uint8Array): void {
  if (from === undefined || to === undefined) return;
  const [west = 0, south = 0] = from;
  const [east = 0, north = 0] = to;
  const steps = Math.ceil(Math.max(Math.abs(east - west), Math.abs(north - south)) / CELL_DEGREES) || 1;
  for (let step = 0; step <= steps; step++) {
    const lon = west + ((east - west) * step) / steps;
    const lat = south + ((north - south) * step) / steps;
    // Between two steps the border strays no further than one cell.
    for (const up of [-CELL_DEGREES, 0, CELL_DEGREES]) {
      for (const right of [-CELL_DEGREES, 0, CELL_DEGREES]) cells[cellOf(lat + up, lon + right)] = 1;
    }
  }
}

/** Tiles of the layer read place by place, as the framing hands them over. */
import { readFileSync } from "node:fs";
import type { SourceRecord, Unreadable } from "../ocpi/source-record.js";
import { type RecordDocument, asIs } from "./dialect.js";
import { hmcStations } from "./hmc-stations.js";
import { isRecord } from "./json-value.js";

export type Tile = Readonly<Record<string, unknown>>;

/** A hand-written tile of `fixtures/hmc-stations/defects`. */
export function defectTile(name: string): Tile {
  const text = readFileSync(new URL(`../../fixtures/hmc-stations/defects/${name}`, import.meta.url), "utf8");
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new Error(`${name} is no object`);
  return value;
}

/** The document of a tile's place. */
export function documentOf(tile: Tile, index: number): RecordDocument {
  return { value: tile, index };
}

export function placeOf(tile: Tile, index: number): unknown {
  const places = tile["place"];
  return Array.isArray(places) ? places[index] : undefined;
}

/** The answer for one place of a tile. */
export function answerFor(tile: Tile, index: number): SourceRecord | Unreadable {
  return hmcStations.read(placeOf(tile, index), asIs, "whole", documentOf(tile, index));
}

/** @throws {Error} when the place is not readable. */
export function recordOf(tile: Tile, index: number): SourceRecord {
  return readable(answerFor(tile, index));
}

/** @throws {Error} when there is no record. */
export function readable(answer: SourceRecord | Unreadable): SourceRecord {
  if ("unreadable" in answer) throw new Error(`${answer.unreadable}: ${answer.detail}`);
  return answer;
}

/** `code: detail` of each note. */
export function noteTexts({ notes }: SourceRecord): string[] {
  return notes.map(({ code, detail }) => `${code}: ${detail}`);
}

/** A tile of one place, whose `portAttribute` and other lists are about it. */
export function tileOfOne(lists: Readonly<Record<string, readonly object[]>>): Tile {
  const about = Object.entries(lists).map(([name, elements]): [string, object[]] => [
    name,
    elements.map((element) => Object.assign({ placeIndex: [0] }, element)),
  ]);
  return {
    place: [{ identifier: "p", locationRef: { identifier: "l" } }],
    location: [{ identifier: "l", displayPosition: { latitude: 52.5, longitude: 13.4 } }],
    ...Object.fromEntries(about),
  };
}

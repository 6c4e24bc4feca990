/** Where the values of chosen Locations came from: one line a Location, for proposals that show it. */
import { Buffer } from "node:buffer";
import type { ValueSource } from "../merging/proposal.js";
import { jsonLine } from "./json-line.js";
import type { TaggingForm, TagSource } from "./output-form.js";
import { proposalKey } from "./proposal-id.js";

/** The sources of each of a station's tags that was asked for, by key; `readSources` reads them. */
export interface LocationSources {
  readonly key: string;
  readonly sources: ReadonlyMap<string, string>;
}

/** Stands between the cells of a line: the Location's key, then each tag's key and its sources as JSON, which has none. */
const BETWEEN = "\t";
/** A value longer than this is told by its beginning: a proposal is read by people, and the record is there to look at. */
const LONGEST_VALUE = 120;
/** Of a value made from more places than this the first are told. */
const MOST_PLACES = 20;

export const sourcesForm: TaggingForm = {
  name: "sources",
  reads: "tagging",
  separator: "",
  head: async () => "",
  record(emitted) {
    const { location, station, asked } = emitted;
    const cells = [jsonLine(proposalKey(location))];
    const texts = new Map<readonly TagSource[], string>();
    for (const { key } of station.tags) {
      if (asked?.includes(key) === false) continue;
      const sources = emitted.sourcesOf(station, key, MOST_PLACES);
      const text = texts.get(sources) ?? sourcesText(sources);
      texts.set(sources, text);
      cells.push(key, text);
    }
    return `${cells.join(BETWEEN)}\n`;
  },
  tail: async () => "",
};

/** A line that `sourcesForm` wrote, without its line break. */
export function parseSourcesLine(line: string): LocationSources {
  const [key = "", ...cells] = line.split(BETWEEN);
  const sources = new Map<string, string>();
  for (let i = 0; i < cells.length; i += 2) sources.set(cells[i] ?? "", cells[i + 1] ?? "");
  const parsed: string = JSON.parse(key);
  return { key: parsed, sources };
}

/** Lists of sources and pointers that come again are kept once: most do, and a large feed has a million. */
const keptLists = new Map<string, readonly ValueSource[]>();
const keptPointers = new Map<string, string>();
/** Most of what is kept by then are ids and names. The rest comes again at once. */
const MOST_KEPT = 50_000;

/** The sources of one tag, as a `LocationSources` has them. */
export function readSources(text: string): readonly ValueSource[] {
  const known = keptLists.get(text);
  if (known !== undefined) return known;
  const parsed: readonly ValueSource[] = JSON.parse(text);
  const list = parsed.map(({ pointer, value }) => ({ pointer: onePointer(pointer), value }));
  if (keptLists.size >= MOST_KEPT) keptLists.clear();
  keptLists.set(copied(text), list);
  return list;
}

function onePointer(pointer: string): string {
  const known = keptPointers.get(pointer);
  if (known !== undefined) return known;
  if (keptPointers.size >= MOST_KEPT) keptPointers.clear();
  keptPointers.set(pointer, pointer);
  return pointer;
}

/** A part of a string keeps all of it in memory; a copy does not. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

function sourcesText(sources: readonly TagSource[]): string {
  return jsonLine(sources.slice(0, MOST_PLACES).map(shortened));
}

/** `amenity` comes from no field but the record as such, which nobody wants repeated. */
function shortened({ pointer, value }: ValueSource): ValueSource {
  if (pointer === "") return { pointer, value: null };
  const text = JSON.stringify(value) ?? "";
  return text.length <= LONGEST_VALUE
    ? { pointer, value }
    : { pointer, value: `${text.slice(0, LONGEST_VALUE)}…` };
}

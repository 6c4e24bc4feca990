/** Where the values of chosen Locations came from: one line a Location, for proposals that show it. */
import type { ValueSource } from "../merging/proposal.js";
import { jsonLine } from "./json-line.js";
import type { OutputForm } from "./output-form.js";
import { proposalKey } from "./proposal-id.js";

/** The sources of each of a station's tags. */
export interface LocationSources {
  readonly key: string;
  readonly sources: Readonly<Record<string, readonly ValueSource[]>>;
}

/** A value longer than this is told by its beginning: a proposal is read by people, and the record is there to look at. */
const LONGEST_VALUE = 120;
/** Of a value made from more places than this the first are told. */
const MOST_PLACES = 20;

export const sourcesForm: OutputForm = {
  name: "sources",
  reads: "tagging",
  separator: "",
  head: async () => "",
  record(emitted) {
    const { location, station } = emitted;
    const sources = station.tags.map(({ key }) => [
      key,
      emitted.sourcesOf(station, key).slice(0, MOST_PLACES).map(shortened),
    ]);
    const line: LocationSources = { key: proposalKey(location), sources: Object.fromEntries(sources) };
    return `${jsonLine(line)}\n`;
  },
  tail: async () => "",
};

/** A line that `sourcesForm` wrote, without its line break. */
export function parseSourcesLine(line: string): LocationSources {
  const parsed: LocationSources = JSON.parse(line);
  return parsed;
}

const kept = new Map<string, string>();
/** More are ids, which do not come again. */
const MOST_KEPT = 100_000;

/** Equal to what is given; texts that come again are one. */
export function sharedSource({ pointer, value }: ValueSource): ValueSource {
  return { pointer: one(pointer), value: typeof value === "string" ? one(value) : value };
}

function one(text: string): string {
  const known = kept.get(text);
  if (known !== undefined || kept.size >= MOST_KEPT) return known ?? text;
  kept.set(text, text);
  return text;
}

/** `amenity` comes from no field but the record as such, which nobody wants repeated. */
function shortened({ pointer, value }: ValueSource): ValueSource {
  if (pointer === "") return { pointer, value: null };
  const text = JSON.stringify(value) ?? "";
  return text.length <= LONGEST_VALUE
    ? { pointer, value }
    : { pointer, value: `${text.slice(0, LONGEST_VALUE)}…` };
}

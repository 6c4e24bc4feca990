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

/** A value longer than this is told by its beginning: a proposal is read by people. */
export const LONGEST_VALUE = 1000;

export const sourcesForm: OutputForm = {
  name: "sources",
  reads: "tagging",
  separator: "",
  head: async () => "",
  record(emitted) {
    const { location, station } = emitted;
    const sources = station.tags.map(({ key }) => [key, emitted.sourcesOf(station, key).map(shortened)]);
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

/** `amenity` comes from no field but the record as such, which nobody wants repeated. */
function shortened({ pointer, value }: ValueSource): ValueSource {
  if (pointer === "") return { pointer, value: null };
  const text = JSON.stringify(value) ?? "";
  return text.length <= LONGEST_VALUE
    ? { pointer, value }
    : { pointer, value: `${text.slice(0, LONGEST_VALUE)}…` };
}

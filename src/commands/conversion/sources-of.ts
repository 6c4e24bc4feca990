/** Provenance on demand: where the tags of one record come from, as the record itself has it. */
import type { SourceRecord } from "../../ocpi/source-record.js";
import type { EmittedLocation } from "../../proposals/output-form.js";
import type { RecordSource, SourceValue } from "../../sources/batch-records.js";
import type { Station, TaggingOptions } from "../../tagging/tag-location.js";
import { tagSources } from "../../tagging/tag-sources.js";

export type SourcesOf = EmittedLocation["sourcesOf"];

/** What was made of a record. `parse` reads it a second time, exactly, when the first question comes. */
export function sourcesOf(
  { record, station }: { readonly record: SourceRecord; readonly station: Station },
  parse: () => RecordSource,
  locationRef: TaggingOptions["locationRef"],
): SourcesOf {
  let source: RecordSource | undefined;
  /** Many tags are made of the same places: capabilities, the operator's name. */
  const known = new Map<string, readonly SourceValue[]>();
  return ({ tags }, key, most = Infinity) => {
    const parsed = (source ??= parse());
    const point = [station.station, ...station.chargePoints].find((made) => made.tags === tags);
    const places = tagSources(record, point?.evses ?? [], station.country, key, locationRef);
    // The record itself is the empty pointer, which is not the same as no place at all.
    const name = `${most} ${places.length} ${places.join(" ")}`;
    const values =
      known.get(name) ?? (most < places.length ? firstOf(parsed, places, most) : parsed.all(places));
    known.set(name, values);
    return values;
  };
}

/** The first places of the source that these stand for: a site of hundreds of sockets has as many. */
function firstOf(source: RecordSource, places: readonly string[], most: number): SourceValue[] {
  const found = new Map<string, SourceValue>();
  for (const place of places) {
    const value = source.at(place);
    if (value !== undefined) found.set(value.pointer, value);
    if (found.size === most) break;
  }
  return [...found.values()];
}

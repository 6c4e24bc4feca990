/** One record of a feed as the comparison takes it, for programs that use this one as a library. */
import type { SourceRecord } from "../ocpi/source-record.js";
import { locationForm, parseLocationLine } from "../proposals/location-form.js";
import type { OutputAbout } from "../proposals/output-form.js";
import type { Reason } from "../tagging/eligibility.js";
import { DEFAULT_TAGGING, type Station, type TaggingOptions, tagLocation } from "../tagging/tag-location.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";

/** The form tells nothing of the run. */
const NO_RUN: OutputAbout = { generator: "", licensed: false, changeset: { comment: "", source: "" } };

/** Where a record stands, for the proposals to say. */
type Place = TaggedLocation["source"];

/**
 * A record as `matchLocations` and `proposeChanges` take it, the same as `diff` has it; or the reason of rule T1 why it
 * is not compared. One whose every EVSE is REMOVED is compared, as `removed`. Duplicates (T1.4) are the caller's
 * business.
 */
export function comparedLocation(
  record: SourceRecord,
  place: Place,
  options: TaggingOptions = DEFAULT_TAGGING,
): TaggedLocation | { readonly reason: Reason } {
  const made = tagLocation(record, options);
  if (!("reason" in made)) return tagged(emittedLine(record, made, place)) ?? { reason: "not-a-location" };
  const { reason } = made;
  return tagged(refusedLine(record, reason, place)) ?? { reason };
}

function tagged(line: string): TaggedLocation | undefined {
  const read = line === "" ? undefined : parseLocationLine(line);
  return read === undefined || "refused" in read ? undefined : read;
}

function emittedLine({ location }: SourceRecord, made: Station, { file, record }: Place): string {
  const { station, chargePoints, country, notes } = made;
  return locationForm.record(
    {
      id: -1,
      sourceFile: file,
      recordIndex: record,
      location,
      station: { ...station, id: -1 },
      chargePoints: chargePoints.map((point, index) => Object.assign({}, point, { id: -2 - index })),
      evses: station.evses,
      country,
      notes,
      sourcesOf: () => [],
    },
    NO_RUN,
  );
}

function refusedLine({ location }: SourceRecord, reason: Reason, { file, record }: Place): string {
  return locationForm.refused?.({ sourceFile: file, recordIndex: record, location, reason }) ?? "";
}

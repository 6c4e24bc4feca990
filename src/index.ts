/**
 * The public API: read a record, tag a Location, or run a whole conversion.
 *
 * Everything that decides something is pure: `readLocation` and `tagLocation` do no I/O and keep no state.
 */
import type { Depth } from "./ocpi/location.js";
import type { SourceRecord, Unreadable } from "./ocpi/source-record.js";
import { type SourceName, asIs } from "./sources/dialect.js";
import { READABLE_SOURCES, dialectOf } from "./sources/dialects.js";

export { type ConvertOptions, convert } from "./commands/convert.js";
export { type Explanation, explain } from "./commands/explain.js";
export { inspect } from "./commands/inspect.js";
export { type Survey, surveyJsonSchema } from "./commands/survey.js";
export { type FeedRecord, type ReadFeedOptions, readFeed } from "./commands/read-feed.js";
export { ENUM_VALUES, foldEnum } from "./ocpi/enums.js";
export { canonicalEvseId, compareNaturally, evseIdKey } from "./ocpi/evse-id.js";
export {
  type Connector,
  type Depth,
  type Evse,
  type Location,
  type Parking,
  locationSchema,
} from "./ocpi/location.js";
export { NOTE_MEANINGS, type Note, type NoteCode } from "./ocpi/notes.js";
export type { SourceRecord, Unreadable } from "./ocpi/source-record.js";
export { FORM_NAMES, type FormName } from "./proposals/output-form.js";
export { EXIT_CODES, RunError } from "./runs/exit-codes.js";
export { type Log, createLog } from "./runs/log.js";
export {
  DEFAULT_PROFILE,
  type Profile,
  parseProfile,
  profileJsonSchema,
  readProfile,
} from "./runs/profile.js";
export { type Report, reportJsonSchema, reportSchema } from "./runs/report.js";
export { SOURCE_NAMES, type SourceName } from "./sources/dialect.js";
export { REASONS, type Reason, type Refusal } from "./tagging/eligibility.js";
export { SOCKET_KINDS, SOCKET_ROWS } from "./tagging/socket-table.js";
export { type TagClass, tagClass } from "./tagging/tag-class.js";
export { DEFAULT_TAGGING, type Station, type TaggingOptions, tagLocation } from "./tagging/tag-location.js";
export { tagSources } from "./tagging/tag-sources.js";
export type { Tag, TaggedPoint } from "./tagging/tagged-point.js";

/**
 * Reads one parsed record of a feed (an OCPI Location, a HERE v3 location) into a canonical OCPI 2.3.0 Location.
 * Never throws on any JSON value: what is no Location comes back as `{ unreadable, detail }`. `depth`: "tagging" leaves
 * out what no tagging rule reads.
 *
 * @throws {RangeError} for a source that this version cannot read.
 */
export function readLocation(
  value: unknown,
  source: SourceName = "ocpi",
  depth: Depth = "whole",
): SourceRecord | Unreadable {
  const dialect = dialectOf(source);
  if (dialect === undefined) {
    throw new RangeError(`this version cannot read ${source}; it reads ${READABLE_SOURCES.join(" and ")}`);
  }
  return dialect.read(value, asIs, depth);
}

/**
 * The public API: read a record, tag a Location, compare Locations with OSM, or run a whole command.
 *
 * Everything that decides something is pure: `readLocation`, `tagLocation`, `stationsOf`, `matchLocations` and
 * `proposeChanges` do no I/O and keep no state.
 */
import type { Depth } from "./ocpi/location.js";
import type { SourceRecord, Unreadable } from "./ocpi/source-record.js";
import { SOURCE_NAMES, type SourceName, asIs } from "./sources/dialect.js";
import { dialectOf } from "./sources/dialects.js";

export { type ApplyOptions, apply } from "./commands/apply.js";
export { comparedLocation } from "./commands/compared-location.js";
export { type ConvertOptions, convert } from "./commands/convert.js";
export { type DiffSettings, diffSettingsSchema } from "./commands/comparison/diff-settings.js";
export { type DiffOptions, diff } from "./commands/diff.js";
export { type Explanation, explain } from "./commands/explain.js";
export { fetchHereFeed } from "./commands/fetch-here.js";
export { fetchOcpiFeed } from "./commands/fetch-ocpi.js";
export { inspect } from "./commands/inspect.js";
export { type Survey, surveyJsonSchema } from "./commands/survey/survey.js";
export { type FeedRecord, type ReadFeedOptions, readFeed } from "./commands/read-feed.js";
export { type RebaseCounts, rebase } from "./commands/rebase.js";
export { type RunOptions, run } from "./commands/run.js";
export { type RunConfig, runConfigJsonSchema, runConfigSchema } from "./commands/nightly/run-config.js";
export { verify } from "./commands/verify.js";
export type { FetchAccount } from "./fetching/fetch-account.js";
export { type HereFeed, hereFeedSchema } from "./fetching/here-feed.js";
export { type HereReport, hereReportJsonSchema, hereReportSchema } from "./fetching/here-report.js";
export { type OcpiFeed, ocpiFeedSchema } from "./fetching/ocpi-feed.js";
export { type OcpiReport, ocpiReportJsonSchema, ocpiReportSchema } from "./fetching/ocpi-report.js";
export { EVIDENCE_NAMES, type EvidenceName, type EvidencePart } from "./matching/evidence-parts.js";
export { matchLocations } from "./matching/match-locations.js";
export { type MatchMemory, NO_MEMORY } from "./matching/match-memory.js";
export {
  type LocationMatch,
  MATCH_METHODS,
  type MatchMethod,
  REVIEW_REASONS,
  type ReviewReason,
  type Scored,
} from "./matching/match.js";
export type { Station as OsmStation } from "./matching/station.js";
export { stationsOf } from "./matching/stations-of.js";
export {
  type Comparison,
  type ComparisonCounts,
  type ComparisonInput,
  type ComparisonOptions,
  DEFAULT_COMPARISON,
  type Disappearance,
  type LocationVerdict,
} from "./merging/comparison.js";
export {
  DECISIONS,
  type Decision,
  DecisionBook,
  type DecisionConflict,
  decisionJsonSchema,
  decisionSchema,
  parseDecisions,
} from "./merging/decisions.js";
export { sameMeaning } from "./merging/meaning.js";
export { MemoryLineError } from "./merging/memory-lines.js";
export {
  CHANGES,
  type Change,
  EDITS,
  type Proposal,
  type ProposalMatch,
  type TagProposal,
  type ValueSource,
} from "./merging/proposal.js";
export { proposeChanges } from "./merging/propose-changes.js";
export { PROPOSAL_REASONS, type ProposalReason, TAG_REASONS, type TagReason } from "./merging/reasons.js";
export {
  type NewerOsm,
  REBASE_REASONS,
  REBASE_STATUSES,
  type RebaseReason,
  type RebaseStatus,
  type Rebased,
  rebaseProposal,
} from "./merging/rebase.js";
export { stateEntryJsonSchema } from "./merging/state-entry-schema.js";
export { type StateEntry, stateEntrySchema } from "./merging/state-entry.js";
export { STATE_VERSION, type State, parseState, stateText } from "./merging/state.js";
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
export { mergeExtracts } from "./osm/merge-extracts.js";
export { InputError } from "./input-error.js";
export { type ElementType, type OsmExtract, type OsmObject, elementName } from "./osm/osm-object.js";
export type { OsmSource } from "./osm/osm-source.js";
export { type OsmFacts, type ReadOsmOptions, readOsm } from "./osm/read-osm.js";
export { filterLineJsonSchema, filterLineSchema } from "./proposals/filter-form.js";
export { FORM_NAMES, type FormName } from "./proposals/output-form.js";
export { ProposalLineError, parseProposalLine, proposalLine } from "./proposals/proposal-line.js";
export { type ProposalLine, proposalJsonSchema, proposalSchema } from "./proposals/proposal-schema.js";
export { type ApplyReport, applyReportJsonSchema, applyReportSchema } from "./runs/apply-report.js";
export { type DiffReport, diffReportJsonSchema, diffReportSchema } from "./runs/diff-report.js";
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
export { type RunReport, runReportJsonSchema, runReportSchema } from "./runs/run-report.js";
export {
  type ConnectorTypeCrosswalk,
  type CrosswalkRow,
  crosswalkOf,
} from "./sources/connector-type-crosswalk.js";
export { SOURCE_NAMES, type SourceName } from "./sources/dialect.js";
export { REASONS, type Reason, type Refusal } from "./tagging/eligibility.js";
export { SOCKET_KINDS, SOCKET_ROWS } from "./tagging/socket-table.js";
export { type TagClass, tagClass } from "./tagging/tag-class.js";
export { DEFAULT_TAGGING, type Station, type TaggingOptions, tagLocation } from "./tagging/tag-location.js";
export { tagSources } from "./tagging/tag-sources.js";
export type { TaggedChargePoint, TaggedLocation } from "./tagging/tagged-location.js";
export type { Tag, TaggedPoint } from "./tagging/tagged-point.js";

/**
 * Reads one parsed record of a feed (an OCPI Location, a HERE location or station) into a canonical OCPI 2.3.0 Location.
 * Never throws on any JSON value: what is no Location comes back as `{ unreadable, detail }`. `depth`: "tagging" leaves
 * out what no tagging rule reads.
 *
 * @throws {RangeError} for a source that there is not.
 */
export function readLocation(
  value: unknown,
  source: SourceName = "ocpi",
  depth: Depth = "whole",
): SourceRecord | Unreadable {
  if (!SOURCE_NAMES.includes(source))
    throw new RangeError(`no source is called ${source}; they are ${SOURCE_NAMES.join(", ")}`);
  return dialectOf(source).read(value, asIs, depth);
}

/** What `diff` tells of a run: the report, the rows of matches.csv, the lines for the terminal. */
import { PROPOSAL_REASONS, TAG_REASONS } from "../../merging/reasons.js";
import type { Proposal } from "../../merging/proposal.js";
import type { LocationVerdict, VerdictReason } from "../../merging/comparison.js";
import type { RefusedLine } from "../../proposals/location-form.js";
import type { MatchRow } from "../../proposals/matches-csv.js";
import { countProposals } from "../../proposals/proposal-counts.js";
import { counted } from "../../runs/counted.js";
import type { DiffReport } from "../../runs/diff-report.js";
import type { WrittenFile } from "../../runs/output-folder.js";
import { isLicensed } from "../../runs/profile.js";
import { configHash, unknownKeyLines } from "../../runs/report.js";
import { parseThreshold } from "../../runs/threshold.js";
import { REASONS } from "../../tagging/eligibility.js";
import { TOOL } from "../../version.js";
import type { FeedComparison } from "./compared-feed.js";
import type { LeftOutInput } from "../conversion/feed-inputs.js";
import type { DiffSettings } from "./diff-settings.js";
import { disagreementRow } from "./disagreements.js";
import type { OsmInput } from "./osm-side.js";
import { aboutInput } from "../conversion/run-manifest.js";

/** report.json. `outputs` are empty when nothing was published. */
export function aboutDiff(
  settings: DiffSettings,
  { feed, osm, state, decisions, disagreements, changes, proposals }: FeedComparison,
  outputs: readonly WrittenFile[],
  run: DiffReport["run"],
  leftOut: readonly LeftOutInput[] = [],
): DiffReport {
  const { profile } = settings;
  const licensed = isLicensed(profile);
  const results = feed.tally.results();
  const counted = countProposals(proposals);
  const { counts, disappeared } = changes;
  const refused = feed.refused.size;
  return {
    diff_report: 1,
    tool: TOOL,
    config_hash: configHash(settings),
    settings: { ...settings },
    ...(settings.asOf !== undefined && { as_of: settings.asOf }),
    source: profile.name,
    licence: { licensed, ...(profile.licence && { id: profile.licence.id, url: profile.licence.url }) },
    inputs: feed.runs.map(aboutInput),
    ...(leftOut.length > 0 && { left_out: [...leftOut] }),
    osm: osm.map(aboutExtract),
    ...(state && {
      state: { file: state.file, sha256: state.sha256, entries: state.lines },
    }),
    ...(decisions.length > 0 && {
      decisions: decisions.map(({ file, sha256, lines }) => ({ file, sha256, decisions: lines })),
    }),
    ...(disagreements.length > 0 && { disagreements: disagreements.map(disagreementRow) }),
    counts: {
      records: results.counts,
      locations: { ...counts.verdicts, skipped: counts.verdicts.skipped + refused },
      proposals: counted.by_change,
      tags: counts.tags.map(({ class: tagClass, outcome, reason, count }) => ({
        class: tagClass,
        change: outcome,
        reason,
        meaning: TAG_REASONS[reason].meaning,
        count,
      })),
      by_country: [...counted.by_country],
      by_operator: [...counted.by_operator],
      withheld: [
        ...counted.withheld,
        ...(licensed ? [] : [{ reason: "no-licence", meaning: NO_LICENCE, count: editsIn(proposals) }]),
      ],
    },
    notes: results.notes,
    ...(results.unknown_keys !== undefined && { unknown_keys: results.unknown_keys }),
    listed: results.listed,
    ...(results.not_listed !== undefined && { not_listed: results.not_listed }),
    ...(state && {
      disappearance: {
        known: disappeared.known,
        vanished: disappeared.count,
        share: disappeared.share,
        limit: limitShare(settings.maxDisappear, disappeared.known),
        patience: settings.patience,
        crossed: disappeared.crossed,
      },
    }),
    outputs: [...outputs],
    run,
  };
}

/** The whole of it is said at the end of a run. */
const NO_LICENCE = "no licence is recorded: no file that could be uploaded (D9)";

function editsIn(proposals: readonly Proposal[]): number {
  return proposals.filter(({ change }) => change === "create" || change === "modify" || change === "relink")
    .length;
}

/** The limit as a share, also where it is a number of Locations. */
function limitShare(text: string, known: number): number {
  const { limit, percent } = parseThreshold(text, "--max-disappear");
  return percent ? limit / 100 : known === 0 ? 1 : Math.min(1, limit / known);
}

function aboutExtract({ name, bytes, sha256, facts }: OsmInput): DiffReport["osm"][number] {
  const { node: nodes, way: ways, relation: relations } = facts.objects;
  return {
    name,
    format: facts.compression === undefined ? facts.format : `${facts.format} (${facts.compression})`,
    sha256,
    bytes,
    objects: { nodes, ways, relations },
    ...(facts.timestamp !== undefined && { timestamp: facts.timestamp }),
    versions: facts.withoutVersion === 0,
    unplaced: facts.unplaced.length,
  };
}

/** A row for each Location of the feed and of the state, sorted by key; refused ones say why (T1). */
export function* matchRows({ feed, changes }: Pick<FeedComparison, "feed" | "changes">): Generator<MatchRow> {
  const refused = [...feed.refused.values()].sort((a, b) => (a.refused.key < b.refused.key ? -1 : 1));
  let next = 0;
  for (const verdict of changes.verdicts) {
    for (let one = refused[next]; one !== undefined && one.refused.key < verdict.key; one = refused[next]) {
      yield refusedRow(one);
      next += 1;
    }
    yield verdictRow(verdict);
  }
  yield* refused.slice(next).map(refusedRow);
}

function refusedRow({ refused, reason }: RefusedLine): MatchRow {
  return {
    ...identity(refused),
    verdict: "skipped",
    method: "",
    osm: "",
    runner_up: "",
    reason: `${REASONS[reason].rule}: ${REASONS[reason].meaning}`,
  };
}

function verdictRow(verdict: LocationVerdict): MatchRow {
  return {
    ...identity(verdict),
    verdict: verdict.verdict,
    method: verdict.method ?? "",
    osm: verdict.osm ?? "",
    score: verdict.score,
    distance_m: verdict.distance,
    runner_up: verdict.runnerUp ?? "",
    runner_up_score: verdict.runnerUpScore,
    reason: verdict.reason === undefined ? "" : reasonWords(verdict.reason),
  };
}

function identity(location: {
  readonly country_code?: string | undefined;
  readonly party_id?: string | undefined;
  readonly id: string;
}): Pick<MatchRow, "country_code" | "party_id" | "location_id"> {
  const { country_code = "", party_id = "", id } = location;
  return { country_code, party_id, location_id: id };
}

function reasonWords(reason: VerdictReason): string {
  const { rule, meaning } =
    reason === "rejected" || reason === "deferred" || reason === "shared"
      ? TAG_REASONS[reason]
      : PROPOSAL_REASONS[reason];
  return `${rule}: ${meaning}`;
}

/** For stderr, a screen at most. */
export function diffSummaryLines({ counts, osm, unknown_keys }: DiffReport, folder: string): string[] {
  const { records, locations, proposals } = counts;
  const objects = osm.reduce(
    (sum, { objects: { nodes, ways, relations } }) => sum + nodes + ways + relations,
    0,
  );
  const edits = proposals.create + proposals.modify + proposals.relink;
  const count = (value: number): string => value.toLocaleString("en");
  return [
    `${counted(records.read, "record")} compared with ${counted(objects, "charging object")} of OSM`,
    `  Locations: ${count(locations.matched)} matched, ${count(locations.review)} to be matched by hand, ` +
      `${count(locations.new)} new, ${count(locations.closed)} closed, ${count(locations.skipped)} skipped`,
    `  ${counted(edits, "edit")}: ${count(proposals.create)} create, ${count(proposals.modify)} modify, ${count(proposals.relink)} relink`,
    `  ${count(proposals.review + proposals.conflict)} to decide: ${count(proposals.review)} review, ${count(proposals.conflict)} conflict; ` +
      `${counted(proposals.close, "closure")} to confirm on the ground`,
    ...unknownKeyLines(unknown_keys),
    `Open ${folder}/review.html in a browser to look and decide; report.md beside it has the numbers`,
  ];
}

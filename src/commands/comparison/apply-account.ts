/** What `apply` tells of a run: counts, and each decision that is no edit, with its reason. */
import type { Overtaken, RebasedEdit } from "../../merging/accepted-edits.js";
import { REFUSALS, type Refusal, type TagCounts } from "../../merging/accepted-proposals.js";
import { type Proposal } from "../../merging/proposal.js";
import { REBASE_REASONS } from "../../merging/rebase.js";
import { elementName } from "../../osm/osm-object.js";
import { csvText } from "../../proposals/csv-text.js";
import type { ApplyReport, RefusedRow } from "../../runs/apply-report.js";
import { TOOL } from "../../version.js";
import { disagreementRow } from "./disagreements.js";
import type { DecisionFiles } from "./memory-files.js";
import type { OsmInput } from "./osm-side.js";

interface RunFacts {
  readonly source: string;
  readonly licensed: boolean;
  readonly decisions: DecisionFiles;
  readonly osm: readonly OsmInput[];
  readonly output: ApplyReport["output"];
  readonly edits: readonly Proposal[];
}

/** Takes part after part and gives the report. */
export class ApplyAccount {
  readonly #refused: RefusedRow[] = [];
  readonly #done: RefusedRow[] = [];
  readonly #tags = { accepted: 0, rejected: 0, deferred: 0, undecided: 0, stale: 0 };

  addProposal(tags: TagCounts, refusals: readonly Refusal[]): void {
    this.#tags.accepted += tags.accepted;
    this.#tags.rejected += tags.rejected;
    this.#tags.deferred += tags.deferred;
    this.#tags.undecided += tags.undecided;
    this.#tags.stale += tags.stale;
    this.addRefusals(refusals);
  }

  addRefusals(refusals: readonly Refusal[]): void {
    for (const { proposal, key, reason, decided, now } of refusals)
      this.#refused.push({ proposal, key, reason, meaning: REFUSALS[reason], decided, now });
  }

  addOvertaken({ done, refused }: RebasedEdit): void {
    this.#done.push(...done.map(overtakenRow));
    this.#refused.push(...refused.map(overtakenRow));
  }

  report({ source, licensed, decisions, osm, output, edits }: RunFacts): ApplyReport {
    const refused = sorted(this.#refused);
    const done = sorted(this.#done);
    const created = edits.filter(({ target }) => target === undefined);
    const changed = new Set(
      edits.flatMap(({ target }) => (target === undefined ? [] : [elementName(target)])),
    );
    return {
      apply_report: 1,
      tool: TOOL,
      source,
      licence: { licensed },
      decisions: decisions.files.map(({ file, sha256, lines }) => ({ file, sha256, decisions: lines })),
      osm: osm.map(({ name, sha256 }) => ({ name, sha256 })),
      counts: {
        edits: {
          changed: changed.size,
          created: created.length,
          charge_points: created.reduce((sum, { chargePoints }) => sum + chargePoints.length, 0),
          tags: edits.reduce((sum, { tags }) => sum + tags.length, 0),
        },
        tags: this.#tags,
        refused: refused.length,
        already_done: done.length,
      },
      refused,
      already_done: done,
      disagreements: decisions.book.conflicts.map(disagreementRow),
      output,
    };
  }
}

function overtakenRow({ proposal, key, reason, osm }: Overtaken): RefusedRow {
  const meaning = reason === "no-version" ? REFUSALS[reason] : REBASE_REASONS[reason];
  return { proposal, key, reason, meaning, osm };
}

function sorted(rows: readonly RefusedRow[]): RefusedRow[] {
  const place = ({ proposal, key = "" }: RefusedRow): string => JSON.stringify([proposal, key]);
  return rows
    .map((row) => ({ row, place: place(row) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ row }) => row);
}

const REFUSED_COLUMNS = ["proposal", "key", "state", "reason", "decided", "feed_now", "osm_now"] as const;

/** The report as JSON; in a file whose name ends in `.csv` the list of what was refused or done already. */
export function applyReportText(report: ApplyReport, file: string): string {
  if (!/\.csv$/i.test(file)) return `${JSON.stringify(report, undefined, 2)}\n`;
  const row = (state: string, { proposal, key, meaning, decided, now, osm }: RefusedRow): string[] => [
    proposal,
    key ?? "",
    state,
    meaning,
    decided ?? "",
    now ?? "",
    osm ?? "",
  ];
  return csvText([
    REFUSED_COLUMNS,
    ...report.refused.map((refused) => row("refused", refused)),
    ...report.already_done.map((done) => row("already done", done)),
  ]);
}

/** `modify/LT*IGN*42 capacity: the feed's value is another by now (accepted 4, now 6)`. */
export function refusedWords({ proposal, key, meaning, decided, now, osm }: RefusedRow): string {
  const value = (text: string | null): string => text ?? "none";
  const values = [
    ...(decided === undefined ? [] : [`accepted ${value(decided)}`]),
    ...(now === undefined ? [] : [`now ${value(now)}`]),
    ...(osm === undefined ? [] : [`OSM has ${value(osm)}`]),
  ];
  const shown = values.length === 0 ? "" : ` (${values.join(", ")})`;
  return `${proposal}${key === undefined ? "" : ` ${key}`}: ${meaning}${shown}`;
}

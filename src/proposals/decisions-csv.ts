/** changes.csv handed back with its columns `decision` and `note` filled in: the decisions it holds (D5). */
import { TIME_PROBLEM, isDecisionTime } from "../merging/decision-time.js";
import type { Decision } from "../merging/decisions.js";
import { MemoryLineError } from "../merging/memory-lines.js";
import { type CsvCells, csvRows } from "./csv-rows.js";
import {
  type DecidedPoint,
  type DecidedProposal,
  type DecidedRow,
  type RowOrigin,
  decisionsOfProposal,
} from "./decided-rows.js";
import { ALLOWED_CELLS, decisionOfCell, unguarded, valueOfCell } from "./decision-cells.js";

const ADVICE = `In the column decision is allowed: ${ALLOWED_CELLS}, or nothing`;
const KEEP = "Hand back the rows of changes.csv as they are; only decision and note are to be filled in";

/** `create/LT*IGN*42/cp1`: keys of Locations hold no slash. */
const PROPOSAL = /^(create|modify|relink|review|conflict|close)\/([^/]+)(?:\/(cp[1-9]\d*))?$/s;

/**
 * The decisions of a file, sorted by proposal and key whatever the order of its rows. A row decides about its tag; a
 * proposal of which every row says the same is decided about as a whole. Where nobody is named in a column `who`,
 * `reviewer` is who decided; a column `when` is taken, too (RFC 3339).
 *
 * @throws {MemoryLineError} naming file, line and column, and what is allowed there.
 */
export async function decisionsOfCsv(
  bytes: Uint8Array,
  file: string,
  reviewer: string,
): Promise<readonly Decision[]> {
  const proposals = new Map<string, DecidedProposal>();
  for await (const row of csvRows(bytes, file)) addRow(proposals, row, { file, reviewer });
  return [...proposals.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((proposal) => decisionsOfProposal(proposal, file));
}

interface Sheet {
  readonly file: string;
  readonly reviewer: string;
}

function addRow(proposals: Map<string, DecidedProposal>, row: CsvCells, { file, reviewer }: Sheet): void {
  const refuse = (column: string, problem: string, advice: string): never => {
    throw new MemoryLineError({ file, line: row.line, advice }, `column ${column}: ${problem}`);
  };
  for (const column of ["decision", "key"])
    if (!row.has(column)) refuse(column, "there is none in the first line", KEEP);
  const decision = decisionOfCell(row.cell("decision"));
  if (decision === "unknown")
    refuse("decision", `${JSON.stringify(row.cell("decision").slice(0, 40))} is no decision`, ADVICE);
  const when = row.cell("when").trim();
  if (when !== "" && !isDecisionTime(when))
    refuse(
      "when",
      `${JSON.stringify(when.slice(0, 40))} ${TIME_PROBLEM}`,
      "Leave it empty, or write such a time",
    );
  const id = row.cell("proposal").trim();
  const [, change, location = "", point] = PROPOSAL.exec(id) ?? [];
  if (change === undefined) {
    if (decision === undefined) return;
    return refuse("proposal", `${JSON.stringify(id.slice(0, 80))} is no proposal`, KEEP);
  }
  const whole = `${change}/${location}`;
  let proposal = proposals.get(whole);
  if (proposal === undefined) {
    proposal = { id: whole, change, hasTarget: false, rows: new Map(), points: new Map() };
    proposals.set(whole, proposal);
  }
  // A sheet without the column tells nothing: most proposals have one.
  proposal.hasTarget ||= !row.has("osm_id") || row.cell("osm_id").trim() !== "";
  const key = unguarded(row.cell("key").trim());
  const rows = point === undefined ? proposal.rows : pointOf(proposal, point).rows;
  const known = rows.get(key);
  if (known?.decision !== undefined && decision !== undefined && known.decision !== decision)
    refuse("decision", `says ${decision}, line ${known.line} says ${known.decision} of the same tag`, KEEP);
  if (known?.decision !== undefined) return;
  const value = row.has("new_value")
    ? valueOfCell({ key, cell: row.cell("new_value"), location, decimalComma: row.decimalComma })
    : undefined;
  const decided: DecidedRow = {
    line: row.line,
    key,
    decision: decision === "unknown" ? undefined : decision,
    value,
    origin: originOf(row, reviewer),
  };
  rows.set(key, decided);
}

function pointOf(proposal: DecidedProposal, name: string): DecidedPoint {
  let point = proposal.points.get(name);
  if (point === undefined) {
    point = { name, rows: new Map() };
    proposal.points.set(name, point);
  }
  return point;
}

function originOf(row: CsvCells, reviewer: string): RowOrigin {
  const note = unguarded(row.cell("note").trim());
  const when = row.cell("when").trim();
  const who = unguarded(row.cell("who").trim());
  return {
    who: who === "" ? reviewer : who,
    ...(when !== "" && { when }),
    ...(note !== "" && { note }),
  };
}

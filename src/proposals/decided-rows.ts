/** From the decided rows of a proposal to decisions: about the whole of it where it is one thing, else tag by tag (D5). */
import type { Decision } from "../merging/decisions.js";
import { MemoryLineError } from "../merging/memory-lines.js";
import type { DecisionWord } from "./decision-cells.js";

export type RowOrigin = Pick<Decision, "who" | "when" | "note">;

/** A row, decided about or not. */
export interface DecidedRow {
  readonly line: number;
  /** Empty where a proposal says nothing of tags. */
  readonly key: string;
  readonly decision: DecisionWord | undefined;
  /** The feed's value; null: the tag is to go; `undefined`: the cell does not tell. */
  readonly value: string | null | undefined;
  readonly origin: RowOrigin;
}

type Rows = Map<string, DecidedRow>;

export interface DecidedPoint {
  /** `cp1` */
  readonly name: string;
  readonly rows: Rows;
}

export interface DecidedProposal {
  readonly id: string;
  readonly change: string;
  /** Whether it is about an element of OSM that is settled. */
  hasTarget: boolean;
  readonly rows: Rows;
  readonly points: Map<string, DecidedPoint>;
}

/** The tags that say what an object is: who takes one of these takes the object. */
const MAIN_KEYS = ["amenity", "man_made"];
const WHOLE_ADVICE = "Fill in the same decision in all of its rows";

/**
 * The decisions of one proposal's rows, in a fixed order; none where no row is decided.
 *
 * - All rows alike: one decision about the whole, with the values seen.
 * - A closure, and a review of a match: one thing, so that blank rows go with the others.
 * - A new station: its `amenity` row decides about the station; what is accepted beside it is written.
 * - Anything else: each row about its tag.
 *
 * @throws {MemoryLineError} where rows of one thing disagree.
 */
export function decisionsOfProposal(proposal: DecidedProposal, file: string): readonly Decision[] {
  const station = thingDecisions(proposal, file);
  const isAccepted = station.some((made) => made.key === undefined && made.decision === "accept");
  const points = [...proposal.points.values()].sort((a, b) => pointNumber(a) - pointNumber(b));
  return [...station, ...points.flatMap((point) => pointDecisions(proposal.id, point, isAccepted))];
}

function thingDecisions({ id, change, hasTarget, rows }: DecidedProposal, file: string): readonly Decision[] {
  const all = sortedRows(rows);
  const decided = all.filter(isDecided);
  const [first] = decided;
  if (first === undefined) return [];
  const isOneThing = change === "create" || change === "close" || !hasTarget;
  const whole = (seen: readonly DecidedRow[], decision: DecisionWord): Decision[] =>
    wholeDecisions(id, seen, decision, isOneThing);
  const unanimous = decided.every(({ decision }) => decision === first.decision);
  if (unanimous && decided.length === all.length) return whole(all, first.decision);
  if (!isOneThing) return decided.map((row) => tagDecision(id, row));
  if (change === "close") {
    const other = decided.find(({ decision }) => decision !== first.decision);
    if (other !== undefined) {
      const place = { file, line: other.line, advice: WHOLE_ADVICE };
      throw new MemoryLineError(place, `column decision: ${id} is decided about as a whole`);
    }
    return whole(all, first.decision);
  }
  const accepted = decided.filter(({ decision }) => decision === "accept");
  if (change !== "create" && unanimous) return whole(accepted.length > 0 ? accepted : all, first.decision);
  const lead = mainRow(rows)?.decision;
  if (lead === undefined) return decided.map((row) => tagDecision(id, row));
  if (lead !== "accept") return whole(all, lead);
  const others = decided.filter(({ decision }) => decision !== "accept");
  return [...whole(accepted, "accept"), ...others.map((row) => tagDecision(id, row))];
}

type Decided = DecidedRow & { readonly decision: DecisionWord };

function isDecided(row: DecidedRow): row is Decided {
  return row.decision !== undefined;
}

/** With the values of `rows`; what a cell does not tell is decided about tag by tag, whatever its value is. */
function wholeDecisions(
  id: string,
  rows: readonly DecidedRow[],
  decision: DecisionWord,
  isOneThing: boolean,
): Decision[] {
  const ofTags = rows.filter(({ key }) => key !== "");
  const untold = ofTags.filter(({ value }) => value === undefined);
  const made = untold.map((row) => tagDecision(id, Object.assign({}, row, { decision })));
  if (!isOneThing && untold.length > 0 && untold.length === ofTags.length) return made;
  const values = Object.fromEntries(
    ofTags.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])),
  );
  const whole: Decision = {
    proposal: id,
    decision,
    ...(Object.keys(values).length > 0 && { values }),
    ...originOf(rows),
  };
  return [whole, ...made];
}

function tagDecision(proposal: string, { key, decision, value, origin }: Decided): Decision {
  return { proposal, key, decision, ...(value !== undefined && { value }), ...origin };
}

/** A charge point goes with its station where nothing is said of it; left blank beside an accepted one it waits. */
function pointDecisions(id: string, { name, rows }: DecidedPoint, isStationAccepted: boolean): Decision[] {
  const proposal = `${id}/${name}`;
  const all = sortedRows(rows);
  const decided = all.filter(isDecided);
  const [first] = decided;
  if (first === undefined)
    return isStationAccepted ? [{ proposal, decision: "defer", ...originOf(all) }] : [];
  if (decided.length === all.length && decided.every(({ decision }) => decision === first.decision))
    return wholeDecisions(proposal, all, first.decision, true);
  const lead = mainRow(rows)?.decision ?? "defer";
  const seen = lead === "accept" ? decided.filter(({ decision }) => decision === "accept") : all;
  return wholeDecisions(proposal, seen, lead, true);
}

function mainRow(rows: Rows): DecidedRow | undefined {
  return MAIN_KEYS.flatMap((key) => rows.get(key) ?? [])[0];
}

/** Who and when of the first; every note once. */
function originOf(rows: readonly DecidedRow[]): RowOrigin {
  const [first] = rows;
  const notes = [...new Set(rows.flatMap(({ origin: { note } }) => note ?? []))];
  const { note: _note, ...origin } = first?.origin ?? {};
  return { ...origin, ...(notes.length > 0 && { note: notes.join("; ") }) };
}

function sortedRows(rows: Rows): DecidedRow[] {
  return [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function pointNumber({ name }: DecidedPoint): number {
  return Number(name.slice(2));
}

/** How docs/diff.md tells of matching (D2). */
import { MATCH_METHODS, REVIEW_REASONS } from "../../dist/matching/match.js";
import * as scores from "../../dist/matching/scores.js";
import { PROPOSAL_REASONS } from "../../dist/merging/reasons.js";
import { code, table, worded } from "../markdown-table.mjs";
import { METHOD_WORDS, METRES_WORDS, WEIGHT_WORDS } from "./words.mjs";

const { METRES, WEIGHTS } = scores;

/** `operator.agrees` and its value, of nested tables. */
function flat(weights) {
  return Object.entries(weights).flatMap(([name, value]) =>
    typeof value === "number"
      ? [[name, value]]
      : Object.entries(value).map(([kind, inner]) => [`${name}.${kind}`, inner]),
  );
}

/** `+0.25`, `−0.3`. */
function signed(value) {
  return value > 0 ? `+${value}` : String(value).replace("-", "−");
}

export function matching() {
  const distances = scores.DISTANCE_VALUE.map(([metres, value]) => `${metres} m ${signed(value)}`).join(", ");
  const margins = `${scores.AMBIGUITY_MARGIN} (${scores.NAMELESS_MARGIN} against a station at the very place that names no operator)`;
  return `## Matching (D2)

All Locations and stations are matched together: first by ids, then by what mappers accepted, then by place and likeness, each time
so that the whole adds up to the most. The order of feed and extract decides nothing.

### Methods

${table(
  ["method", "rule", "a match because"],
  worded("methods", [...MATCH_METHODS, "state"], METHOD_WORDS).map(([name, [rule, what]]) => [
    code(name),
    rule,
    what,
  ]),
)}

### Distances

From the Location to the node, to the outline of an area (inside it: 0), else to the middle.

${table(
  ["metres", "rule", "for"],
  worded("METRES", Object.keys(METRES), METRES_WORDS).map(([name, [rule, what]]) => [
    METRES[name],
    rule,
    what,
  ]),
)}

### Score (D2.1)

Parts add up; what is reported lies between 0 and 1.

${table(
  ["part", "adds", "for"],
  worded(
    "WEIGHTS",
    flat(WEIGHTS).map(([name]) => name),
    WEIGHT_WORDS,
  ).map(([name, what]) => [code(name), signed(new Map(flat(WEIGHTS)).get(name)), what]),
)}

Distance adds, in straight lines between these: ${distances}.

- Without ids only what a pair has above ${scores.PRIOR} counts when all are assigned, so that one good pair outweighs two poor ones (D2.3).
- **Vetoes (D2.2).** Without a shared id no pair is matched unseen when both have EVSE ids of one operator and none in common, when
  operators differ, when no socket is in common, or when the station carries ids of another Location of the feed.
- Sockets are alike from a likeness of ${scores.ALIKE}, or when they differ in numbers only, and never when the strongest differ by more than
  a factor of ${scores.OUTPUT_FACTOR} (D2.2).
- A Location id shorter than ${scores.SHORT_REF_LENGTH} characters may be anybody's (D2.1).
- An EVSE id of Locations at different places, or on stations over ${METRES.id} m apart, identifies nothing (D2.1).
- Two candidates are about as likely when the whole would lose less than ${margins} by the other choice (D2.4).
- Several Locations are one station, or one Location several stations, when their sums differ by at most ${scores.SUM_TOLERANCE * 100} % (D2.3).

### Why a match is put to review (D2.4)

At most ${scores.MOST_CANDIDATES} candidates are listed, each with its score and the parts of it.

${table(
  ["reason", "rule", "meaning"],
  Object.entries(REVIEW_REASONS).map(([reason, meaning]) => [
    code(reason),
    PROPOSAL_REASONS[reason].rule,
    meaning,
  ]),
)}`;
}

/** How docs/diff.md tells of merging (D3, T8). */
import { CAUTIONS } from "../../dist/merging/cautions.js";
import { MEANINGS } from "../../dist/merging/meaning.js";
import { MERGE_TABLE } from "../../dist/merging/merge-table.js";
import { TAG_REASONS } from "../../dist/merging/reasons.js";
import { SURVEY_KEYS } from "../../dist/merging/survey-dates.js";
import { SOCKET_BUCKETS } from "../../dist/tagging/socket-buckets.js";
import { CLASSES } from "../../dist/tagging/tag-class.js";
import { code, reasonTable, table, worded } from "../markdown-table.mjs";
import { MEANING_WORDS } from "./words.mjs";

function classKeys(tagClass) {
  return CLASSES.filter(([, of]) => of === tagClass)
    .map(([key]) => code(key))
    .join(", ");
}

function mergeRow({ feed, osm, classes, outcome, reason }) {
  return [feed, osm, classes?.join(", ") ?? "", outcome, TAG_REASONS[reason].meaning];
}

export function merging() {
  const surveys = SURVEY_KEYS.map(([key]) => code(key)).join(", ");
  return `## Merging (D3)

Of every tag three values are known: **base**, what the feed said when it was last published; OSM now; the feed now. The first row that fits decides.

${table(["the feed", "OSM has", "class", "outcome", "why"], MERGE_TABLE.map(mergeRow))}

\`changed\` and \`unchanged\` are the feed's value against the base, \`dropped\` a value that the feed had and has no more. In the column of OSM
\`base\` and \`feed\` are those values, \`other\` any other. An empty class stands for all that no row above names.
\`propose\` is an edit: a modify, or part of a create or relink.

### Classes (T8)

${table(
  ["class", "keys", "proposed"],
  [
    ["A", classKeys("A"), "written and compared"],
    ["B", classKeys("B"), "only where OSM has no value, or still the one that the feed gave it"],
    ["C", "all others", "only when switched on, then as B"],
  ],
)}

\`opening_hours=24/7\` never takes the place of other hours, and a count may take that of \`yes\`.

### When two values say the same (D3)

The first row whose key fits decides.

${table(
  ["key", "compared as"],
  worded(
    "MEANINGS",
    MEANINGS.map(([key]) => key),
    MEANING_WORDS,
  ).map(([key, what]) => [code(key), what]),
)}

Sockets that are one thing to a driver are compared by their sum (T3.6): ${SOCKET_BUCKETS.map((keys) => `{${keys.join(", ")}}`).join(", ")}.

### When an edit needs a look first

The first that holds sends the tag to review.

${table(
  ["reason", "rule", "meaning"],
  CAUTIONS.map(([reason]) => [code(reason), TAG_REASONS[reason].rule, TAG_REASONS[reason].meaning]),
)}

Surveys are told by ${surveys} and \`check_date:KEY\`, against the Location's \`last_updated\`. \`not:KEY=value\` on the object refuses that value.

### What became of a tag

${reasonTable(TAG_REASONS)}`;
}

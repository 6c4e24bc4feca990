/** How docs/diff.md tells of what is kept between runs (D3, D4, D5). */
import { decisionJsonSchema, stateEntryJsonSchema } from "../../dist/index.js";
import { DEFAULT_COMPARISON } from "../../dist/merging/comparison.js";
import { LIKE_SOCKETS, SAME_PLACE } from "../../dist/merging/relinks.js";
import { code, table } from "../markdown-table.mjs";
import { DECISION_ROWS } from "./words.mjs";

const { patience, maxDisappear } = DEFAULT_COMPARISON;

/** Members of a JSON Schema's object. */
function memberTable({ properties, required = [] }) {
  return table(
    ["member", "", "what"],
    Object.entries(properties).map(([member, { description, enum: values }]) => [
      code(member),
      required.includes(member) ? "always" : "",
      [description, values?.map(code).join(", ")].filter(Boolean).join(": "),
    ]),
  );
}

/** D4: a share is reached, a number is passed. */
function limitWords() {
  const { limit, percent } = maxDisappear;
  return percent ? `${limit} % or more` : `more than ${limit}`;
}

export function memory() {
  return `## Memory between runs

### State (D3, D4)

\`--state FILE\`, NDJSON: a header (\`{"ocpi2osm_state":1,"source":NAME}\`), then an entry a Location, sorted by key, made for git.
Members are left out where there is nothing to say. Schema: [state-entry.schema.json](schemas/state-entry.schema.json).

${memberTable(stateEntryJsonSchema())}

A published change is \`pending\` until OSM moves: while OSM still has the old value the same proposal comes again, once OSM has any other the
published value is the base. A state file of another source is refused.

**Gone from the feed (D4).** A closure is proposed after ${patience} runs without the Location (\`--patience\`), at once where every EVSE is REMOVED
(T1.3). When ${limitWords()} of the Locations known as present vanish in one run (\`--max-disappear\`), nothing is published, the state stays and the exit code
is 4. A Location that comes back under a new id within ${SAME_PLACE} m, of the same operator and with like sockets (${LIKE_SOCKETS} in common), is a relink.

### Decisions (D5)

\`--decisions FILE\`, NDJSON, read only. Schema: [decision.schema.json](schemas/decision.schema.json).

${memberTable(decisionJsonSchema())}

${table(["decision", "about", "from then on"], DECISION_ROWS)}

What a mapper deleted after an import is not created again.`;
}

/** The summary of a diff for people: one page of Markdown, for a pull request or a CI job's summary. */
import { counted } from "./counted.js";
import type { DiffReport } from "./diff-report.js";
import { markdownText } from "./markdown-text.js";

type ChangeCounts = DiffReport["counts"]["proposals"];
type ChangeName = keyof ChangeCounts;

/** In the order of the table; what a mapper does with each. */
const CHANGE_MEANINGS: ReadonlyArray<readonly [ChangeName, string]> = [
  ["create", "stations OSM does not have"],
  ["modify", "tags of stations OSM has"],
  ["relink", "stations the feed lists under a new id"],
  ["review", "needs a look before it is an edit"],
  ["conflict", "the feed and a mapper changed the same tag"],
  ["close", "gone from the feed: to be confirmed on the ground"],
];

const MOST_OPERATORS = 20;
const MOST_COUNTRIES = 20;
const MOST_REASONS = 15;
const MOST_DISAGREEMENTS = 20;

/** The page, ending in a line break. Names from feeds are escaped. The same report gives the same text. */
export function summaryMarkdown(report: DiffReport): string {
  const blocks = [
    [`# ${markdownText(report.source)} compared with OpenStreetMap`],
    [headline(report)],
    [licenceState(report)],
    disappearance(report),
    section("What to do next", nextSteps(report)),
    section("Proposals", proposalTable(report.counts.proposals)),
    section("Locations", locationTable(report)),
    section("Tags", tagTable(report)),
    section("Withheld", withheldTable(report)),
    section("Reviewers disagree", disagreementTable(report)),
    section("By country", groupTable("country", countryRows(report), MOST_COUNTRIES)),
    section("By operator", groupTable("operator", operatorRows(report), MOST_OPERATORS)),
    section("Made from", madeFrom(report)),
  ];
  const shown = blocks.filter((block) => block.length > 0);
  return `${shown.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines];
}

function headline({ counts: { proposals, locations }, as_of }: DiffReport): string {
  const date = as_of === undefined ? "" : ` as of ${as_of}`;
  return (
    `**${counted(total(proposals), "proposal")}** from ${counted(total(locations), "Location")}${date}: ` +
    `${counted(proposals.create + proposals.modify + proposals.relink, "edit")}, ` +
    `${number(proposals.review + proposals.conflict)} to decide, ${number(proposals.close)} to look at on the ground.`
  );
}

function licenceState({ licence }: DiffReport): string {
  if (!licence.licensed) {
    return (
      "**Compare only: survey before you map.** No licence is recorded that lets this source's data into " +
      "OpenStreetMap, so `changes.osm` cannot be uploaded and there is no `changes.osc`."
    );
  }
  const id = licence.id === undefined ? "recorded" : markdownText(licence.id);
  const url = licence.url === undefined ? "" : ` (${markdownText(licence.url)})`;
  return `Licence: ${id}${url}.`;
}

function disappearance({ disappearance }: DiffReport): string[] {
  if (disappearance === undefined) return [];
  const { known, vanished, share, limit, patience, crossed } = disappearance;
  const facts = `${number(vanished)} of ${counted(known, "known Location")} vanished from the feed (${percent(share)}, limit ${percent(limit)})`;
  if (crossed) return [`**Nothing was published:** ${facts}. Is the feed complete?`];
  return vanished === 0
    ? []
    : [`${facts}; their closing is proposed once they have been missing for ${counted(patience, "run")}.`];
}

function nextSteps({ counts: { proposals }, licence, disappearance }: DiffReport): string[] {
  if (disappearance?.crossed === true) {
    return [
      "- Look at the feed. If so many stations are really gone, run again with a higher `--max-disappear`.",
    ];
  }
  const steps: string[] = [];
  if (total(proposals) > 0)
    steps.push(
      "- Open `review.html` in a browser: every proposal with its reasons and a map, to accept, reject or put off. " +
        "Its export goes to `ocpi2osm apply --decisions` and to the next `diff --decisions`.",
    );
  const edits = proposals.create + proposals.modify + proposals.relink;
  if (edits > 0) {
    steps.push(
      licence.licensed
        ? "- Or open `changes.osm`, all edits, in JOSM, look at each object, and upload in small changesets under the import guidelines."
        : "- Or open `changes.osm` in JOSM to compare. What you see on the ground you may map; what you read here you may not.",
    );
  }
  if (proposals.review + proposals.conflict > 0)
    steps.push(
      "- What is under `review` and `conflict` is no edit before somebody decides: in `review.html`, or in `changes.csv`, handed back with `--decisions`.",
    );
  if (proposals.close > 0) steps.push("- Visit what is under `close` before it is marked as disused.");
  if (!licence.licensed)
    steps.push("- If the source may be used in OSM, record its licence in the source profile (`licence`).");
  return steps.length === 0 ? ["- Nothing: OSM has all that the feed says."] : steps;
}

function proposalTable(proposals: ChangeCounts): string[] {
  return table(
    ["change", "proposals", ""],
    CHANGE_MEANINGS.map(([change, meaning]) => [change, number(proposals[change]), meaning]),
  );
}

function locationTable({ counts: { locations } }: DiffReport): string[] {
  const verdicts = Object.entries(locations).map(([verdict, times]) => [verdict, number(times)]);
  return table(["verdict", "Locations"], verdicts);
}

function tagTable({ counts: { tags } }: DiffReport): string[] {
  const rows = [...tags].sort((a, b) => b.count - a.count);
  return table(
    ["class", "outcome", "tags", "why"],
    rows
      .slice(0, MOST_REASONS)
      .map((row) => [row.class, markdownText(row.change), number(row.count), markdownText(row.meaning)]),
    rows.length > MOST_REASONS
      ? `and ${counted(rows.length - MOST_REASONS, "rarer kind")} (\`report.json\`)`
      : "",
  );
}

function withheldTable({ counts: { withheld } }: DiffReport): string[] {
  return table(
    ["edits", "why"],
    withheld.map(({ count, meaning }) => [number(count), markdownText(meaning)]),
  );
}

interface Group {
  readonly name: string;
  readonly proposals: ChangeCounts;
}

function disagreementTable({ disagreements = [] }: DiffReport): string[] {
  const rows = disagreements.slice(0, MOST_DISAGREEMENTS).map(({ proposal, key, decisions }) => {
    const said = decisions.map(
      ({ who = "somebody", decision, note = "" }) => `${who}: ${decision}${note === "" ? "" : ` (${note})`}`,
    );
    return [proposal, key ?? "(all of it)", ...said.slice(-2)].map((cell) => markdownText(cell));
  });
  const more = disagreements.length - rows.length;
  return table(
    ["proposal", "tag", "earlier", "the last one holds"],
    rows,
    more > 0 ? `and ${number(more)} more (\`report.json\`)` : "",
  );
}

function countryRows({ counts: { by_country } }: DiffReport): Group[] {
  return by_country.map(({ country, proposals }) => ({
    name: country === undefined ? "(not known)" : markdownText(country),
    proposals,
  }));
}

function operatorRows({ counts: { by_operator } }: DiffReport): Group[] {
  return by_operator.map(({ operator, proposals }) => ({
    name: operator === undefined ? "(not stated)" : markdownText(operator),
    proposals,
  }));
}

/** The largest groups and the sum of the others; equal ones in the report's order. */
function groupTable(what: string, groups: readonly Group[], most: number): string[] {
  const bySize = [...groups].sort((a, b) => total(b.proposals) - total(a.proposals));
  const others = bySize.slice(most);
  const shown = bySize.slice(0, most);
  if (others.length > 0) {
    shown.push({ name: counted(others.length, "other"), proposals: summed(others) });
  }
  return table(
    [what].concat(CHANGE_MEANINGS.map(([change]) => change)),
    shown.map(({ name, proposals }) =>
      [name].concat(CHANGE_MEANINGS.map(([change]) => seldom(proposals[change]))),
    ),
  );
}

/** Most cells are 0, and a page of zeros hides the others. */
function seldom(value: number): string {
  return value === 0 ? "" : number(value);
}

function summed(groups: readonly Group[]): ChangeCounts {
  const of = (change: ChangeName) => groups.reduce((sum, { proposals }) => sum + proposals[change], 0);
  return {
    create: of("create"),
    modify: of("modify"),
    relink: of("relink"),
    review: of("review"),
    conflict: of("conflict"),
    close: of("close"),
  };
}

function madeFrom({ inputs, osm, state, decisions, tool, config_hash }: DiffReport): string[] {
  return [
    ...inputs.map(({ name, format, records, sha256 }) =>
      source(name, `${format}, ${counted(records, "record")}`, sha256),
    ),
    ...osm.map(({ name, format, objects, timestamp, sha256 }) =>
      source(
        name,
        `${format}, ${counted(total(objects), "charging object")}${timestamp === undefined ? "" : `, ${timestamp}`}`,
        sha256,
      ),
    ),
    ...(state === undefined
      ? []
      : [source(state.file, `state, ${counted(state.entries, "Location")}`, state.sha256)]),
    ...(decisions ?? []).map(({ file, sha256, decisions: made }) =>
      source(file, counted(made, "decision"), sha256),
    ),
    `- ${markdownText(`${tool.name} ${tool.version}`)}, settings \`${config_hash.slice(0, 12)}\``,
  ];
}

function source(name: string, facts: string, sha256: string): string {
  return `- ${markdownText(name)}: ${markdownText(facts)}, SHA-256 \`${sha256.slice(0, 12)}\``;
}

/** Cells are Markdown already. No rows, no table. `after`: a line below it. */
function table(head: readonly string[], rows: readonly (readonly string[])[], after = ""): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const lines = [line(head), line(head.map(() => "---")), ...rows.map(line)];
  return after === "" ? lines : [...lines, "", after];
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, value) => sum + value, 0);
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** The review.html that leads to its parts: a plain page without any script. */
import { CHANGES, type Proposal } from "../merging/proposal.js";
import { COMPARE_ONLY } from "./output-form.js";
import { type ChangeCounts, countProposals } from "./proposal-counts.js";
import type { ReviewAbout } from "./review-data.js";

const MOST_OPERATORS_SHOWN = 5;

/** `files[n]` is the page of `parts[n]`. */
export function reviewContents(
  about: ReviewAbout,
  files: readonly string[],
  parts: readonly (readonly Proposal[])[],
): string {
  const total = countProposals(parts.flat());
  const title = `${about.source}: proposals for OpenStreetMap`;
  const rows = parts.map((part, index) => {
    const { by_change, by_country, by_operator } = countProposals(part);
    const countries = by_country.map(({ country }) => country ?? "unknown").join(", ");
    const number = `<a href="${escaped(files[index] ?? "")}">Part ${index + 1}</a>`;
    return row([number, escaped(countries), operators(by_operator), ...numbers(by_change)]);
  });
  const countries = total.by_country.map(({ country, proposals }) =>
    row([escaped(country ?? "unknown"), ...numbers(proposals)]),
  );
  const when = about.asOf === undefined ? "" : `, as of ${escaped(about.asOf)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(title)}</h1>
<p>${sum(total.by_change)} proposals${when}, in ${parts.length} pages by country and place. Decisions of all pages are kept
together in the browser they are made in. Written by ${escaped(about.tool)}.</p>
${about.licensed ? "" : `<p class="banner"><strong>No licence is recorded</strong>: ${COMPARE_ONLY}.</p>`}
${table("Pages", ["page", "countries", "operators with most proposals", "proposals", ...CHANGES], rows)}
${table("Countries", ["country", "proposals", ...CHANGES], countries)}
</main>
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.4rem; line-height: 1.25; overflow-wrap: anywhere; }
div { overflow-x: auto; }
table { border-collapse: collapse; margin: 1.5rem 0; }
caption { text-align: start; font-weight: 600; }
th, td { padding: .3rem .9rem .3rem 0; text-align: end; border-bottom: 1px solid #8886; vertical-align: top; }
th { font-weight: 500; }
th.text, td.text { text-align: start; }
td { font-variant-numeric: tabular-nums; }
a { color: light-dark(#0b57a4, #8ab8f0); }
.banner { border: 1px solid #b7791f; padding: .5rem .8rem; }
`;

function table(caption: string, columns: readonly string[], rows: readonly string[]): string {
  const heads = columns.map((column) => `<th scope="col" class="${cellClass(column)}">${column}</th>`);
  const name = `${caption.toLowerCase()}-table`;
  return `<div tabindex="0" role="region" aria-labelledby="${name}"><table>
<caption id="${name}">${caption}</caption>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

/** Columns that `numbers` does not fill hold words. */
function cellClass(column: string): string {
  return column === "proposals" || CHANGES.some((change) => change === column) ? "number" : "text";
}

/** Cells hold markup; those that are not a number begin a line. */
function row(cells: readonly string[]): string {
  const ends = cells.map((cell) => `<td class="${/^\d+$/.test(cell) ? "number" : "text"}">${cell}</td>`);
  return `<tr>${ends.join("")}</tr>`;
}

function numbers(counts: ChangeCounts): string[] {
  return [sum(counts), ...CHANGES.map((change) => counts[change])].map(String);
}

function sum(counts: ChangeCounts): number {
  return CHANGES.reduce((total, change) => total + counts[change], 0);
}

type OperatorCounts = ReturnType<typeof countProposals>["by_operator"];

function operators(counts: OperatorCounts): string {
  const most = [...counts].sort((a, b) => sum(b.proposals) - sum(a.proposals)).slice(0, MOST_OPERATORS_SHOWN);
  const names = most.map(
    ({ operator, proposals }) => `<bdi>${escaped(operator ?? "unknown")}</bdi> ${sum(proposals)}`,
  );
  const more = counts.length - most.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

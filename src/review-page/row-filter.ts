/** Which rows are shown: what is ticked in the filters and typed into the search, and how many there are of each. */
import { type ProposalTable, type WordColumn } from "./proposal-table.js";
import { STANDINGS } from "./standing.js";

/** What rows can be told apart by, in the order of the panel. */
export const FACETS = [
  "standing",
  "change",
  "class",
  "reason",
  "distance",
  "country",
  "operator",
  "note",
] as const;
export type Facet = (typeof FACETS)[number];

/** What is ticked: words by facet. Within a facet any, between facets all. */
export type Ticked = Readonly<Partial<Record<Facet, readonly string[]>>>;

export interface Filtered {
  /** In the order of the table. */
  readonly rows: Uint32Array;
  /** By facet and code of its column: rows there would be with (only) this word ticked in the facet. */
  readonly counts: Readonly<Record<Facet, Uint32Array>>;
}

/** The columns by facet. `standings`: by row, the place in STANDINGS. */
export function facetColumns(
  table: ProposalTable,
  standings: Uint32Array,
): Readonly<Record<Facet, WordColumn>> {
  return {
    standing: { words: STANDINGS, codes: standings },
    change: table.change,
    class: table.classes,
    reason: table.reason,
    distance: table.band,
    country: table.country,
    operator: table.operator,
    note: table.notes,
  };
}

/** One pass over the table. Every word of `search` has to occur, in any order and case. */
export function filterRows(
  table: ProposalTable,
  columns: Readonly<Record<Facet, WordColumn>>,
  ticked: Ticked,
  search: string,
): Filtered {
  const facets = FACETS.map((name) => {
    const column = columns[name];
    const words = ticked[name] ?? [];
    const wanted = words.length === 0 ? undefined : new Set(words);
    return {
      name,
      column,
      flags: wanted && Uint8Array.from(column.words, (word) => (wanted.has(word) ? 1 : 0)),
      counts: new Uint32Array(column.words.length),
    };
  });
  const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = terms.length > 0 ? table.texts : [];
  const rows = new Uint32Array(table.size);
  let found = 0;
  for (let row = 0; row < table.size; row += 1) {
    if (terms.length > 0) {
      const text = texts[row] ?? "";
      if (!terms.every((term) => text.includes(term))) continue;
    }
    // A row that one facet alone keeps out is what ticking more of that facet would bring.
    let misses = 0;
    let missed = -1;
    for (let at = 0; at < facets.length; at += 1) {
      const facet = facets[at];
      if (facet?.flags === undefined || hasFlag(facet.column, facet.flags, row)) continue;
      misses += 1;
      missed = at;
      if (misses > 1) break;
    }
    if (misses > 1) continue;
    if (misses === 0) {
      rows[found] = row;
      found += 1;
    }
    for (let at = 0; at < facets.length; at += 1) {
      const facet = facets[at];
      if (facet !== undefined && (misses === 0 || at === missed)) count(facet.column, facet.counts, row);
    }
  }
  const countsOf = (name: Facet): Uint32Array =>
    facets.find((facet) => facet.name === name)?.counts ?? new Uint32Array();
  return {
    rows: rows.slice(0, found),
    counts: {
      standing: countsOf("standing"),
      change: countsOf("change"),
      class: countsOf("class"),
      reason: countsOf("reason"),
      distance: countsOf("distance"),
      country: countsOf("country"),
      operator: countsOf("operator"),
      note: countsOf("note"),
    },
  };
}

function hasFlag({ codes, starts }: WordColumn, flags: Uint8Array, row: number): boolean {
  if (starts === undefined) return flags[codes[row] ?? 0] === 1;
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at += 1) {
    if (flags[codes[at] ?? 0] === 1) return true;
  }
  return false;
}

function count({ codes, starts }: WordColumn, counts: Uint32Array, row: number): void {
  const from = starts === undefined ? row : (starts[row] ?? 0);
  const end = starts === undefined ? row + 1 : (starts[row + 1] ?? 0);
  for (let at = from; at < end; at += 1) {
    const code = codes[at] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
}

/** In which order the rows are listed. Ties stay in the order of the file. */
import { compareTexts } from "../merging/text-order.js";
import type { ProposalTable, WordColumn } from "./proposal-table.js";

export const ORDERS = ["file", "place", "operator", "change", "near", "far", "tags"] as const;
export type Order = (typeof ORDERS)[number];

export const ORDER_WORDS: Readonly<Record<Order, string>> = {
  file: "As in the file",
  place: "Name",
  operator: "Operator",
  change: "Change",
  near: "Nearest match first",
  far: "Farthest match first",
  tags: "Most tags first",
};

/** Ranks of all rows; made once an order, since no decision moves a row. */
export class RowOrder {
  readonly #table: ProposalTable;
  readonly #ranks = new Map<Order, Float64Array>();

  constructor(table: ProposalTable) {
    this.#table = table;
  }

  /** `rows` (in the order of the file) sorted, as a new list. */
  sorted(rows: Uint32Array, order: Order): Uint32Array {
    if (order === "file") return rows;
    const ranks = this.#ranksOf(order);
    return rows.slice().sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
  }

  #ranksOf(order: Exclude<Order, "file">): Float64Array {
    const known = this.#ranks.get(order);
    if (known !== undefined) return known;
    const ranks = ranksFor(this.#table, order);
    this.#ranks.set(order, ranks);
    return ranks;
  }
}

function ranksFor(table: ProposalTable, order: Exclude<Order, "file">): Float64Array {
  switch (order) {
    case "place":
      return textRanks(Array.from({ length: table.size }, (_, row) => table.title(row)));
    case "operator":
      return wordRanks(table.operator);
    case "change":
      return wordRanks(table.change);
    case "near":
      return table.distance.map((metres) => (Number.isNaN(metres) ? Number.MAX_VALUE : metres));
    case "far":
      return table.distance.map((metres) => (Number.isNaN(metres) ? Number.MAX_VALUE : -metres));
    case "tags":
      return Float64Array.from({ length: table.size }, (_, row) => -table.count(table.tags, row));
  }
}

function wordRanks({ words, codes }: WordColumn): Float64Array {
  const ranks = textRanks(words);
  return Float64Array.from(codes, (code) => ranks[code] ?? 0);
}

/** The place of each text among all of them, without regard to case; what is empty comes last. */
function textRanks(texts: readonly string[]): Float64Array {
  const lower = texts.map((text) => text.toLowerCase());
  const different = [...new Set(lower)].sort(
    (a, b) => Number(a === "") - Number(b === "") || compareTexts(a, b),
  );
  const places = new Map(different.map((text, place) => [text, place]));
  return Float64Array.from(lower, (text) => places.get(text) ?? 0);
}

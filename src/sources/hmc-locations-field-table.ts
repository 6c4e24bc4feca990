/**
 * Tables of fields: which keys of a decoded tile are read as which field of HERE's v3 API, and what kind of value each
 * has. The tables themselves are in `hmc-locations-fields.ts`; a spelling that a real tile turns out to have is added there.
 */
import { foldedKey } from "./proto-json.js";
import type { ProtoEnum } from "./proto-json-enum.js";

/** What a field holds. `unread`: known to be nothing that a Location has. */
export type FieldKind =
  | { readonly kind: "text" | "texts" | "number" | "flag" | "time" | "unread" }
  | { readonly kind: "word" | "words"; readonly of: ProtoEnum }
  | {
      readonly kind: "object" | "objects" | "position" | "positions" | "hours";
      readonly of: () => FieldTable;
    };

/** One field of v3's. */
export type Field = FieldKind & {
  /** v3's name. */
  readonly name: string;
  /** No tagging rule reads it. */
  readonly wholeOnly: boolean;
};

/** What is known of a key. */
export interface KnownKey {
  readonly field: Field;
  /** Of several keys of one field the one with the least is read; values themselves go before indexes. */
  readonly rank: number;
  /** One of the spellings that are expected; any other one is told as unusual (`Dialect.unusualKeys`). */
  readonly expected: boolean;
  /** The objects that are looked into for keys, where it holds any. */
  readonly objects: FieldTable | undefined;
  /** The value is an index, or a list of them, into the list of shared parts of this name (folded). */
  readonly pool: string | undefined;
}

export interface FieldTable {
  /** By folded spelling. */
  readonly spellings: ReadonlyMap<string, Field>;
  /** Position of a folded spelling in its row. */
  readonly ranks: ReadonlyMap<string, number>;
  /** Spelt as expected. */
  readonly expected: ReadonlySet<string>;
  /** What is made of these objects is worked on further, so it must be a copy. */
  readonly mended: boolean;
  readonly memo: Map<string, KnownKey | undefined>;
}

/** v3's name → what the field holds and its spellings. */
export type FieldRows = Readonly<
  Record<string, readonly [kind: FieldKind, spellings: string, depth?: "whole"]>
>;

const MEMO_LIMIT = 2048;
const MEMO_KEY_LIMIT = 64;

const INDEX_RANK = 1000;

/** How keys that hold an index end, folded. */
const INDEX_ENDINGS = ["index", "indexes", "indices", "idx", "idxs"] as const;

/**
 * A row a field: v3's name → its kind and its spellings, apart by blanks; those before `|` are expected (with `Index`
 * after them, too), the others are read and told. `"whole"`: no tagging rule reads it (`Depth`).
 */
export function fieldTable(rows: FieldRows, mended = false): FieldTable {
  const spellings = new Map<string, Field>();
  const ranks = new Map<string, number>();
  const expected = new Set<string>();
  for (const [name, [kind, words, depth]] of Object.entries(rows)) {
    const field: Field = { ...kind, name, wholeOnly: depth === "whole" };
    const [own = "", other = ""] = words.split("|");
    for (const word of own.trim().split(/\s+/)) expected.add(word);
    for (const [rank, word] of `${own} ${other}`.trim().split(/\s+/).entries()) {
      const folded = foldedKey(word);
      if (spellings.has(folded)) continue;
      spellings.set(folded, field);
      ranks.set(folded, rank);
    }
  }
  return { spellings, ranks, expected, mended, memo: new Map() };
}

/** What a key of an object of this kind stands for; `undefined` for one that nobody knows. */
export function knownKey(table: FieldTable, key: string): KnownKey | undefined {
  const known = table.memo.get(key);
  if (known !== undefined || table.memo.has(key)) return known;
  const found = lookedUp(table, key);
  if (table.memo.size < MEMO_LIMIT && key.length <= MEMO_KEY_LIMIT) table.memo.set(key, found);
  return found;
}

function lookedUp(table: FieldTable, key: string): KnownKey | undefined {
  const folded = foldedKey(key);
  const field = table.spellings.get(folded);
  if (field !== undefined) {
    const rank = table.ranks.get(folded) ?? 0;
    const objects = objectsOf(field);
    return { field, rank, expected: table.expected.has(key), objects, pool: undefined };
  }
  for (const ending of INDEX_ENDINGS) {
    if (!folded.endsWith(ending)) continue;
    const pool = folded.slice(0, -ending.length);
    const pointed = table.spellings.get(pool);
    if (pointed === undefined) continue;
    const stem = key.endsWith("Index") ? key.slice(0, -"Index".length) : undefined;
    const rank = INDEX_RANK + (table.ranks.get(pool) ?? 0);
    const expected = stem !== undefined && table.expected.has(stem);
    return { field: pointed, rank, expected, objects: objectsOf(pointed), pool };
  }
  return undefined;
}

/** The table of the objects that a field holds. */
export function objectsOf(field: Field): FieldTable | undefined {
  return "of" in field && typeof field.of === "function" ? field.of() : undefined;
}

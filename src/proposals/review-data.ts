/**
 * What review.html holds besides the page: types only, shared by the writer here and by `review-page/`.
 *
 * - `<script type="application/json" id="about">`: a `ReviewAbout`; `<`, `>`, `&`, U+2028 and U+2029 as `\uXXXX`.
 * - `<script type="text/plain" id="index">`: base64 of gzip of the JSON of a `ReviewIndex`.
 * - `<script type="text/plain" class="chunk" data-first="0">`: base64 of gzip of up to `CHUNK_LINES` lines of
 *   proposals.ndjson, in the order of the index; `data-first` is the place of the first of them in the index.
 */
import type { Change } from "../merging/proposal.js";

/** Lines of proposals.ndjson in a chunk. */
export const CHUNK_LINES = 200;

/** What the page says of the run. */
export interface ReviewAbout {
  /** Name of the source: decisions are kept in the browser under it. */
  readonly source: string;
  /** The run's day, where one was given (RFC 3339 or a date). */
  readonly asOf?: string | undefined;
  /** Whether the source's licence lets its data into OSM (D9). */
  readonly licensed: boolean;
  readonly licence?: { readonly id: string; readonly url?: string | undefined } | undefined;
  /** Name and version of this program. */
  readonly tool: string;
  /** Of a page that is one of several. */
  readonly part?:
    | {
        /** From 1. */
        readonly number: number;
        readonly of: number;
        /** Names of all parts' files, in order, beside this one. */
        readonly files: readonly string[];
      }
    | undefined;
  /** Proposals of the whole run, all parts together. */
  readonly counts: Readonly<Partial<Record<Change, number>>>;
}

/** A column of few different words: `words[at[row]]`. */
export interface Coded {
  readonly words: readonly string[];
  readonly at: readonly number[];
}

/** A column of lists: `at[row].map((code) => words[code])`. */
export interface CodedLists {
  readonly words: readonly string[];
  readonly at: readonly (readonly number[])[];
}

/** All proposals of a page, a list a column; row by row the order of the chunks. Empty text: not known. */
export interface ReviewIndex {
  /** `modify/LT*IGN*42`. */
  readonly id: readonly string[];
  readonly change: Coded;
  readonly reason: Coded;
  /** The classes of the tags, each once, sorted: `A`, `AB`, `` (no tags). */
  readonly classes: Coded;
  /** ISO alpha-2. */
  readonly country: Coded;
  /** As the feed states it. */
  readonly operator: Coded;
  /** Location.id as the feed spells it. */
  readonly location: readonly string[];
  /** What the place is called: name in OSM, else in the feed. */
  readonly place: readonly string[];
  /** Degrees, 5 decimals; where the feed has it. */
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  /** Metres between the feed's position and the match, else the first candidate; null: neither. */
  readonly distance: readonly (number | null)[];
  /** The element, `n123`; empty without a target. */
  readonly osm: readonly string[];
  /** The tags in their order, each as `tagMark` of `tag-mark.ts` writes it: key and a mark of the new value. */
  readonly tags: CodedLists;
  /** Note codes, each once, sorted. */
  readonly notes: CodedLists;
  /** How many candidates an unsettled match has. */
  readonly candidates: readonly number[];
  /** As `withheldOf` says, empty where nothing is withheld. */
  readonly withheld: Coded;
}

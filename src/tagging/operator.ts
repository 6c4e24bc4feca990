/** Which operator or brand a name means, by the Name Suggestion Index: rule T5.5. */
import { COMPANY_FORMS } from "./company-forms.js";
import { OPERATOR_ROWS } from "./operator-index.generated.js";

export interface OperatorMatch {
  /** `operator`, `brand` and their `:wikidata`, as far as the index states them; sorted by key. */
  readonly tags: readonly (readonly [key: string, value: string])[];
}

interface Candidate extends OperatorMatch {
  readonly countries: ReadonlySet<string>;
}

/** A feed names a handful of operators; a hostile one may name millions, so the memo has a ceiling. */
const MEMO_LIMIT = 4096;
/** OSM's longest value: what is longer cannot be the name of an operator in the index. */
const NAME_LIMIT = 255;
/** The longest forms, `GmbH & Co. KG` and `Sp. z o. o.`, are four words when `&` is one. */
const WORDS_OF_A_FORM = 4;

/** Letters that Unicode does not take apart into a base letter and a mark. */
const BASE_LETTERS: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ı", "i"],
]);

const forms: ReadonlySet<string> = new Set(COMPANY_FORMS.map((form) => wordsOf(form).join("")));
const memo = new Map<string, OperatorMatch | undefined>();
let index: ReadonlyMap<string, readonly Candidate[]> | undefined;

/**
 * The tags of the operator or brand called `name` in `country` (ISO alpha-2, upper case; `undefined` when it is
 * unknown: then only what operates world-wide can be meant), or `undefined` when the index does not know it.
 *
 * The whole name must be one the index lists, but for capitals, accents, blanks, punctuation and `&` for `and`;
 * first as it stands, then without company forms at either end (`UAB "Ignitis"` → `Ignitis`). Part of a name never
 * hits. When several entries have the name, one must state everything the others state (a brand with its company
 * against the company alone: the brand); otherwise nothing is guessed (`Aldi` in Germany is two companies).
 */
export function matchOperator(name: string, country: string | undefined): OperatorMatch | undefined {
  if (name.length > NAME_LIMIT) return undefined;
  const key = `${country ?? ""}\n${name}`;
  if (memo.has(key)) return memo.get(key);
  const match = findMatch(name, country);
  if (memo.size < MEMO_LIMIT) memo.set(key, match);
  return match;
}

function findMatch(name: string, country: string | undefined): OperatorMatch | undefined {
  index ??= buildIndex();
  for (const words of spellingsOf(name)) {
    const candidates = index.get(words.join("")) ?? [];
    const match = soleMeaning(candidates.filter(({ countries }) => covers(countries, country)));
    if (match !== undefined) return { tags: match.tags };
  }
  return undefined;
}

/**
 * The words of a name as names are compared (lower case, without marks and punctuation): first as it stands, then
 * with company forms taken off one by one, as `matchOperator` tries them. Empty for a name without letters and digits.
 */
export function spellingsOf(name: string): readonly (readonly string[])[] {
  const spellings: (readonly string[])[] = [];
  if (name.length > NAME_LIMIT) return spellings;
  for (let words = wordsOf(name); words.length > 0; words = withoutOneForm(words)) spellings.push(words);
  return spellings;
}

/**
 * Everything the index lists under `name`, in whatever country. To compare two names of one place, never to tag:
 * `Aldi` is two companies.
 */
export function everyMeaning(name: string): readonly OperatorMatch[] {
  index ??= buildIndex();
  for (const words of spellingsOf(name)) {
    const candidates = index.get(words.join(""));
    if (candidates !== undefined) return candidates;
  }
  return [];
}

/** The candidate that states everything the others state. */
function soleMeaning(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.find((candidate) =>
    candidates.every((other) =>
      other.tags.every(([key, value]) => candidate.tags.some(([k, v]) => k === key && v === value)),
    ),
  );
}

function covers(countries: ReadonlySet<string>, country: string | undefined): boolean {
  if (country === undefined) return countries.has("world") && countries.size === 1;
  return countries.has("world") ? !countries.has(`-${country}`) : countries.has(country);
}

/** The words less the longest company form at their end, or else at their beginning; empty when there is none. */
function withoutOneForm(words: readonly string[]): readonly string[] {
  for (let count = Math.min(WORDS_OF_A_FORM, words.length - 1); count > 0; count -= 1) {
    if (forms.has(words.slice(-count).join(""))) return words.slice(0, -count);
  }
  for (let count = Math.min(WORDS_OF_A_FORM, words.length - 1); count > 0; count -= 1) {
    if (forms.has(words.slice(0, count).join(""))) return words.slice(count);
  }
  return [];
}

/** The letters and digits of a name, in any script: lower case, without marks, cut at everything else. */
function wordsOf(name: string): readonly string[] {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => BASE_LETTERS.get(letter) ?? letter)
    .replaceAll("&", " and ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function buildIndex(): ReadonlyMap<string, readonly Candidate[]> {
  const byName = new Map<string, Candidate[]>();
  for (const [names, tags, countries] of OPERATOR_ROWS) {
    const candidate = { tags, countries: new Set(countries.split(" ")) };
    for (const name of new Set(names.map((name) => wordsOf(name).join("")))) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [candidate]);
      else known.push(candidate);
    }
  }
  return byName;
}

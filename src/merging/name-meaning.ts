/** Names of operators, brands and networks as they are compared (D3, T5.5). */
import { matchOperator, spellingsOf } from "../tagging/operator.js";

/** Names come again in every Location of an operator; the memo has a ceiling against hostile extracts. */
const MEMO_LIMIT = 4096;
const memo = new Map<string, string>();

/**
 * A text equal for names of one company: the Name Suggestion Index's name for the key where it knows the name in this
 * country (ISO alpha-2), else the letters and digits without company forms: `UAB "Ignitis"` = `Ignitis`.
 */
export function nameMeaning(name: string, country: string | undefined, key: string): string {
  const place = `${key}\n${country ?? ""}\n${name}`;
  const known = memo.get(place);
  if (known !== undefined) return known;
  const listed = matchOperator(name, country)?.tags.find(([listedKey]) => listedKey === key);
  const [, official = name] = listed ?? [];
  const meaning = spellingsOf(official).at(-1)?.join("") ?? official.trim();
  if (memo.size < MEMO_LIMIT) memo.set(place, meaning);
  return meaning;
}

/** What reviewers and their spreadsheets leave in the cells of changes.csv. */
import type { DECISIONS } from "../merging/decisions.js";

export type DecisionWord = (typeof DECISIONS)[number];

/** What may stand in the column `decision`, in any case; blank: not decided. */
export const DECISION_CELLS: Readonly<Record<DecisionWord, readonly string[]>> = {
  accept: ["accept", "accepted", "a", "yes", "y", "ok"],
  reject: ["reject", "rejected", "r", "no", "n"],
  defer: ["defer", "deferred", "d", "later"],
};

const WORDS: ReadonlyMap<string, DecisionWord> = new Map([
  ...DECISION_CELLS.accept.map((word) => [word, "accept"] as const),
  ...DECISION_CELLS.reject.map((word) => [word, "reject"] as const),
  ...DECISION_CELLS.defer.map((word) => [word, "defer"] as const),
]);

/** For messages. */
export const ALLOWED_CELLS = Object.values(DECISION_CELLS)
  .map(([word = "", ...others]) => `${word} (${others.join(", ")})`)
  .join(", ");

/** The decision of a cell; `undefined` of a blank one, `"unknown"` of a word there is none for. */
export function decisionOfCell(cell: string): DecisionWord | "unknown" | undefined {
  const word = cell
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, "");
  return word === "" ? undefined : (WORDS.get(word) ?? "unknown");
}

const GUARD = /^'(?=[=+\-@\t\r＝＋－＠])/;

/** A text as it was before `csvText` guarded it against being taken for a formula. */
export function unguarded(cell: string): string {
  return cell.replace(GUARD, "");
}

/** Dates, powers of ten, errors of a spreadsheet, and what `csvText` writes for what no cell can hold. */
const REWRITTEN = [
  /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i,
  /^\d{1,4}([-./])\d{1,2}\1\d{1,4}$/,
  /^(?:#+|#[A-Z/0!?]+|Err:\d+)$/,
  /^\(\d+ characters, more than a cell can hold\)$/,
];

/** `24/7` is a day of July to many a spreadsheet, shown as `07/24/26`, `2026-07-24`, `24. Juli` … */
function isDayOfJuly(text: string): boolean {
  const parts = text.split(/[-./ ]+/);
  const isJuly = (part: string): boolean => /^(?:0?7|ju\p{L}*)$/iu.test(part);
  const others = parts.filter((part) => part !== "24" && !isJuly(part));
  return (
    parts.includes("24") && parts.some(isJuly) && others.every((part) => /^(?:\d\d|20\d\d)?$/.test(part))
  );
}

/** Where a value stands. */
export interface ValueCell {
  readonly key: string;
  readonly cell: string;
  /** The proposal's Location, `LT*IGN*0042`: no spreadsheet takes it for a number. */
  readonly location: string;
  readonly decimalComma: boolean;
}

/**
 * The feed's value that a cell of `new_value` holds: null of an empty one, which stands for the removal of the tag,
 * `undefined` where the spreadsheet has evidently made something else of it. Undone is what can mean nothing else:
 * a day of July in the hours, decimal commas, zeros that a number lost.
 */
export function valueOfCell({ key, cell, location, decimalComma }: ValueCell): string | null | undefined {
  const text = unguarded(cell.trim());
  if (text === "") return null;
  if (key === "opening_hours" && isDayOfJuly(text)) return "24/7";
  if (REWRITTEN.some((pattern) => pattern.test(text))) return undefined;
  if (decimalComma && /^-?\d+,\d+$/.test(text)) return text.replace(",", ".");
  const id = location.split("*").slice(2).join("*");
  if (key === "ref:ocpi:location:id" && /^\d+$/.test(text) && /^0+\d+$/.test(id) && id.endsWith(text))
    return id;
  return text;
}

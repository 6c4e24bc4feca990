/** The tables of a survey and the words in their cells. */
import type { Tallied } from "../conversion/bounded-tally.js";
import type { Example } from "./survey.js";

export interface Table {
  /** A name that ends in `#` heads a column of numbers, and is shown without it. */
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

export const NONE = "(none)";
const MOST_ROWS = 25;

/** The name of a file is told only where there are several. */
export function examplesTable(
  head: string,
  groups: ReadonlyArray<readonly [name: string, examples: ReadonlyArray<Omit<Example, "byte">>]>,
  several: boolean,
): Table {
  return {
    columns: [head, "For example", "Where", "Detail"],
    rows: groups.flatMap(([name, examples]) =>
      examples.map(({ id, file, record, line, detail }, i) => [
        i === 0 ? name : "",
        id ?? NONE,
        `${several ? `${file.replace(/^.*[/\\]/, "")} ` : ""}${line === undefined ? `record ${record}` : `line ${line}`}`,
        cut(detail),
      ]),
    ),
  };
}

/** The last column is the count; a row at the end stands for what is not shown. */
export function tallyTable<Row>(
  columns: readonly string[],
  { distinct, capped, rows, others }: Tallied<Row>,
  cells: (row: Row) => readonly string[],
): Table {
  const shown = rows.slice(0, MOST_ROWS);
  const rest = rows.slice(MOST_ROWS).reduce((sum, { count }) => sum + count, others);
  const lines = shown.map((row) => [...cells(row), number(row.count)]);
  if (rest > 0) {
    const blanks = columns.slice(2).map(() => "");
    lines.push([`and ${atLeast(distinct - shown.length, capped)} more`, ...blanks, number(rest)]);
  }
  return { columns, rows: lines };
}

export function valueCell({ value }: { readonly value: string | null }): string[] {
  return [value ?? NONE];
}

const MOST_CHARACTERS = 100;

/** Examples are told whole in the JSON. */
export function cut(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MOST_CHARACTERS + 2));
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS).join("")}…`;
}

export function atLeast(value: number, capped: boolean): string {
  return capped ? `at least ${number(value)}` : number(value);
}

export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

export function number(value: number): string {
  return value.toLocaleString("en");
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}

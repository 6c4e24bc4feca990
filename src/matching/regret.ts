/** How much an assignment would lose by giving a Location another station: the measure of ambiguity (D2.4). */
import type { Edge } from "./assignment.js";

/** The edges that were decided about, and the decision. */
export interface Decided {
  readonly rows: readonly (readonly Edge[])[];
  readonly columnOf: Int32Array;
}

/**
 * Of every row that has a column: the least that the whole assignment would lose if the row had another column or none
 * and its column went to another row. Ways of up to three moves are looked at. `isOneColumn` tells that another column, and
 * `isOneRow` that another row, is no alternative for a row but part of the same match.
 */
export function regrets(
  { rows, columnOf }: Decided,
  isOneColumn: (row: number, other: number) => boolean,
  isOneRow: (row: number, other: number) => boolean,
): Map<number, number> {
  const rowsOf = new Map<number, { readonly row: number; readonly worth: number }[]>();
  const rowOf = new Map<number, number>();
  for (const [row, edges] of rows.entries()) {
    const own = columnOf[row] ?? -1;
    if (own !== -1) rowOf.set(own, row);
    for (const { column, worth } of edges) {
      const known = rowsOf.get(column);
      if (known === undefined) rowsOf.set(column, [{ row, worth }]);
      else known.push({ row, worth });
    }
  }
  const worthOf = (row: number, column: number): number | undefined =>
    rows[row]?.find((edge) => edge.column === column)?.worth;
  /** What else the row could have had for itself. */
  const freeWorth = (row: number, notThis: number): number => {
    let best = 0;
    for (const { column, worth } of rows[row] ?? []) {
      const isOther = column !== notThis && !rowOf.has(column) && !isOneColumn(row, column);
      if (isOther && worth > best) best = worth;
    }
    return best;
  };

  const losses = new Map<number, number>();
  for (const [row, edges] of rows.entries()) {
    const own = columnOf[row] ?? -1;
    const worth = own === -1 ? undefined : worthOf(row, own);
    if (worth === undefined) continue;
    const spare = freeWorth(row, own);
    let taker = 0;
    let least = Infinity;
    for (const other of rowsOf.get(own) ?? []) {
      if (other.row === row || isOneRow(row, other.row)) continue;
      const held = columnOf[other.row] ?? -1;
      if (held === -1) taker = Math.max(taker, other.worth);
      // The other row has this column instead, and this row has one that is free, or none.
      const given = held === -1 ? 0 : (worthOf(other.row, held) ?? 0);
      least = Math.min(least, worth + given - other.worth - spare);
    }
    for (const { column, worth: there } of edges) {
      if (column === own || isOneColumn(row, column)) continue;
      const holder = rowOf.get(column);
      if (holder === undefined) {
        least = Math.min(least, worth - there - taker);
      } else if (!isOneRow(row, holder)) {
        const moves = Math.max(worthOf(holder, own) ?? 0, freeWorth(holder, column) + taker, taker);
        least = Math.min(least, worth + (worthOf(holder, column) ?? 0) - there - moves);
      }
    }
    losses.set(row, least);
  }
  return losses;
}

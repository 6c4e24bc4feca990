/** Who gets which station, decided for all at once: rule D2.3. */

/** A row's possible column and what having it is worth: above zero. */
export interface Edge {
  readonly column: number;
  readonly worth: number;
}

/** Worth is compared as whole numbers, so that sums do not depend on the order they are made in. */
const PRECISION = 1e6;
/**
 * Columns looked at for one row before the best found so far is taken. Rows compete with their neighbours only, so
 * this is met in made-up crowds of equals, which end in review anyway; there the result is good, not proven best.
 */
const MOST_LOOKED_AT = 2000;

/**
 * For each row the column it gets, or -1: every column once at most, and of all such choices one whose worth adds up
 * to the most (shortest augmenting paths over the sparse graph, exact whatever the size but for the limit above). A row
 * is touched only by rows it is connected with. Of choices worth the same, the order of rows and columns decides.
 */
export function assign(rows: readonly (readonly Edge[])[], columnCount: number): Int32Array {
  const columnOf = new Int32Array(rows.length).fill(-1);
  const rowOf = new Int32Array(columnCount).fill(-1);
  const price = new Float64Array(columnCount);
  for (const [row, edges] of rows.entries()) {
    if (edges.length > 0) augment(row, rows, columnOf, rowOf, price);
  }
  return columnOf;
}

/** Finds the cheapest way to place one more row: at a free column, by moving others, or by leaving one without. */
function augment(
  start: number,
  rows: readonly (readonly Edge[])[],
  columnOf: Int32Array,
  rowOf: Int32Array,
  price: Float64Array,
): void {
  const reached = new Map<number, { cost: number; from: number }>();
  const settled = new Map<number, number>();
  const heap = new CostHeap();
  // Leaving a row without a column costs what it is worth there: a free end that every row has to itself.
  let bestEnd = { cost: 0, row: start };
  let free: Costed | undefined;
  let [row, offset, limit] = [start, 0, 0];
  for (;;) {
    for (const { column, worth } of rows[row] ?? []) {
      if (settled.has(column)) continue;
      const cost = offset - Math.round(worth * PRECISION) - (price[column] ?? 0);
      const known = reached.get(column);
      if (known !== undefined && known.cost <= cost) continue;
      reached.set(column, { cost, from: row });
      if ((rowOf[column] ?? -1) !== -1) heap.push(cost, column);
      else if (free === undefined || isBefore({ cost, column }, free)) free = { cost, column };
    }
    const next = heap.pop((column, cost) => !settled.has(column) && reached.get(column)?.cost === cost);
    const end = Math.min(bestEnd.cost, free?.cost ?? Infinity);
    // Of ways that cost the same, one that ends here is taken before others are followed any farther.
    if (next === undefined || next.cost >= end || settled.size >= MOST_LOOKED_AT) {
      limit = Math.min(end, next?.cost ?? end);
      if (free !== undefined && free.cost === end) hand(free.column, start, columnOf, rowOf, reached);
      else leaveOut(bestEnd.row, start, columnOf, rowOf, reached);
      break;
    }
    settled.set(next.column, next.cost);
    const holder = rowOf[next.column] ?? -1;
    row = holder;
    offset = next.cost + worthOf(rows[holder], next.column) + (price[next.column] ?? 0);
    if (offset < bestEnd.cost) bestEnd = { cost: offset, row: holder };
  }
  for (const [column, cost] of settled) price[column] = (price[column] ?? 0) + cost - limit;
}

function worthOf(edges: readonly Edge[] | undefined, column: number): number {
  return Math.round((edges?.find((edge) => edge.column === column)?.worth ?? 0) * PRECISION);
}

type Reached = ReadonlyMap<number, { readonly cost: number; readonly from: number }>;

/** Gives `column` to the row it was reached from, that row's column to the one before, and so on to the start. */
function hand(
  column: number,
  start: number,
  columnOf: Int32Array,
  rowOf: Int32Array,
  reached: Reached,
): void {
  for (let given = column; ;) {
    const row = reached.get(given)?.from ?? start;
    const before = columnOf[row] ?? -1;
    columnOf[row] = given;
    rowOf[given] = row;
    if (row === start || before === -1) return;
    given = before;
  }
}

/** Takes `row` its column away, for those before it. */
function leaveOut(
  row: number,
  start: number,
  columnOf: Int32Array,
  rowOf: Int32Array,
  reached: Reached,
): void {
  if (row === start) return;
  const column = columnOf[row] ?? -1;
  columnOf[row] = -1;
  hand(column, start, columnOf, rowOf, reached);
}

/** A binary heap of columns by cost, then by number. */
class CostHeap {
  private readonly items: { readonly cost: number; readonly column: number }[] = [];

  push(cost: number, column: number): void {
    const item = { cost, column };
    let place = this.items.length;
    this.items.push(item);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.items[parent];
      if (above === undefined || !isBefore(item, above)) break;
      this.items[place] = above;
      place = parent;
    }
    this.items[place] = item;
  }

  /** The cheapest that is still current; others are dropped. */
  pop(isCurrent: (column: number, cost: number) => boolean): { cost: number; column: number } | undefined {
    for (;;) {
      const [top] = this.items;
      const last = this.items.pop();
      if (top === undefined || last === undefined) return undefined;
      if (this.items.length > 0) this.sink(last);
      if (isCurrent(top.column, top.cost)) return top;
    }
  }

  private sink(item: { readonly cost: number; readonly column: number }): void {
    let place = 0;
    for (;;) {
      const left = this.items[2 * place + 1];
      const right = this.items[2 * place + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!isBefore(child, item)) break;
      this.items[place] = child;
      place = 2 * place + (isRight ? 2 : 1);
    }
    this.items[place] = item;
  }
}

interface Costed {
  readonly cost: number;
  readonly column: number;
}

function isBefore(a: Costed, b: Costed): boolean {
  return a.cost < b.cost || (a.cost === b.cost && a.column < b.column);
}

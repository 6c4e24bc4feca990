import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Edge, assign } from "./assignment.js";

const COLUMNS = 5;
const edges = fc.uniqueArray(
  fc.record({ column: fc.nat(COLUMNS - 1), worth: fc.integer({ min: 1, max: 20 }).map((n) => n / 20) }),
  {
    selector: ({ column }) => column,
    maxLength: COLUMNS,
  },
);

function total(rows: readonly (readonly Edge[])[], columnOf: Int32Array): number {
  return rows.reduce(
    (sum, edges, row) => sum + (edges.find(({ column }) => column === columnOf[row])?.worth ?? 0),
    0,
  );
}

/** By trying everything. */
function best(rows: readonly (readonly Edge[])[], row = 0, taken: readonly number[] = []): number {
  const own = rows[row];
  if (own === undefined) return 0;
  return Math.max(
    best(rows, row + 1, taken),
    ...own
      .filter(({ column }) => !taken.includes(column))
      .map(({ column, worth }) => worth + best(rows, row + 1, [...taken, column])),
  );
}

describe("assign (D2.3)", () => {
  test("finds the most that trying everything finds, each column once", () => {
    fc.assert(
      fc.property(fc.array(edges, { maxLength: 6 }), (rows) => {
        const columnOf = assign(rows, COLUMNS);
        const given = [...columnOf].filter((column) => column !== -1);
        expect(new Set(given).size).toBe(given.length);
        expect(total(rows, columnOf)).toBeCloseTo(best(rows), 9);
      }),
      { numRuns: 500 },
    );
  });

  test("who comes first does not keep what another needs more", () => {
    const rows = [
      [
        { column: 0, worth: 0.9 },
        { column: 1, worth: 0.8 },
      ],
      [{ column: 0, worth: 0.7 }],
    ];
    expect([...assign(rows, 2)]).toEqual([1, 0]);
  });

  test("rows that share no column with others are not touched by them", () => {
    fc.assert(
      fc.property(fc.array(edges, { maxLength: 5 }), fc.array(edges, { maxLength: 5 }), (some, others) => {
        const moved = others.map((row) =>
          row.map(({ column, worth }) => ({ column: column + COLUMNS, worth })),
        );
        const together = assign([...some, ...moved], 2 * COLUMNS);
        expect([...together].slice(0, some.length)).toEqual([...assign(some, COLUMNS)]);
      }),
    );
  });

  test("a long chain is solved as a whole: everybody moves up by one", () => {
    const length = 3000;
    const rows = Array.from({ length }, (_, i) =>
      i === 0
        ? [{ column: 0, worth: 0.5 }]
        : [
            { column: i - 1, worth: 0.5 },
            { column: i, worth: 0.5 },
          ],
    );
    expect([...assign(rows, length)].filter((column) => column === -1)).toEqual([]);
  });

  test("a crowd of equals ends, with every column given", () => {
    const everything = Array.from({ length: 8 }, (_, column) => ({ column, worth: 0.5 }));
    const columnOf = assign(
      Array.from({ length: 2000 }, () => everything),
      8,
    );
    expect([...columnOf].filter((column) => column !== -1).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

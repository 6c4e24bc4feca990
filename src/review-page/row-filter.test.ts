import { array, assert, constantFrom, integer, option, property, record, subarray } from "fast-check";
import { expect, it } from "vitest";
import { ProposalTable } from "./proposal-table.js";
import { indexOf } from "./review.test-support.js";
import { FACETS, type Ticked, facetColumns, filterRows } from "./row-filter.js";
import { RowOrder } from "./row-order.js";
import { STANDINGS } from "./standing.js";

const ROWS = [
  {
    id: "modify/LT*IGN*1",
    operator: "Ignitis",
    place: "Ąžuolų stotelė",
    classes: "AB",
    distance: 12,
    notes: ["indoor"],
  },
  { id: "create/LT*IGN*2", operator: "Ignitis", distance: null },
  { id: "modify/DE*ION*3", operator: "Ionity", country: "DE", distance: 300, notes: ["indoor", "tesla-s"] },
  { id: "review/DE*ION*4", operator: "", country: "DE", distance: 60 },
];

function found(ticked: Ticked, search = "", decided: readonly number[] = []): string[] {
  const table = new ProposalTable(indexOf(ROWS));
  const standings = new Uint32Array(table.size);
  for (const row of decided) standings[row] = STANDINGS.indexOf("accept");
  const { rows } = filterRows(table, facetColumns(table, standings), ticked, search);
  return Array.from(rows, (row) => table.ids[row]?.slice(-1) ?? "");
}

it("shows what fits all facets, and any word within one", () => {
  expect(found({})).toEqual(["1", "2", "3", "4"]);
  expect(found({ change: ["modify"] })).toEqual(["1", "3"]);
  expect(found({ change: ["modify", "review"], country: ["DE"] })).toEqual(["3", "4"]);
  expect(found({ class: ["B"] })).toEqual(["1"]);
  expect(found({ note: ["tesla-s"] })).toEqual(["3"]);
  expect(found({ distance: ["nothing near", "over 150 m"] })).toEqual(["2", "3"]);
  expect(found({ operator: [""] })).toEqual(["4"]);
  expect(found({ standing: ["undecided"] }, "", [0, 3])).toEqual(["2", "3"]);
});

it("searches names, operators and ids, every word, capitals aside", () => {
  expect(found({}, "ĄŽUOLŲ")).toEqual(["1"]);
  expect(found({}, "ignitis lt*ign*2")).toEqual(["2"]);
  expect(found({ change: ["create"] }, "ionity")).toEqual([]);
});

it("counts of each word the rows that ticking it alone in its facet would show", () => {
  const row = record({
    change: constantFrom("modify", "create", "review"),
    country: constantFrom("LT", "DE", ""),
    classes: constantFrom("A", "AB", "B", ""),
    notes: subarray(["indoor", "tesla-s"]),
    distance: option(integer({ min: 0, max: 200 })),
  });
  const ticked = record(
    { change: subarray(["modify", "create"]), country: subarray(["LT", ""]), class: subarray(["A", "B"]) },
    { requiredKeys: [] },
  );
  assert(
    property(array(row, { maxLength: 12 }), ticked, (rows, ticked) => {
      const table = new ProposalTable(
        indexOf(rows.map((one, at) => Object.assign({ id: `${one.change}/X*Y*${at}` }, one))),
      );
      const columns = facetColumns(table, new Uint32Array(table.size));
      const { counts } = filterRows(table, columns, ticked, "");
      for (const facet of FACETS) {
        for (const [code, word] of columns[facet].words.entries()) {
          const alone = filterRows(table, columns, { ...ticked, [facet]: [word] }, "").rows.length;
          expect(counts[facet][code], `${facet}: ${word}`).toBe(alone);
        }
      }
    }),
  );
});

it("sorts by what is asked, ties as in the file", () => {
  const table = new ProposalTable(indexOf(ROWS));
  const order = new RowOrder(table);
  const all = Uint32Array.of(0, 1, 2, 3);
  expect([...order.sorted(all, "file")]).toEqual([0, 1, 2, 3]);
  expect([...order.sorted(all, "near")]).toEqual([0, 3, 2, 1]);
  expect([...order.sorted(all, "far")]).toEqual([2, 3, 0, 1]);
  expect([...order.sorted(all, "operator")]).toEqual([0, 1, 2, 3]);
  expect([...order.sorted(all, "change")]).toEqual([1, 0, 2, 3]);
});

it("knows what stands near a proposal", () => {
  const table = new ProposalTable(indexOf(ROWS));
  // Rows are 0.0001° of longitude apart, at 54.7° north some 6.4 m.
  expect(table.rowsNear(0, 10)).toEqual([1]);
  expect(table.rowsNear(1, 10)).toEqual([0, 2]);
});

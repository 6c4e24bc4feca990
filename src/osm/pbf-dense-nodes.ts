/** DenseNodes of OSM PBF: columns of differences, of which only the rows that are asked for are put together. */
import type { PbfReader } from "pbf";
import { historyOf } from "./element-history.js";
import type { OsmTag } from "./element.js";
import type { ElementHistory } from "./osm-object.js";
import type { PbfBlock } from "./pbf-block.js";
import { type Span, NOTHING, bytesField, columnAt, eachField, eachSum, sums } from "./pbf-message.js";
import { type ReadElement, sortedTags } from "./read-element.js";

interface DenseColumns {
  readonly ids: Span;
  readonly info: Span;
  readonly lats: Span;
  readonly lons: Span;
  readonly keysAndValues: Span;
}

export interface DenseRequest {
  /** Values that make a node worth a look, by table index. */
  readonly values: ReadonlySet<number>;
  readonly ids: ReadonlySet<number>;
}

/** Calls back with every id, in order. */
export function denseIds(pbf: PbfReader, dense: Span, onId: (id: number) => void): void {
  eachSum(pbf, columnsOf(pbf, dense).ids, onId);
}

/** The nodes that have one of the values or one of the ids. */
export function denseNodes(
  block: PbfBlock,
  pbf: PbfReader,
  dense: Span,
  request: DenseRequest,
): ReadElement[] {
  const columns = columnsOf(pbf, dense);
  const ids = sums(pbf, columns.ids);
  const wanted = rowsWithValue(pbf, columns.keysAndValues, request.values);
  if (request.ids.size > 0) {
    ids.forEach((id, row) => {
      if (request.ids.has(id)) wanted.add(row);
    });
  }
  if (wanted.size === 0) return [];
  const rows = [...wanted].sort((a, b) => a - b);
  const lats = columnAt(pbf, columns.lats, rows, true);
  const lons = columnAt(pbf, columns.lons, rows, true);
  const tags = tagsAt(block, pbf, columns.keysAndValues, rows);
  const infos = infosAt(block, pbf, columns.info, rows);
  return rows.map((row, index): ReadElement => {
    const id = ids[row];
    if (id === undefined || !Number.isSafeInteger(id)) throw new RangeError("tags without a node");
    const { history, deleted } = infos[index] ?? { history: {}, deleted: false };
    const position = block.position(lats[index] ?? NaN, lons[index] ?? NaN);
    return Object.assign({ type: "node" as const, id, deleted, position, nodes: [], members: [] }, history, {
      tags: tags[index] ?? [],
    });
  });
}

function columnsOf(pbf: PbfReader, dense: Span): DenseColumns {
  const columns = { ids: NOTHING, info: NOTHING, lats: NOTHING, lons: NOTHING, keysAndValues: NOTHING };
  pbf.pos = dense.start;
  eachField(pbf, dense.end, (field) => {
    if (field === 1) columns.ids = bytesField(pbf, dense.end);
    else if (field === 5) columns.info = bytesField(pbf, dense.end);
    else if (field === 8) columns.lats = bytesField(pbf, dense.end);
    else if (field === 9) columns.lons = bytesField(pbf, dense.end);
    else if (field === 10) columns.keysAndValues = bytesField(pbf, dense.end);
  });
  return columns;
}

/** Keys and values stand in one list, each node's ended by a 0. */
function rowsWithValue(pbf: PbfReader, { start, end }: Span, values: ReadonlySet<number>): Set<number> {
  const rows = new Set<number>();
  if (values.size === 0) return rows;
  pbf.pos = start;
  for (let row = 0; pbf.pos < end;) {
    if (pbf.readVarint() === 0) row++;
    else if (values.has(pbf.readVarint())) rows.add(row);
  }
  return rows;
}

function tagsAt(
  block: PbfBlock,
  pbf: PbfReader,
  { start, end }: Span,
  rows: readonly number[],
): ReadonlyArray<readonly OsmTag[]> {
  const found: OsmTag[][] = [];
  pbf.pos = start;
  let row = 0;
  for (const wanted of rows) {
    const tags = new Map<string, string>();
    while (row <= wanted && pbf.pos < end) {
      const key = pbf.readVarint();
      if (key === 0) row++;
      else {
        const value = pbf.readVarint();
        if (row === wanted) tags.set(block.text(key), block.text(value));
      }
    }
    found.push(sortedTags(tags));
  }
  return found;
}

/** Columns that a file leaves out say nothing of any node. */
function infosAt(
  block: PbfBlock,
  pbf: PbfReader,
  { start, end }: Span,
  rows: readonly number[],
): ReadonlyArray<{ readonly history: ElementHistory; readonly deleted: boolean }> {
  const columns: Span[] = [];
  pbf.pos = start;
  if (end > start) {
    eachField(pbf, end, (field) => {
      columns[field] = bytesField(pbf, end);
    });
  }
  const plain = (field: number): readonly number[] => pick(columns[field], false);
  const summed = (field: number): readonly number[] => pick(columns[field], true);
  const pick = (column: Span | undefined, isSummed: boolean): readonly number[] =>
    column === undefined || column.start === column.end ? [] : columnAt(pbf, column, rows, isSummed);
  const versions = plain(1);
  const timestamps = summed(2);
  const changesets = summed(3);
  const uids = summed(4);
  const users = summed(5);
  const visible = plain(6);
  return rows.map((_, index) => ({
    history: historyOf({
      version: versions[index],
      timestamp: block.timestamp(timestamps[index] ?? 0),
      changeset: changesets[index],
      uid: uids[index],
      user: (users[index] ?? 0) === 0 ? undefined : block.text(users[index] ?? 0),
    }),
    deleted: visible[index] === 0,
  }));
}

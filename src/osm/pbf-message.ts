/** Protocol buffers read with every length checked: the `pbf` package believes what it is told. */
import { PbfReader } from "pbf";

/** A part of a buffer: offset of its first byte and of the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const NOTHING: Span = { start: 0, end: 0 };
const LENGTH_DELIMITED = 2;

/**
 * The fields of the message that ends at `end`, in order; what `onField` leaves unread is passed over.
 *
 * @throws {RangeError} when a field does not end where the message does, {Error} by `pbf` for what is no varint.
 */
export function eachField(pbf: PbfReader, end: number, onField: (field: number) => void): void {
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) onField(field);
  if (pbf.pos !== end) throw new RangeError("a message does not end where it should");
}

/** Where the bytes of the field at hand lie; the reader then stands behind them. */
export function bytesField(pbf: PbfReader, end: number): Span {
  if (pbf.type !== LENGTH_DELIMITED) throw new RangeError("a field is of another type than it should be");
  const length = pbf.readVarint();
  const start = pbf.pos;
  if (length > end - start) throw new RangeError("a field is longer than its message");
  pbf.pos = start + length;
  return { start, end: start + length };
}

/**
 * A packed field's numbers at these ordinals only (rising); with `isSummed` they are stored as differences. Hot path:
 * numbers of one byte, which almost all differences are, are read without a call.
 */
export function columnAt(
  pbf: PbfReader,
  { start, end }: Span,
  ordinals: readonly number[],
  isSummed: boolean,
): number[] {
  const { buf } = pbf;
  const picked: number[] = [];
  let wanted = ordinals[0];
  let value = 0;
  let pos = start;
  for (let ordinal = 0; wanted !== undefined; ordinal++) {
    if (pos >= end) throw new RangeError("a list is shorter than the one beside it");
    let number = buf[pos++] ?? 0;
    if (number > 0x7f) {
      pbf.pos = pos - 1;
      number = pbf.readVarint(!isSummed);
      pos = pbf.pos;
    }
    value = isSummed ? value + unzigzag(number) : number;
    if (ordinal === wanted) wanted = ordinals[picked.push(value)];
  }
  return picked;
}

/** Calls back with each number of a packed field of differences, summed up. Hot path, as above. */
export function eachSum(pbf: PbfReader, { start, end }: Span, onSum: (sum: number) => void): void {
  const { buf } = pbf;
  let sum = 0;
  for (let pos = start; pos < end;) {
    let number = buf[pos++] ?? 0;
    if (number > 0x7f) {
      pbf.pos = pos - 1;
      number = pbf.readVarint();
      pos = pbf.pos;
    }
    onSum((sum += unzigzag(number)));
  }
}

/** All numbers of a packed field of differences, summed up. */
export function sums(pbf: PbfReader, span: Span): number[] {
  const numbers: number[] = [];
  eachSum(pbf, span, (sum) => numbers.push(sum));
  return numbers;
}

/** All plain numbers of a packed field. */
export function varints(pbf: PbfReader, { start, end }: Span): number[] {
  const numbers: number[] = [];
  pbf.pos = start;
  while (pbf.pos < end) numbers.push(pbf.readVarint(true));
  return numbers;
}

/** A reader over bytes, standing at their beginning. */
export function reading(bytes: Uint8Array): PbfReader {
  return new PbfReader(bytes);
}

function unzigzag(number: number): number {
  if (number <= 0x7fffffff) return (number >>> 1) ^ -(number & 1);
  return number % 2 === 1 ? (number + 1) / -2 : number / 2;
}

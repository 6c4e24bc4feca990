/**
 * T1.4: which Locations have been seen before in this run, at about 30 bytes each. Keys are kept as 64-bit hashes;
 * where the first of them stands is kept beside, so that it can be read again and compared.
 */

/** Where a record stands. */
export interface RecordPlace {
  /** Position of its input among the inputs. */
  readonly input: number;
  /** Offset in the (decompressed) input. */
  readonly byte: number;
  /** Bytes. */
  readonly length: number;
  /** For inputs that cannot be read again (pipes, compressed files): the record's bytes. Called at most once, at once. */
  readonly bytes?: (() => Uint8Array) | undefined;
}

/** Where the first record with a key stands, with its bytes when they had to be kept and there was room. */
export interface FirstPlace {
  readonly input: number;
  readonly byte: number;
  readonly length: number;
  readonly kept: Uint8Array | undefined;
}

/** How many bytes of records from pipes and compressed files are kept in all. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** Records are stored in blocks, so that growing never copies them. */
const BLOCK = 1 << 15;
/** Input number and byte offset share one float64, whose whole numbers end at 2^53: 131,072 inputs of 64 GiB. */
const INPUT_STEP = 2 ** 36;

interface Block {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly place: Float64Array;
  readonly length: Uint32Array;
}

export class FirstSeen {
  readonly #blocks: Block[] = [];
  /** Open addressing: 1 + number of a record, 0 where free. */
  #slots = new Uint32Array(1 << 10);
  #count = 0;
  readonly #kept = new Map<number, Uint8Array>();
  #room: number;

  constructor(keptBytes = KEPT_BYTES) {
    this.#room = keptBytes;
  }

  /** How many different keys have been seen. */
  get size(): number {
    return this.#count;
  }

  /** Notes that a record with this key stands at `place`: undefined for the first, the first's place for every later one. */
  seen(key: string, place: RecordPlace): FirstPlace | undefined {
    const [low, high] = hash64(key);
    const mask = this.#slots.length - 1;
    let slot = low & mask;
    for (let taken = this.#slots[slot]; taken !== undefined && taken !== 0; taken = this.#slots[slot]) {
      const first = this.#placeIfSame(taken - 1, low, high);
      if (first !== undefined) return first;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#count + 1;
    this.#store(low, high, place);
    if (this.#count * 4 > this.#slots.length * 3) this.#grow();
    return undefined;
  }

  #placeIfSame(record: number, low: number, high: number): FirstPlace | undefined {
    const block = this.#blocks[Math.floor(record / BLOCK)];
    const at = record % BLOCK;
    if (block === undefined || block.low[at] !== low || block.high[at] !== high) return undefined;
    const place = block.place[at] ?? 0;
    const input = Math.floor(place / INPUT_STEP);
    const length = block.length[at] ?? 0;
    return { input, byte: place - input * INPUT_STEP, length, kept: this.#kept.get(record) };
  }

  #store(low: number, high: number, place: RecordPlace): void {
    if (place.input >= 2 ** 17 || place.byte >= INPUT_STEP)
      throw new RangeError("more than 131,071 inputs, or an input over 64 GiB: split the run");
    const at = this.#count % BLOCK;
    if (at === 0) this.#blocks.push(emptyBlock());
    const block = this.#blocks.at(-1);
    if (block !== undefined) {
      block.low[at] = low;
      block.high[at] = high;
      block.place[at] = place.input * INPUT_STEP + place.byte;
      block.length[at] = place.length;
    }
    if (place.bytes !== undefined && place.length <= this.#room) {
      this.#kept.set(this.#count, place.bytes().slice());
      this.#room -= place.length;
    }
    this.#count += 1;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let record = 0; record < this.#count; record += 1) {
      let slot = (this.#blocks[Math.floor(record / BLOCK)]?.low[record % BLOCK] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = record + 1;
    }
    this.#slots = slots;
  }
}

function emptyBlock(): Block {
  return {
    low: new Uint32Array(BLOCK),
    high: new Uint32Array(BLOCK),
    place: new Float64Array(BLOCK),
    length: new Uint32Array(BLOCK),
  };
}

/** Two 32-bit lanes that mix into each other (the cyrb53 construction, all 64 bits kept). Not for secrets. */
function hash64(text: string): readonly [low: number, high: number] {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [low >>> 0, high >>> 0];
}

/**
 * T1.4: in what two records differ: "identical" when in nothing (the order of keys and blanks do not count), else the
 * names of the top-level fields whose values differ, sorted; `[""]` when one of them is no object at all.
 * Both must be JSON; throws SyntaxError otherwise.
 */
export function differingFields(first: string, later: string): "identical" | string[] {
  if (first === later) return "identical";
  const a: unknown = JSON.parse(first);
  const b: unknown = JSON.parse(later);
  if (!isObject(a) || !isObject(b)) return sameJson(a, b) ? "identical" : [""];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const differing = [...names].filter(
    (name) => !Object.hasOwn(a, name) || !Object.hasOwn(b, name) || !sameJson(a[name], b[name]),
  );
  return differing.length === 0 ? "identical" : differing.sort();
}

/** Deep equality of JSON values. Loops rather than recurses: a feed may nest as deep as it likes. */
function sameJson(first: unknown, later: unknown): boolean {
  const pairs: [unknown, unknown][] = [[first, later]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false;
      for (let i = 0; i < a.length; i += 1) pairs.push([a[i], b[i]]);
    } else if (isObject(a) && isObject(b)) {
      const names = Object.keys(a);
      if (names.length !== Object.keys(b).length) return false;
      for (const name of names) {
        if (!Object.hasOwn(b, name)) return false;
        pairs.push([a[name], b[name]]);
      }
    } else return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

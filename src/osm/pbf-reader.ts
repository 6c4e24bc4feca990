/** OSM PBF block by block: the first pass notes which ids are where, later ones unpack only the blocks that may help. */
import type { Bounds } from "./bounds.js";
import { DAMAGED, InputError } from "../input-error.js";
import type { ElementType } from "./osm-object.js";
import { blobBytes } from "./pbf-blob.js";
import { PbfBlock } from "./pbf-block.js";
import { blockElements, blockIds } from "./pbf-elements.js";
import { type PbfFrame, PbfFrames } from "./pbf-frames.js";
import { type PbfHeader, pbfHeader } from "./pbf-header.js";
import type { ElementReader, ElementRequest, ReadElement } from "./read-element.js";

/** Lowest and highest id in a block; `Infinity` first where it has none of the type. */
type IdRanges = Record<ElementType, { min: number; max: number }>;

const ELEMENT_TYPES: readonly ElementType[] = ["node", "way", "relation"];

export class PbfFileReader implements ElementReader {
  readonly #file: string;
  readonly #open: () => AsyncIterable<Uint8Array>;
  /** By the frame's number in the file; known after the first pass. */
  #index: ReadonlyArray<IdRanges | undefined> | undefined;
  #eachOnce = true;
  #header: PbfHeader | undefined;

  /** `open` is called once for each pass. */
  constructor(file: string, open: () => AsyncIterable<Uint8Array>) {
    this.#file = file;
    this.#open = open;
  }

  timestamp(): string | undefined {
    return this.#header?.timestamp;
  }

  bounds(): Bounds | undefined {
    return this.#header?.bounds;
  }

  async scan(request: ElementRequest, emit: (element: ReadElement) => void): Promise<boolean> {
    const wanted = sortedIds(request);
    const known = this.#index;
    const index: Array<IdRanges | undefined> = [];
    const last = { node: -Infinity, way: -Infinity, relation: -Infinity };
    const frames = new PbfFrames(this.#open(), this.#file);
    try {
      let number = 0;
      for (let frame = await frames.next(); frame !== undefined; frame = await frames.next(), number++) {
        const isNeeded = known === undefined || mayHold(known[number], wanted);
        const isRead =
          frame.type === "OSMData" ? isNeeded : frame.type === "OSMHeader" && known === undefined;
        if (!isRead) {
          await frames.skip(frame);
          continue;
        }
        const bytes = blobBytes(await frames.blob(frame), { file: this.#file, byte: frame.byte });
        this.#guarded(frame, () => {
          if (frame.type === "OSMHeader") {
            const header = pbfHeader(bytes, { file: this.#file, byte: frame.byte });
            this.#header ??= header;
            return;
          }
          const block = new PbfBlock(bytes);
          if (known === undefined) index[number] = this.#rangesOf(block, last);
          blockElements(block, request).forEach(emit);
        });
      }
    } finally {
      await frames.close();
    }
    this.#index ??= index;
    return this.#eachOnce;
  }

  #rangesOf(block: PbfBlock, last: Record<ElementType, number>): IdRanges {
    const ranges: IdRanges = { node: noRange(), way: noRange(), relation: noRange() };
    blockIds(block, (type, id) => {
      const range = ranges[type];
      if (id < range.min) range.min = id;
      if (id > range.max) range.max = id;
      if (id <= last[type]) this.#eachOnce = false;
      last[type] = id;
    });
    return ranges;
  }

  #guarded(frame: PbfFrame, read: () => void): void {
    if (this.#header === undefined && frame.type === "OSMData") {
      throw new InputError({
        file: this.#file,
        byte: frame.byte,
        problem: "data before any header",
        advice: DAMAGED,
      });
    }
    try {
      read();
    } catch (error) {
      if (error instanceof InputError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new InputError(
        {
          file: this.#file,
          byte: frame.byte,
          problem: `the block that begins here is damaged (${reason})`,
          advice: DAMAGED,
        },
        { cause: error },
      );
    }
  }
}

function noRange(): { min: number; max: number } {
  return { min: Infinity, max: -Infinity };
}

function sortedIds({ ids }: ElementRequest): Readonly<Record<ElementType, Float64Array>> {
  const sorted = (type: ElementType): Float64Array => Float64Array.from(ids[type]).sort();
  return { node: sorted("node"), way: sorted("way"), relation: sorted("relation") };
}

/** Whether one of the wanted ids lies between a block's lowest and highest. */
function mayHold(ranges: IdRanges | undefined, wanted: Readonly<Record<ElementType, Float64Array>>): boolean {
  if (ranges === undefined) return false;
  return ELEMENT_TYPES.some((type) => {
    const ids = wanted[type];
    const { min, max } = ranges[type];
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ids[middle] ?? 0) < min) low = middle + 1;
      else high = middle;
    }
    return (ids[low] ?? Infinity) <= max;
  });
}

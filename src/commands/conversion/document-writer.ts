/** Joins the texts of converted records into one document: head, records in order, tail, and the bounds at the top. */
import type { Bounds } from "../../osm/bounds.js";
import type { OutputAbout, OutputForm } from "../../proposals/output-form.js";
import type { Output } from "../../runs/output-file.js";
import type { BatchResult } from "./convert-batch.js";

export class DocumentWriter {
  readonly #output: Output;
  readonly #form: OutputForm;
  readonly #about: OutputAbout;
  readonly #head: string;
  #first = true;
  #bounds: Bounds | undefined;

  private constructor(output: Output, form: OutputForm, about: OutputAbout, head: string) {
    this.#output = output;
    this.#form = form;
    this.#about = about;
    this.#head = head;
  }

  /** Nothing is written before the first record or the end: an input that cannot be read leaves stdout empty. */
  static async begin(output: Output, form: OutputForm, about: OutputAbout): Promise<DocumentWriter> {
    return new DocumentWriter(output, form, about, await form.head(about));
  }

  /** Appends a batch's records but for those left out. */
  async append(result: BatchResult, leftOut: ReadonlySet<number>): Promise<void> {
    const { text, ends, keys, boxes } = result;
    let from = 0;
    for (let record = 0; record < ends.length; record++) {
      const end = ends[record] ?? from;
      if (leftOut.has(record)) {
        await this.#write(text.subarray(from, ends[record - 1] ?? 0));
        from = end;
      } else if (keys[record] !== "") this.#widen(boxes.subarray(record * 4, record * 4 + 4));
    }
    await this.#write(text.subarray(from));
  }

  async #write(text: Uint8Array): Promise<void> {
    if (text.length === 0) return;
    if (!this.#first) return this.#output.write(text);
    this.#first = false;
    await this.#writeText(this.#head);
    // Separators are ASCII, so their length in characters is their length in bytes.
    await this.#output.write(text.subarray(this.#form.separator.length));
  }

  async #writeText(text: string): Promise<void> {
    if (text !== "") await this.#output.write(text);
  }

  #widen([south = 0, west = 0, north = 0, east = 0]: Float64Array): void {
    const { minLat, minLon, maxLat, maxLon } = this.#bounds ?? {
      minLat: south,
      minLon: west,
      maxLat: north,
      maxLon: east,
    };
    this.#bounds = {
      minLat: Math.min(minLat, south),
      minLon: Math.min(minLon, west),
      maxLat: Math.max(maxLat, north),
      maxLon: Math.max(maxLon, east),
    };
  }

  /** Closes the document. What cannot be written over (stdout) goes without bounds. */
  async end(): Promise<void> {
    if (this.#first) await this.#writeText(this.#head);
    await this.#writeText(await this.#form.tail(this.#about));
    if (this.#bounds === undefined || !this.#output.patchable) return;
    const patch = this.#form.boundsPatch?.(this.#head, this.#bounds);
    if (patch !== undefined) await this.#output.patch(patch.offset, patch.text);
  }
}

/** What became of each record of a run: counted, and listed where it is not written (T1.4, T1.7). */
import { NOTE_MEANINGS } from "../../ocpi/notes.js";
import type { RejectsFile } from "../../runs/rejects-file.js";
import { Tally } from "../../runs/report.js";
import { byteOf } from "../../sources/batch.js";
import { REASONS } from "../../tagging/eligibility.js";
import type { Unemitted } from "./convert-batch.js";
import type { ConvertedBatch } from "./converted-batches.js";
import { Duplicates } from "./duplicates.js";

export class RecordAccounts {
  readonly tally = new Tally();
  readonly #duplicates = new Duplicates();
  readonly #rejects: RejectsFile | undefined;

  constructor(rejects: RejectsFile | undefined) {
    this.#rejects = rejects;
  }

  /**
   * Counts and lists a converted batch; batches must come in order. Tells which records of the batch repeat an earlier
   * Location, so that their texts are left out (T1.4).
   */
  async settle(converted: ConvertedBatch): Promise<ReadonlySet<number>> {
    const { result, run } = converted;
    const { batch, keys } = result;
    const unemitted: Array<Omit<Unemitted, "pointer">> = [...result.unemitted];
    const repeated = new Set<number>();
    for (const [record, key] of keys.entries()) {
      const repetition = key === "" ? undefined : this.#duplicates.check(key, run, batch, record);
      if (repetition === undefined) continue;
      repeated.add(record);
      unemitted.push({
        detail: await repetition.detail(),
        ids: await repetition.ids(),
        record,
        reason: "duplicate-id",
      });
    }
    for (const each of unemitted.sort((a, b) => a.record - b.record)) await this.#list(converted, each);
    this.tally.addRead(keys.length);
    this.tally.addEmitted(keys.length - unemitted.length);
    for (const { code, count, examples } of result.notes) {
      const placed = examples.map(({ record, id, pointer, detail }) => ({
        file: run.input.name,
        record: batch.firstRecord + record,
        id,
        pointer,
        detail,
      }));
      this.tally.addNotes(code, NOTE_MEANINGS[code].meaning, count, placed);
    }
    for (const { pointer, count, example } of result.unknownKeys)
      this.tally.addUnknownKey(pointer, count, { file: run.input.name, value: example });
    return repeated;
  }

  async #list(
    { result: { batch }, run }: ConvertedBatch,
    { record, reason, detail, ids }: Omit<Unemitted, "pointer">,
  ): Promise<void> {
    const start = batch.spans[2 * record] ?? 0;
    const end = batch.spans[2 * record + 1] ?? 0;
    const line = batch.lines?.[record];
    const byte = byteOf(batch, record);
    const listed = {
      file: run.input.name,
      record: batch.firstRecord + record,
      ...(line === undefined ? {} : { line }),
      ...(byte === undefined ? {} : { byte }),
      ...(ids?.id === undefined ? {} : { id: ids.id }),
      verdict: REASONS[reason].verdict,
      reason,
      detail,
    };
    this.tally.addUnemitted(listed);
    const { country_code, party_id } = ids ?? {};
    await this.#rejects?.write({ ...listed, country_code, party_id }, batch.bytes.subarray(start, end));
  }
}

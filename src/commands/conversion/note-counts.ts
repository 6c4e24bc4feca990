/** Counts the notes of many records by code, with a few examples of each. */
import type { Note, NoteCode } from "../../ocpi/notes.js";

export interface NoteExample {
  /** The record's place among those counted here. */
  readonly record: number;
  readonly id: string | undefined;
  readonly pointer: string;
  readonly detail: string;
}

export interface NoteCount {
  readonly code: NoteCode;
  readonly count: number;
  readonly examples: readonly NoteExample[];
}

const MAX_EXAMPLES = 3;

export class NoteCounts {
  readonly #byCode = new Map<NoteCode, { count: number; examples: NoteExample[] }>();

  add(notes: readonly Note[], record: number, id: string | undefined): void {
    for (const { code, pointer, detail } of notes) {
      let counted = this.#byCode.get(code);
      if (counted === undefined) this.#byCode.set(code, (counted = { count: 0, examples: [] }));
      counted.count++;
      if (counted.examples.length < MAX_EXAMPLES) counted.examples.push({ record, id, pointer, detail });
    }
  }

  /** In the order the codes first came up. */
  counts(): NoteCount[] {
    return [...this.#byCode].map(([code, { count, examples }]) => ({ code, count, examples }));
  }
}

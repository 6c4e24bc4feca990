/** Gathers the notes of one Location: each code once, with the first place and how many more there are. */
import type { Note, NoteCode } from "../ocpi/notes.js";

interface Entry {
  readonly code: NoteCode;
  readonly pointer: string;
  readonly detail: string;
  more: number;
}

export class NoteCollector {
  readonly #entries: Entry[] = [];

  /** Notes `code` at a place in the canonical Location; later places of the same code only count. */
  add(code: NoteCode, pointer: string, detail: string): void {
    for (const entry of this.#entries) {
      if (entry.code === code) {
        entry.more++;
        return;
      }
    }
    this.#entries.push({ code, pointer, detail, more: 0 });
  }

  /** The notes in the order their codes first came up. */
  notes(): Note[] {
    return this.#entries.map(({ code, pointer, detail, more }) => ({
      code,
      pointer,
      detail: more === 0 ? detail : `${detail} (and ${more} more)`,
    }));
  }
}

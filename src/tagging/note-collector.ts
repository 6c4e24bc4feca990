/**
 * Gathers the notes of one Location: each code once, with the first place and how many more there are. Of withheld tags
 * each key has a note of its own: what is not noted would look as if the feed had dropped it.
 */
import type { Note, NoteCode } from "../ocpi/notes.js";
import { withheldTag } from "./withheld.js";

interface Entry {
  readonly code: NoteCode;
  readonly pointer: string;
  readonly detail: string;
  more: number;
}

/** A reviewer needs no more of an offending value; the whole of a withheld one stays (T2.4). */
const LONGEST_DETAIL = 300;

export class NoteCollector {
  readonly #entries: Entry[] = [];

  /** Notes `code` at a place in the canonical Location; later places of the same code (and withheld key) only count. */
  add(code: NoteCode, pointer: string, detail: string): void {
    for (const entry of this.#entries) {
      if (entry.code === code && withheldTag(entry)?.key === withheldTag({ code, detail })?.key) {
        entry.more++;
        return;
      }
    }
    const whole = code === "value-too-long" || detail.length <= LONGEST_DETAIL;
    this.#entries.push({
      code,
      pointer,
      detail: whole ? detail : `${detail.slice(0, LONGEST_DETAIL)}…`,
      more: 0,
    });
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

/**
 * The steps of a walk over JSON: each passes over one thing at the window's position. They are written as if all
 * bytes were there; where they are not, they yield, and the driver appends more to the window and resumes.
 */
import { MEMBER_BYTES } from "./envelope.js";
import { InputError } from "../input-error.js";
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  isBlank,
} from "./json-bytes.js";
import type { ScanWindow } from "./scan-window.js";

export type Steps<T> = Generator<undefined, T, undefined>;

/** Stands for "no more bytes". */
export const END = -1;

/** A bare word that is longer is no JSON. */
const LONGEST_BARE_SCALAR = 4096;

export class JsonSteps {
  readonly #window: ScanWindow;
  readonly #file: string;
  /** Where the key or small value being read began. */
  #token: number | undefined;

  constructor(window: ScanWindow, file: string) {
    this.#window = window;
    this.#file = file;
  }

  /** The first byte these steps still need. */
  heldFrom(): number {
    const { position } = this.#window;
    return this.#token !== undefined && position - this.#token <= MEMBER_BYTES ? this.#token : position;
  }

  /** The next byte that is not blank, without taking it; `END` when there is none. */
  *significant(): Steps<number> {
    const window = this.#window;
    for (;;) {
      while (window.position < window.end) {
        const byte = window.at(window.position);
        if (!isBlank(byte)) return byte;
        window.position++;
      }
      if (window.ended) return END;
      yield;
    }
  }

  /** The key whose quote is next; empty when it is too long to be one of those looked for. */
  *key(): Steps<string> {
    const window = this.#window;
    const start = (this.#token = window.position);
    yield* this.string();
    this.#token = undefined;
    if (window.position - start > MEMBER_BYTES || start < window.base) return "";
    const text = window.text(start + 1, window.position - 1);
    return text.includes("\\") ? String(parsedJson(`"${text}"`) ?? "") : text;
  }

  /** A member's value that begins with `first`; its text when it is a scalar or a list, and small. */
  *member(first: number, object: number): Steps<string | undefined> {
    const window = this.#window;
    const start = (this.#token = window.position);
    if (first === QUOTE) yield* this.string();
    else if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      window.position++;
      yield* this.outOf(start);
    } else yield* this.#bareMember(object);
    this.#token = undefined;
    const kept = first !== OPEN_BRACE && window.position - start <= MEMBER_BYTES && start >= window.base;
    return kept ? window.text(start, window.position) : undefined;
  }

  /** To the end of the container around the position, which began at `start`. Outside any string. */
  *outOf(start: number): Steps<void> {
    const window = this.#window;
    window.beginScan(1);
    for (;;) {
      const before = window.position;
      if (window.scan(true) > 0) return;
      if (window.position === before) yield* this.more("an object", start);
    }
  }

  /** The string whose quote is next. */
  *string(): Steps<void> {
    const window = this.#window;
    const start = window.position++;
    let escaped = false;
    for (;;) {
      while (window.position < window.end) {
        const byte = window.at(window.position++);
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) return;
      }
      yield* this.more("a text", start);
    }
  }

  /** A number or word that is a document of its own. Throws when it is no JSON. */
  *bareDocument(): Steps<void> {
    const window = this.#window;
    const start = window.position;
    while (window.position - start <= LONGEST_BARE_SCALAR) {
      if (window.position < window.end) {
        if (isBlank(window.at(window.position))) break;
        window.position++;
      } else if (window.ended) break;
      else yield;
    }
    if (parsedJson(window.text(start, window.position)) !== undefined) return;
    window.position = start;
    this.unexpected("after the end of the document");
  }

  /** A number or word inside an object that began at `object`. */
  *#bareMember(object: number): Steps<void> {
    const window = this.#window;
    for (;;) {
      while (window.position < window.end) {
        const byte = window.at(window.position);
        if (isBlank(byte) || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return;
        window.position++;
      }
      yield* this.more("an object", object);
    }
  }

  /** Waits for more bytes; throws when `what`, which began at `start`, is cut off. */
  *more(what: string, start: number): Steps<void> {
    if (!this.#window.ended) yield;
    else throw this.#cutOff(`inside ${what} that begins at byte ${start}`);
  }

  /** Throws for what stands at the position. */
  unexpected(where: string): never {
    const { position, ended, end } = this.#window;
    if (position === end && ended) throw this.#cutOff("inside an object");
    const seen = JSON.stringify(this.#window.text(position, Math.min(position + 20, end)));
    throw new InputError({
      file: this.#file,
      byte: position,
      problem: `found ${seen} ${where}, which is no JSON`,
      advice: "Look at the file around that byte; ask the sender for one that a JSON parser accepts.",
    });
  }

  #cutOff(where: string): InputError {
    return new InputError({
      file: this.#file,
      byte: this.#window.end,
      problem: `the input ends ${where}: it was cut off`,
      advice: "Download it again and compare its size with the sender's.",
    });
  }
}

/** `undefined` for what is no JSON, which no JSON text stands for. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

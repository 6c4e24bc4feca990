/**
 * The elements of a list of records: whatever stands between its commas. The scanner finds the containers; this
 * looks only at the few bytes between them, so that a `null` or a stray word among the records is a record too.
 */
import { InputError } from "../input-error.js";
import { BACKSLASH, COMMA, QUOTE, isBlank } from "./json-bytes.js";
import type { ScanWindow } from "./scan-window.js";

export class ListElements {
  readonly #window: ScanWindow;
  readonly #emit: (start: number, end: number) => void;
  readonly #file: string;
  /** Everything before has been looked at. */
  #seen: number;
  #start: number | undefined;
  #end = 0;
  #afterComma = false;
  #inContainer = false;
  #inString = false;
  #escaped = false;

  /** Begins at the window's position, after the list's bracket. `emit` gets each element, without blanks around. */
  constructor(window: ScanWindow, emit: (start: number, end: number) => void, file: string) {
    this.#window = window;
    this.#emit = emit;
    this.#file = file;
    this.#seen = window.position;
  }

  /** Where the element that has no comma after it yet began. */
  get openFrom(): number | undefined {
    return this.#start;
  }

  /** A whole container was found. */
  container(start: number, end: number): void {
    this.#enter(start);
    this.#inContainer = false;
    this.#escaped = false;
    this.#end = end;
    this.#seen = end;
  }

  /** The scanner has come to `position`, where a container is open that began at `openedAt`, or none. */
  upTo(openedAt: number | undefined, position: number): void {
    if (openedAt === undefined) this.#between(position);
    else this.#enter(openedAt);
  }

  /** The list's closing bracket is at `closing`. Throws `InputError` after a trailing comma. */
  finish(closing: number): void {
    this.#between(closing);
    if (this.#start !== undefined || this.#afterComma) this.#comma(closing);
  }

  /** A container begins; told again, its beginning may be out of the window, so only the first time counts. */
  #enter(start: number): void {
    if (this.#inContainer) return;
    this.#between(start);
    this.#start ??= start;
    this.#inContainer = true;
  }

  #between(to: number): void {
    for (; this.#seen < to; this.#seen++) {
      const byte = this.#window.at(this.#seen);
      if (byte === COMMA && !this.#inString) {
        this.#escaped = false;
        this.#comma(this.#seen);
        this.#afterComma = true;
        continue;
      }
      if (isBlank(byte)) {
        this.#escaped = false;
        continue;
      }
      this.#start ??= this.#seen;
      this.#end = this.#seen + 1;
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = !this.#inString;
    }
  }

  #comma(at: number): void {
    if (this.#start === undefined) {
      throw new InputError({
        file: this.#file,
        byte: at,
        problem: "a comma in a list of records has no record beside it",
        advice: "Remove that comma, or ask the sender for a file that a JSON parser accepts.",
      });
    }
    this.#emit(this.#start, this.#end);
    this.#start = undefined;
  }
}

/**
 * Finds the records in a sequence of JSON documents. The walk is written as if all bytes were there; where they are
 * not, it yields, and its driver appends more to the window and resumes it.
 */
import type { RecordSink } from "./batch-builder.js";
import {
  ENVELOPE_KEYS,
  ENVELOPE_LEVELS,
  MEMBER_BYTES,
  OCPI_FIRST_ERROR,
  RECORD_KEYS,
  SINGLE_RECORD_KEY,
  type EnvelopeMembers,
} from "./envelope.js";
import { InputError } from "./input-error.js";
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  isBlank,
} from "./json-bytes.js";
import { ListElements } from "./list-elements.js";
import type { ScanWindow } from "./scan-window.js";

type Steps<T> = Generator<undefined, T, undefined>;

/** What an object turned out to be. `plain`: neither; whoever holds it decides. */
type ObjectKind = "envelope" | "record" | "plain" | "empty";

/** Stands for "no more bytes". */
const END = -1;

const DOWNLOAD_AGAIN = "Download it again and compare its size with the sender's.";

export interface WalkOptions {
  readonly file: string;
  readonly window: ScanWindow;
  readonly sink: RecordSink;
  readonly members: EnvelopeMembers;
  /** Longer records are reported as too large; their bytes are not held. */
  readonly maxRecordBytes: number;
}

export class DocumentWalk {
  readonly #file: string;
  readonly #window: ScanWindow;
  readonly #sink: RecordSink;
  readonly #members: EnvelopeMembers;
  readonly #maxRecordBytes: number;
  /** Where the values began that may yet be records, outermost first. */
  #candidates: number[] = [];
  /** Where a key or a small member of an envelope began. */
  #token: number | undefined;

  constructor({ file, window, sink, members, maxRecordBytes }: WalkOptions) {
    this.#file = file;
    this.#window = window;
    this.#sink = sink;
    this.#members = members;
    this.#maxRecordBytes = maxRecordBytes;
  }

  /** The first byte the walk still needs. */
  heldFrom(): number {
    const { position } = this.#window;
    const candidate = this.#candidates.find((start) => position - start <= this.#maxRecordBytes);
    const token =
      this.#token !== undefined && position - this.#token <= MEMBER_BYTES ? this.#token : position;
    return Math.min(candidate ?? position, token);
  }

  /** Where the values began that were being read when the walk last yielded, outermost first. */
  get unfinished(): readonly number[] {
    return this.#candidates;
  }

  /** Walks to the end of the input. Throws `InputError` where it is cut off or is not JSON. */
  *documents(): Steps<void> {
    for (;;) {
      const byte = yield* this.#significant();
      const start = this.#window.position;
      if (byte === END) return;
      if (byte === OPEN_BRACKET) yield* this.#list();
      else if (byte === OPEN_BRACE) {
        const kind = yield* this.#candidate(1);
        if (kind !== "envelope") this.#emit(start, this.#window.position);
      } else yield* this.#topScalar(byte);
    }
  }

  /** An object whose opening brace is next, remembered as a possible record while it is walked. */
  *#candidate(level: number): Steps<ObjectKind> {
    this.#candidates.push(this.#window.position);
    const kind = yield* this.#object(level);
    this.#candidates.pop();
    return kind;
  }

  *#object(level: number): Steps<ObjectKind> {
    const window = this.#window;
    const start = window.position++;
    const members: Array<readonly [key: string, text: string]> = [];
    let holdsRecords = false;
    let holdsNothing = false;
    let byte = yield* this.#significant();
    if (byte === CLOSE_BRACE) {
      window.position++;
      return "empty";
    }
    for (;;) {
      if (byte !== QUOTE) return yield* this.#derailed(start, holdsRecords);
      const key = yield* this.#key();
      if ((yield* this.#significant()) !== COLON) return yield* this.#derailed(start, holdsRecords);
      window.position++;
      byte = yield* this.#significant();
      const folded = key.toLowerCase();
      if (!holdsRecords && RECORD_KEYS.has(folded)) {
        yield* this.#skipOut(start);
        return "record";
      }
      if (byte === OPEN_BRACKET && ENVELOPE_KEYS.has(folded)) {
        this.#candidates = [];
        yield* this.#list();
        holdsRecords = true;
      } else if (byte === OPEN_BRACE && ENVELOPE_KEYS.has(folded) && level < ENVELOPE_LEVELS) {
        const inner = window.position;
        const kind = yield* this.#candidate(level + 1);
        const single = folded === SINGLE_RECORD_KEY;
        if (kind === "record" || (single && kind === "plain")) this.#emit(inner, window.position);
        holdsRecords ||= kind === "record" || kind === "envelope" || (single && kind === "plain");
        holdsNothing ||= single && kind === "empty";
      } else {
        const text = yield* this.#member(byte, start);
        if (text !== undefined) members.push([key, text]);
        holdsNothing ||= folded === SINGLE_RECORD_KEY && text === "null";
      }
      byte = yield* this.#significant();
      if (byte === CLOSE_BRACE) break;
      if (byte !== COMMA) return yield* this.#derailed(start, holdsRecords);
      window.position++;
      byte = yield* this.#significant();
    }
    window.position++;
    const parsed = members.map(([key, text]) => [key, parsedMember(text)] as const);
    const failed = parsed.some(([key, value]) => isErrorStatus(key, value));
    if (!holdsRecords && (!holdsNothing || failed)) return "plain";
    for (const [key, value] of parsed) if (value !== undefined) this.#members.add(key, value);
    return "envelope";
  }

  /** Something that is no JSON: alone it is a bad record, around records it makes the rest unreadable. */
  *#derailed(start: number, holdsRecords: boolean): Steps<"plain"> {
    if (holdsRecords) this.#unexpected("between the members of an object");
    yield* this.#skipOut(start);
    return "plain";
  }

  /** A list of records, whose bracket is next. */
  *#list(): Steps<void> {
    const window = this.#window;
    const start = window.position++;
    const elements = new ListElements(window, (from, to) => this.#emit(from, to), this.#file);
    window.beginScan(0);
    for (;;) {
      const before = window.position;
      const count = window.scan(false);
      for (let i = 0; i < count; i++) elements.container(window.scanned(2 * i), window.scanned(2 * i + 1));
      if (window.closed) {
        elements.finish(window.position);
        if (window.at(window.position) !== CLOSE_BRACKET) this.#unexpected("at the end of a list");
        window.position++;
        this.#candidates = [];
        return;
      }
      elements.upTo(window.openedAt, window.position);
      if (window.position > before) continue;
      this.#candidates = elements.openFrom === undefined ? [] : [elements.openFrom];
      yield* this.#more("a list", start);
    }
  }

  /** Skips to the end of the container around `position`, which began at `start`. */
  *#skipOut(start: number): Steps<void> {
    this.#window.beginScan(1);
    for (;;) {
      const before = this.#window.position;
      if (this.#window.scan(true) > 0) return;
      if (this.#window.position === before) yield* this.#more("an object", start);
    }
  }

  /** Passes a value over; its text when it is a scalar or a list, and small. */
  *#member(first: number, container: number): Steps<string | undefined> {
    const window = this.#window;
    const start = window.position;
    this.#token = start;
    if (first === QUOTE) yield* this.#string();
    else if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      window.position++;
      yield* this.#skipOut(start);
    } else yield* this.#bare(container);
    this.#token = undefined;
    const kept = first !== OPEN_BRACE && window.position - start <= MEMBER_BYTES && start >= window.base;
    return kept ? window.text(start, window.position) : undefined;
  }

  /** The key whose quote is next; empty when it is too long to be one of those looked for. */
  *#key(): Steps<string> {
    const window = this.#window;
    const start = window.position;
    this.#token = start;
    yield* this.#string();
    this.#token = undefined;
    if (window.position - start > MEMBER_BYTES || start < window.base) return "";
    const text = window.text(start + 1, window.position - 1);
    return text.includes("\\") ? String(parsedMember(`"${text}"`) ?? "") : text;
  }

  /** Passes over the string whose quote is next. */
  *#string(): Steps<void> {
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
      yield* this.#more("a text", start);
    }
  }

  /** Passes over a number or a word inside a container. */
  *#bare(container: number): Steps<void> {
    const window = this.#window;
    for (;;) {
      while (window.position < window.end) {
        const byte = window.at(window.position);
        if (isBlank(byte) || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return;
        window.position++;
      }
      yield* this.#more("an object", container);
    }
  }

  /** A number, word or text that is a document of its own: a record, if it is JSON at all. */
  *#topScalar(first: number): Steps<void> {
    const window = this.#window;
    const start = window.position;
    this.#candidates = [start];
    if (first === QUOTE) yield* this.#string();
    else {
      while (window.position < window.end || !window.ended) {
        if (window.position === window.end) yield;
        else if (isBlank(window.at(window.position))) break;
        else window.position++;
        if (window.position - start > LONGEST_BARE_SCALAR) break;
      }
      const text = window.text(start, window.position);
      if (parsedMember(text) === undefined) {
        window.position = start;
        this.#unexpected("after the end of the document");
      }
    }
    this.#candidates = [];
    this.#emit(start, window.position);
  }

  /** The next byte that is not blank, without taking it. */
  *#significant(): Steps<number> {
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

  *#more(what: string, start: number): Steps<void> {
    if (this.#window.ended) {
      const problem = `the input ends inside ${what} that begins at byte ${start}: it was cut off`;
      throw new InputError({ file: this.#file, byte: this.#window.end, problem, advice: DOWNLOAD_AGAIN });
    }
    yield;
  }

  #emit(start: number, end: number): void {
    if (end - start > this.#maxRecordBytes || start < this.#window.base) this.#sink.tooLarge(start);
    else this.#sink.record(start, end);
  }

  #unexpected(where: string): never {
    const { position, ended, end } = this.#window;
    if (position === end && ended) {
      const problem = "the input ends inside an object: it was cut off";
      throw new InputError({ file: this.#file, byte: end, problem, advice: DOWNLOAD_AGAIN });
    }
    const seen = JSON.stringify(this.#window.text(position, Math.min(position + 20, end)));
    throw new InputError({
      file: this.#file,
      byte: position,
      problem: `found ${seen} ${where}, which is no JSON`,
      advice: "Look at the file around that byte; ask the sender for one that a JSON parser accepts.",
    });
  }
}

const LONGEST_BARE_SCALAR = 4096;

function isErrorStatus(key: string, value: unknown): boolean {
  return key.toLowerCase().replaceAll("_", "") === "statuscode" && Number(value) >= OCPI_FIRST_ERROR;
}

/** `undefined` for what is no JSON, which no JSON text stands for. */
function parsedMember(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

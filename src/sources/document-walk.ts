/** Finds the records in a sequence of JSON documents: lists, envelopes around one, single records. */
import type { RecordSink } from "./batch-builder.js";
import {
  ENVELOPE_KEYS,
  ENVELOPE_LEVELS,
  RECORD_KEYS,
  SINGLE_RECORD_KEY,
  isErrorStatus,
  type EnvelopeMembers,
} from "./envelope.js";
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./json-bytes.js";
import { END, JsonSteps, parsedJson, type Steps } from "./json-steps.js";
import { ListElements } from "./list-elements.js";
import type { ScanWindow } from "./scan-window.js";

/** What an object turned out to be. `plain`: neither; whoever holds it decides. */
type ObjectKind = "envelope" | "record" | "plain" | "empty";

/** Keys as the input may spell them, in lower case. */
export interface EnvelopeKeys {
  /** Of a list of records, or of an object around one. */
  readonly around: { has(key: string): boolean };
  /** That only a record has. */
  readonly within: { has(key: string): boolean };
}

const FEED_ENVELOPE: EnvelopeKeys = { around: ENVELOPE_KEYS, within: RECORD_KEYS };

export interface WalkOptions {
  /** The input's name, for messages. */
  readonly file: string;
  readonly window: ScanWindow;
  readonly sink: RecordSink;
  /** Gets what stands beside the records; where it is absent nobody asks. */
  readonly members?: EnvelopeMembers | undefined;
  /** What feeds wrap their records in, unless given. */
  readonly envelope?: EnvelopeKeys | undefined;
  /** Longer records are reported as too large; their bytes are not held. */
  readonly maxRecordBytes: number;
}

export class DocumentWalk {
  readonly #options: WalkOptions;
  readonly #window: ScanWindow;
  readonly #steps: JsonSteps;
  readonly #envelope: EnvelopeKeys;
  /** Where the values began that may yet be records, outermost first. */
  #candidates: number[] = [];

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#window = options.window;
    this.#steps = new JsonSteps(options.window, options.file);
    this.#envelope = options.envelope ?? FEED_ENVELOPE;
  }

  /** The first byte the walk still needs. */
  heldFrom(): number {
    const { position } = this.#window;
    const candidate = this.#candidates.find((start) => position - start <= this.#options.maxRecordBytes);
    return Math.min(candidate ?? position, this.#steps.heldFrom());
  }

  /** Where the values began that were being read when the walk last stopped, outermost first. */
  get unfinished(): readonly number[] {
    return this.#candidates;
  }

  /**
   * Walks to the end of the input; yields whenever the window needs more bytes or its end declared. Throws
   * `InputError` where the input is cut off or is no JSON.
   */
  *documents(): Steps<void> {
    const window = this.#window;
    for (;;) {
      const byte = yield* this.#steps.significant();
      const start = window.position;
      if (byte === END) return;
      if (byte === OPEN_BRACKET) yield* this.#list();
      else if (byte === OPEN_BRACE) {
        const kind = yield* this.#candidate(1);
        if (kind !== "envelope") this.#emit(start);
      } else {
        this.#candidates = [start];
        yield* byte === QUOTE ? this.#steps.string() : this.#steps.bareDocument();
        this.#candidates = [];
        this.#emit(start);
      }
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
    const steps = this.#steps;
    const start = window.position++;
    const { around, within } = this.#envelope;
    const members: Array<readonly [key: string, value: unknown]> = [];
    let holdsRecords = false;
    let holdsNothing = false;
    let byte = yield* steps.significant();
    if (byte === CLOSE_BRACE) {
      window.position++;
      return "empty";
    }
    for (;;) {
      if (byte !== QUOTE) return yield* this.#derailed(start, holdsRecords);
      const key = yield* steps.key();
      if ((yield* steps.significant()) !== COLON) return yield* this.#derailed(start, holdsRecords);
      window.position++;
      byte = yield* steps.significant();
      const folded = key.toLowerCase();
      if (!holdsRecords && within.has(folded)) {
        yield* steps.outOf(start);
        return "record";
      }
      if (byte === OPEN_BRACKET && around.has(folded)) {
        yield* this.#list();
        holdsRecords = true;
      } else if (byte === OPEN_BRACE && around.has(folded) && level < ENVELOPE_LEVELS) {
        const inner = window.position;
        const kind = yield* this.#candidate(level + 1);
        const single = folded === SINGLE_RECORD_KEY;
        const isRecord = kind === "record" || (single && kind === "plain");
        if (isRecord) this.#emit(inner);
        holdsRecords ||= isRecord || kind === "envelope";
        holdsNothing ||= single && kind === "empty";
      } else {
        const text = yield* steps.member(byte, start);
        const value =
          text === undefined || this.#options.members === undefined ? undefined : parsedJson(text);
        if (value !== undefined) members.push([key, value]);
        holdsNothing ||= folded === SINGLE_RECORD_KEY && value === null;
      }
      byte = yield* steps.significant();
      if (byte === CLOSE_BRACE) break;
      if (byte !== COMMA) return yield* this.#derailed(start, holdsRecords);
      window.position++;
      byte = yield* steps.significant();
    }
    window.position++;
    const failed = members.some(([key, value]) => isErrorStatus(key, value));
    if (!holdsRecords && (!holdsNothing || failed)) return "plain";
    for (const [key, value] of members) this.#options.members?.add(key, value);
    return "envelope";
  }

  /** Something that is no JSON: alone it is a bad record, around records it makes the rest unreadable. */
  *#derailed(start: number, holdsRecords: boolean): Steps<"plain"> {
    if (holdsRecords) this.#steps.unexpected("between the members of an object");
    yield* this.#steps.outOf(start);
    return "plain";
  }

  /** A list of records, whose bracket is next. What holds it is no record. */
  *#list(): Steps<void> {
    const window = this.#window;
    const start = window.position++;
    const elements = new ListElements(window, (from, to) => this.#emit(from, to), this.#options.file);
    this.#candidates = [];
    window.beginScan(0);
    for (;;) {
      const before = window.position;
      const count = window.scan(false);
      for (let i = 0; i < count; i++) elements.container(window.scanned(2 * i), window.scanned(2 * i + 1));
      if (window.closed) break;
      elements.upTo(window.openedAt, window.position);
      if (window.position > before) continue;
      this.#candidates = elements.openFrom === undefined ? [] : [elements.openFrom];
      yield* this.#steps.more("a list", start);
    }
    elements.finish(window.position);
    if (window.at(window.position) !== CLOSE_BRACKET) this.#steps.unexpected("at the end of a list");
    window.position++;
    this.#candidates = [];
  }

  #emit(start: number, end = this.#window.position): void {
    const { maxRecordBytes, sink } = this.#options;
    if (end - start > maxRecordBytes || start < this.#window.base) sink.tooLarge(start);
    else sink.record(start, end);
  }
}

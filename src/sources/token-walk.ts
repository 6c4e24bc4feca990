/** Finds the records in a stream of JSON tokens, by the rules of document-walk.ts. */
import { Assembler } from "stream-json/assembler.js";
import type { Token } from "stream-json/core/parser.js";

import {
  ENVELOPE_KEYS,
  ENVELOPE_LEVELS,
  RECORD_KEYS,
  SINGLE_RECORD_KEY,
  isErrorStatus,
  type EnvelopeMembers,
} from "./envelope.js";

/** A container that is open and is not inside a record of a list. */
interface OpenContainer {
  readonly kind: "object" | "list" | "records";
  /** How deep in envelopes an object stands, from 1; 0 when it is no envelope. */
  readonly level: number;
  /** The key whose value comes next, folded. */
  key: string;
  isRecord: boolean;
  holdsRecords: boolean;
}

export interface TokenWalkOptions {
  record(value: unknown): void;
  readonly members: EnvelopeMembers;
  /** Take the first list of objects at any depth for the records, where no envelope is found. */
  readonly anyList: boolean;
}

export class TokenWalk {
  readonly #options: TokenWalkOptions;
  /** The document without the elements of its lists of records. */
  readonly #document = new Assembler();
  readonly #element = new Assembler();
  #open: OpenContainer[] = [];

  constructor(options: TokenWalkOptions) {
    this.#options = options;
  }

  token(token: Token): void {
    const top = this.#open.at(-1);
    if (!this.#element.done) this.#feedElement(token);
    else if (top?.kind === "records" && token.name !== "endArray") this.#feedElement(token);
    else if (this.#beginsRecords(top, token)) {
      this.#open.splice(-1, 1, container("records", 0));
      for (const outer of this.#open) outer.holdsRecords = true;
      this.#feedElement(token);
    } else this.#structure(top, token);
  }

  /** Throws when a container is still open. */
  end(): void {
    if (this.#open.length > 0) throw new Error("the input ends inside a list or object");
  }

  #feedElement(token: Token): void {
    this.#element.consume(token);
    if (this.#element.done) this.#options.record(this.#element.current);
  }

  /** Whether the token is the first element of a list in an unusual place. */
  #beginsRecords(top: OpenContainer | undefined, token: Token): boolean {
    if (!this.#options.anyList || top?.kind !== "list" || token.name !== "startObject") return false;
    return this.#open.every(({ isRecord, holdsRecords }) => !isRecord && !holdsRecords);
  }

  #structure(top: OpenContainer | undefined, token: Token): void {
    const closed =
      token.name === "endObject" || token.name === "endArray" ? this.#document.current : undefined;
    this.#document.consume(token);
    switch (token.name) {
      case "keyValue":
        if (top === undefined) return;
        top.key = token.value.toLowerCase();
        if (top.level > 0 && !top.holdsRecords && RECORD_KEYS.has(top.key)) top.isRecord = true;
        return;
      case "startObject":
        this.#open.push(container("object", levelInside(top)));
        return;
      case "startArray": {
        const records = top === undefined || (isEnvelopePath(top) && ENVELOPE_KEYS.has(top.key));
        this.#open.push(container(records ? "records" : "list", 0));
        if (records) for (const outer of this.#open) outer.holdsRecords = true;
        return;
      }
      case "endObject":
        this.#open.pop();
        if (top !== undefined && top.level > 0) this.#endObject(top, closed);
        return;
      case "endArray":
        this.#open.pop();
        return;
      default:
        if (top === undefined) this.#options.record(this.#document.current);
    }
  }

  #endObject(ended: OpenContainer, value: unknown): void {
    const members: ReadonlyArray<readonly [string, unknown]> =
      typeof value === "object" && value !== null ? Object.entries(value) : [];
    const isEnvelope =
      ended.holdsRecords ||
      (members.some(([key, member]) => isSaidToBeNothing(key, member, ended.level)) &&
        !members.some(([key, member]) => isErrorStatus(key, member)));
    const outer = this.#open.at(-1);
    if (isEnvelope && !ended.isRecord) {
      if (outer !== undefined) outer.holdsRecords = true;
      for (const [key, member] of members) {
        const isList = Array.isArray(member) && ENVELOPE_KEYS.has(key.toLowerCase());
        if (!isList) this.#options.members.add(key, member);
      }
      return;
    }
    const single = outer?.key === SINGLE_RECORD_KEY && members.length > 0;
    if (outer !== undefined && !single && !ended.isRecord) return;
    this.#options.record(value);
    if (outer !== undefined) outer.holdsRecords = true;
  }
}

function container(kind: OpenContainer["kind"], level: number): OpenContainer {
  return { kind, level, key: "", isRecord: false, holdsRecords: false };
}

function isEnvelopePath(object: OpenContainer): boolean {
  return object.kind === "object" && object.level > 0 && !object.isRecord;
}

function levelInside(outer: OpenContainer | undefined): number {
  if (outer === undefined) return 1;
  const deeper = isEnvelopePath(outer) && ENVELOPE_KEYS.has(outer.key) && outer.level < ENVELOPE_LEVELS;
  return deeper ? outer.level + 1 : 0;
}

/** `data: null` and `data: {}`. */
function isSaidToBeNothing(key: string, value: unknown, level: number): boolean {
  if (key.toLowerCase() !== SINGLE_RECORD_KEY) return false;
  if (value === null) return true;
  const empty = typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0;
  return empty && level < ENVELOPE_LEVELS;
}

/** A document whose records share parts of it, parsed once for all of them. */
import type { Buffer } from "node:buffer";
import { foldKey } from "./dialect-signs.js";
import { type DecodeText, asIs } from "./dialect.js";
import { spansOf } from "./document-framing.js";
import { isRecord } from "./json-value.js";
import { type ParsedRecord, parseRecord } from "./record-text.js";
import { ScanWindow } from "./scan-window.js";

export interface DocumentParts {
  /** A list has `undefined` for an element that is no JSON. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly decode: DecodeText;
  /** The elements of its record lists, in order. */
  readonly records: readonly unknown[];
}

/**
 * Parses the document in `bytes[start, end)`, which framing found to be an object with a record list. `lists`: the
 * members, folded, that hold its records. `exactly`: from proper text, for what people are shown; else as
 * `parseRecord` does. Never throws: a document that is no JSON is read element by element, without its other members.
 */
export function documentParts(
  bytes: Buffer,
  start: number,
  end: number,
  lists: readonly string[],
  exactly: boolean,
): DocumentParts {
  const { value, decode } = parsed(bytes, start, end, exactly);
  const document = isRecord(value) ? value : {};
  const found = Object.keys(document)
    .filter((key) => lists.includes(foldKey(key)))
    .map((key) => document[key])
    .filter((list) => Array.isArray(list));
  return { value: document, decode, records: found.length === 1 ? (found[0] ?? []) : found.flat() };
}

function parsed(bytes: Buffer, start: number, end: number, exactly: boolean): ParsedRecord {
  try {
    if (!exactly) return parseRecord(bytes, start, end);
    return { value: JSON.parse(bytes.toString("utf8", start, end)), decode: asIs };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { value: elementByElement(bytes.subarray(start, end)), decode: asIs };
  }
}

/** The lists of a document, by key in lower case. */
function elementByElement(text: Buffer): Readonly<Record<string, unknown>> {
  const window = new ScanWindow();
  const keys = new Set<string>();
  const collecting = { has: (key: string) => keys.add(key).size < 0 };
  spansOf(text, window, { file: "", envelope: { around: NONE, within: collecting } });
  const lists = [...keys].flatMap((key): Array<readonly [string, unknown]> => {
    const spans = spansOf(text, window, { file: "", envelope: { around: new Set([key]), within: NONE } });
    // A key without a list leaves the document itself as the one record.
    if (spans[0] === 0 && spans[1] === text.length) return [];
    const elements: unknown[] = [];
    for (let at = 0; at < spans.length; at += 2)
      elements.push(element(text.toString("utf8", spans[at], spans[at + 1])));
    return [[key, elements]];
  });
  return Object.fromEntries(lists);
}

const NONE: ReadonlySet<string> = new Set();

function element(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

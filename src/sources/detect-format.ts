/** What an input is, told from its first bytes. */
import { DIALECT_SIGNS, dialectShownBy, memberOf, ocpiVersionOf } from "./dialect-signs.js";
import { SOURCE_NAMES, type SourceName } from "./dialect.js";
import { DocumentWalk } from "./document-walk.js";
import { spansOf } from "./document-framing.js";
import { ENVELOPE_KEYS, EnvelopeMembers } from "./envelope.js";
import { errorBodyText, ocpiError } from "./error-bodies.js";
import { InputError } from "../input-error.js";
import { NEWLINE, OPEN_BRACE, isBlank } from "./json-bytes.js";
import { parseJsonPrefix } from "./json-prefix.js";
import { parsedJson } from "./json-steps.js";
import { areLines } from "./lines-or-documents.js";
import { isEmptyTile } from "./record-lists.js";
import { ScanWindow } from "./scan-window.js";
import { tileSourceOf } from "./tile-files.js";
import { MALFORMED, whatItLooksLike } from "./what-it-looks-like.js";

/** How much of an input is looked at: enough for one whole HERE answer of 100 locations. */
export const SNIFF_BYTES = 1 << 20;
const SAMPLES = 50;
/** Enough where another input of the run has already told what to expect. */
const SAMPLES_ALIKE = 2;
const LIST_LEVELS = 8;
const SHORT_BYTES = 2048;

export interface DetectedFormat {
  readonly source: SourceName;
  /** `lines`: NDJSON. `documents`: everything else. */
  readonly framing: "documents" | "lines";
  /** The version of the source's format as far as its content tells: `2.1.1`, `2.2.1 or 2.2`, `2.3.0`. */
  readonly version: string | undefined;
  /** One line for people. */
  readonly description: string;
  /** Whether records share parts of their document (tiles of HERE Map Content). */
  readonly sharesParts?: boolean | undefined;
  /** What a service said instead of sending a feed; such an input has one record, which no dialect can read. */
  readonly errorAnswer?: string | undefined;
}

export interface Detection {
  readonly format: DetectedFormat;
  /** The records are in a list that is not where envelopes have theirs: only the token reader finds it. */
  readonly oddEnvelope: boolean;
}

export interface DetectionOptions {
  readonly file: string;
  readonly forced: SourceName | undefined;
  /** There are other inputs: one bad answer in a folder of them does not spoil the rest. */
  readonly amongOthers?: boolean | undefined;
  /** What the input before this one was: of ten thousand files of one export each need not be looked at for long. */
  readonly before?: DetectedFormat | undefined;
}

/**
 * Tells dialect, framing and version of the input that begins with `head` (all of it, if `whole`). With a `forced`
 * source only the rest is told. Throws `InputError` for empty input, for what is no JSON, for JSON that shows no sign
 * of a known dialect, and, unless `amongOthers`, for the error answer of a service.
 */
export function detectFormat(head: Uint8Array, whole: boolean, options: DetectionOptions): Detection {
  const alike = whole ? likeTheOneBefore(head, options) : undefined;
  return alike ?? detectAnew(head, whole, options);
}

/** Told by a tile's name or the first records of a feed; `undefined` where that is not certain. */
function likeTheOneBefore(head: Uint8Array, { file, before }: DetectionOptions): Detection | undefined {
  if (before?.framing !== "documents" || before.errorAnswer !== undefined) return undefined;
  if (before.sharesParts === true) {
    // The file's name says it; a document that is none of the kind is then a record that cannot be read (T1.7). What
    // is no tile, such as the error answer of a service, is short.
    const isAlike =
      head.length > SHORT_BYTES && tileSourceOf(file) === before.source && firstByte(head) === OPEN_BRACE;
    return isAlike ? { format: before, oddEnvelope: false } : undefined;
  }
  if (head.includes(NEWLINE)) return undefined;
  const { records, failure } = sampleDocuments(head, true, file, SAMPLES_ALIKE);
  const isAlike =
    failure === undefined &&
    records.length > 0 &&
    records.every((record) => dialectShownBy(record) === before.source);
  if (!isAlike) return undefined;
  const version = before.source === "ocpi" ? ocpiVersionOf(records) : undefined;
  return version === before.version ? { format: before, oddEnvelope: false } : undefined;
}

function detectAnew(head: Uint8Array, whole: boolean, options: DetectionOptions): Detection {
  const { file, forced, amongOthers = false } = options;
  const text = new TextDecoder().decode(head);
  if (text.trim() === "") {
    throw new InputError({
      file,
      problem: head.length === 0 ? "the input is empty" : "the input holds nothing but blanks",
      advice:
        "Check that the download worked. A feed without records is [] or an envelope with an empty list.",
    });
  }
  const framing = areLines(text, whole) ? "lines" : "documents";
  const sample = framing === "lines" ? sampleLines(head, file) : sampleDocuments(head, whole, file);
  const inTables = mostShown(sample.records);
  const error = sample.records.map(errorBodyText).find((said) => said !== undefined) ?? sample.error;
  if (inTables === undefined && error !== undefined) {
    if (amongOthers) return errorAnswer(error, forced);
    throw new InputError({
      file,
      problem: `this is not a feed but a service's error answer: ${error}`,
      advice: "Mend what it complains about (key, permission, address, parameters) and fetch the feed again.",
    });
  }
  const listed = inTables === undefined ? sample.records.flatMap(firstListOfObjects) : [];
  const inLists = mostShown(listed);
  // Of a tile whose list is called otherwise the records look like those of the API, which has no parts to share.
  const fromLists = inLists === undefined ? undefined : (tileSourceOf(file) ?? inLists);
  const source =
    forced ?? inTables ?? fromLists ?? (whole ? dialectOfNothing(sample, text, options) : undefined);
  if (source === undefined || (sample.failure !== undefined && sample.records.length === 0)) {
    if (sample.failure !== undefined && /^\s*[[{]/.test(text)) throw sample.failure;
    throw unknownFormat(file, text, sample.records);
  }
  const { title, recordLists } = DIALECT_SIGNS[source];
  const sharesParts = recordLists !== undefined;
  const inPages =
    !sharesParts && framing === "documents" && areInPages(text, sample.records, inTables, inLists);
  if (inPages && forced === undefined) {
    throw new InputError({
      file,
      problem: `this is a list of pages, each with ${source} records of its own, not a list of records`,
      advice: "Take the pages out of their list: jq -c '.[]' FILE | ocpi2osm … -",
    });
  }
  const version =
    source === "ocpi" ? ocpiVersionOf(inLists === undefined ? sample.records : listed) : undefined;
  const framed = framing === "lines" ? "a JSON value a line" : "JSON";
  const description = `${version === undefined ? title : `${title} ${version}`}, ${framed}`;
  return {
    format: { source, framing, version, description, ...(sharesParts && { sharesParts }) },
    oddEnvelope: inLists !== undefined && !sharesParts && !inPages,
  };
}

/** Whether answers of a service were put into a list as they came: lists of records, or envelopes around some. */
function areInPages(
  text: string,
  records: readonly unknown[],
  inRecords: SourceName | undefined,
  inLists: SourceName | undefined,
): boolean {
  if (!/^\s*\[/.test(text)) return false;
  return inRecords === undefined ? inLists !== undefined : records.every(Array.isArray);
}

function errorAnswer(said: string, forced: SourceName | undefined): Detection {
  const source = forced ?? (said.startsWith("OCPI") ? "ocpi" : "here-v3");
  const description = `a service's error answer: ${said}`;
  const format = {
    source,
    framing: "documents",
    version: undefined,
    description,
    errorAnswer: said,
  } as const;
  return { format, oddEnvelope: false };
}

interface Sample {
  /** Some of the first records; one that the head cuts off is there as far as it goes. */
  readonly records: readonly unknown[];
  /** Why framing did not come to the end of the head. */
  readonly failure: unknown;
  /** The error an envelope without records tells of. */
  readonly error: string | undefined;
}

function sampleDocuments(head: Uint8Array, whole: boolean, file: string, most = SAMPLES): Sample {
  const records: unknown[] = [];
  const members = new EnvelopeMembers();
  const window = new ScanWindow();
  const record = (start: number, end: number): void => {
    if (records.length < most) records.push(parsedJson(window.text(start, end)));
  };
  const sink = { record, tooLarge: () => {} };
  const walk = new DocumentWalk({ file, window, sink, members, maxRecordBytes: Infinity });
  window.append(head);
  window.ended = whole;
  let failure: unknown;
  try {
    walk.documents().next();
  } catch (error) {
    failure = error;
  }
  for (const start of walk.unfinished) records.push(parseJsonPrefix(window.text(start, window.end)));
  window.close();
  return {
    records: records.filter(isThere),
    failure,
    error: records.length > 0 ? undefined : statusError(members),
  };
}

/** Only lines that are JSON count: bad ones are for the report, not for detection. */
function sampleLines(head: Uint8Array, file: string): Sample {
  const records: unknown[] = [];
  const members = new EnvelopeMembers();
  const window = new ScanWindow();
  for (let at = 0; at < head.length && records.length < SAMPLES;) {
    const newline = head.indexOf(NEWLINE, at);
    const line = head.subarray(at, newline < 0 ? head.length : newline);
    at += line.length + 1;
    try {
      const spans = spansOf(line, window, { file, members });
      for (let i = 0; i < spans.length; i += 2)
        records.push(parsedJson(window.text(spans[i] ?? 0, spans[i + 1] ?? 0)));
    } catch {
      // The line stays out of the sample; framing will report it.
    }
  }
  window.close();
  const error = records.length > 0 ? undefined : statusError(members);
  return { records: records.filter(isThere), failure: undefined, error };
}

function statusError({ members }: EnvelopeMembers): string | undefined {
  const envelope: Record<string, unknown> = Object.fromEntries(
    [...members].map(([key, values]) => [key, values[0]]),
  );
  return ocpiError(memberOf(envelope, "statuscode"), memberOf(envelope, "statusmessage"));
}

/** The dialect most of the records show; of equals the first. */
function mostShown(records: readonly unknown[]): SourceName | undefined {
  const votes = new Map<SourceName, number>();
  for (const record of records) {
    const name = dialectShownBy(record);
    if (name !== undefined) votes.set(name, (votes.get(name) ?? 0) + 1);
  }
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/**
 * A feed without records is told by what its list is called; a tile without any by its file's name or its one key. Of
 * several inputs one that is only called a tile is one all the same, wherever it comes among them (T1.7).
 */
function dialectOfNothing(
  { records, failure }: Sample,
  text: string,
  { file, amongOthers = false }: DetectionOptions,
): SourceName | undefined {
  if (failure !== undefined) return undefined;
  const value = parseJsonPrefix(text);
  const layer = tileSourceOf(file);
  if (records.length > 0) {
    if (records.every(isEmptyTile)) return layer ?? "hmc-locations";
    return amongOthers && records.every(isObject) ? layer : undefined;
  }
  if (layer !== undefined) return layer;
  if (Array.isArray(value)) return "ocpi";
  for (const key of Object.keys(value ?? {})) {
    const dialect = ENVELOPE_KEYS.get(key.toLowerCase());
    if (dialect !== undefined) return dialect;
  }
  return undefined;
}

/** Some elements of the first list of objects in a value, breadth first. */
function firstListOfObjects(value: unknown): readonly unknown[] {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < LIST_LEVELS && level.length > 0; depth++) {
    for (const item of level) {
      if (Array.isArray(item) && isObject(item[0])) return item.slice(0, SAMPLES);
    }
    level = level.filter(isObject).flatMap((item): unknown[] => Object.values(item));
  }
  return [];
}

function unknownFormat(file: string, text: string, records: readonly unknown[]): InputError {
  const known = SOURCE_NAMES.map((name) => `${DIALECT_SIGNS[name].title} (${name})`).join(", ");
  const looks = whatItLooksLike(text, records);
  return new InputError({
    file,
    problem: `this is not a feed of a known format: it looks like ${looks}. Known are ${known}`,
    advice: adviceOn(looks),
  });
}

function adviceOn(looks: string): string {
  if (looks === "XML")
    return "All of these are read as JSON: fetch it as JSON (HERE's v2: .json in place of .xml in the address).";
  if (looks.startsWith(MALFORMED))
    return "Ask the sender for a file that a JSON parser accepts; named with --source, records that are sound are read.";
  return "Check that this is the right file; if it is one of these in an unusual shape, name it with --source.";
}

function firstByte(text: Uint8Array): number | undefined {
  return text.find((byte) => !isBlank(byte));
}

function isThere(value: unknown): boolean {
  return value !== undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** HERE's answers to a lookup by ids: the envelope opened, each record as it was sent. */
import { Buffer } from "node:buffer";
import { z } from "zod";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { spansOf } from "../sources/document-framing.js";
import { ScanWindow } from "../sources/scan-window.js";
import { beginningOf, parsedJson } from "./body-text.js";
import { BrokenAnswerError } from "./http-error.js";
import { hereKeyOf } from "./here-ids.js";

/** A record of an answer. */
export interface HereItem {
  /** As `hereKeyOf` its id; undefined where it has none. */
  readonly key: string | undefined;
  /** As sent, on one line: numbers keep all their digits. */
  readonly json: string;
}

export interface HereAnswer {
  readonly items: readonly HereItem[];
  /** The ids HERE says it does not have, as keys. */
  readonly missing: readonly string[];
}

/** The schema says `missingItems`, the prose of the documentation `missing`. */
const envelopeSchema = z.object({
  items: z.array(z.unknown()),
  missingItems: z.array(z.unknown()).nullish(),
  missing: z.array(z.unknown()).nullish(),
});

const withId = z.object({ id: z.string() });

/** Only the list of records is looked for; what stands around it is read by `envelopeSchema`. */
const ITEMS = { around: new Set(["items"]), within: new Set<string>() } as const;

/**
 * Opens the envelope of an answer.
 *
 * @throws {BrokenAnswerError} where it is not whole, so that it is asked for again; {UnreadableInputError} where asking
 * again would not change it.
 */
export function readHereAnswer(text: string): HereAnswer {
  const envelope = envelopeSchema.safeParse(parsedJson(text, "HERE's address"));
  if (!envelope.success)
    throw new UnreadableInputError(
      `the answer is no list of HERE EV Charge Points v3 (it has no \`items\`); is the address right? It begins: ${beginningOf(text)}`,
    );
  const { items, missingItems, missing } = envelope.data;
  const texts = itemTexts(Buffer.from(text, "utf8"));
  if (texts.length !== items.length)
    throw new BrokenAnswerError("the answer has its list `items` more than once");
  return {
    items: texts.map((json, index) => ({ key: keyOf(items[index]), json })),
    missing: [...(missingItems ?? []), ...(missing ?? [])].flatMap(missingKeys),
  };
}

/** What HERE looks a record up by; undefined where it has no id. */
export function keyOf(record: unknown): string | undefined {
  const read = withId.safeParse(record);
  return read.success ? hereKeyOf(read.data.id) : undefined;
}

/** An id, or an object with one: the documentation has no example. */
function missingKeys(item: unknown): readonly string[] {
  if (typeof item === "string") return [hereKeyOf(item)];
  const key = keyOf(item);
  return key === undefined ? [] : [key];
}

function itemTexts(bytes: Buffer): string[] {
  const window = new ScanWindow();
  try {
    const spans = spansOf(bytes, window, { file: "", envelope: ITEMS });
    const texts: string[] = [];
    for (let at = 0; at < spans.length; at += 2)
      texts.push(onOneLine(bytes.toString("utf8", spans[at], spans[at + 1])));
    return texts;
  } finally {
    window.close();
  }
}

/** In JSON a line break stands between values only, never within a text. */
function onOneLine(json: string): string {
  return json.replace(/[\r\n\t]+[ \r\n\t]*/g, "");
}

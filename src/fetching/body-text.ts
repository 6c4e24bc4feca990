/** Bodies that are small enough to be taken in whole. */
import { counted } from "../runs/counted.js";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { shownJson } from "../runs/secret.js";
import type { HttpAnswer } from "./http.js";
import { BrokenAnswerError } from "./http-error.js";
import { shownAddress } from "./shown-address.js";

/** A page of a feed, or an answer of HERE about 100 ids, has a few MB. */
const MOST_BYTES = 256 * 1024 * 1024;
const SHOWN_CHARACTERS = 200;

/**
 * The whole content as text (UTF-8; a byte order mark is left out).
 *
 * @throws {UnreadableInputError} when it is larger than `limit` bytes, decompressed.
 */
export async function textOf(answer: HttpAnswer, limit: number = MOST_BYTES): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > limit)
      throw new UnreadableInputError(
        `${shownAddress(answer.url)} sends more than ${counted(limit, "byte")} at once; that is not what it should be`,
      );
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * The whole content as JSON.
 *
 * @throws {BrokenAnswerError} when it is not (it is asked for again then); {UnreadableInputError} when it is a page for
 * people, which asking again would not change, or too large.
 */
export async function jsonOf(answer: HttpAnswer, limit: number = MOST_BYTES): Promise<unknown> {
  return parsedJson(await textOf(answer, limit), shownAddress(answer.url));
}

/**
 * What the text of an answer holds. `from`: what to call the one that answered.
 *
 * @throws as `jsonOf`.
 */
export function parsedJson(text: string, from: string): unknown {
  if (text.trimStart().startsWith("<"))
    throw new UnreadableInputError(
      `${from} answers with a page (HTML or XML) where JSON was expected; is the address right, or is a login or a proxy between? It begins: ${beginningOf(text)}`,
    );
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    const what = text.trim() === "" ? "empty" : `not whole JSON. It begins: ${beginningOf(text)}`;
    throw new BrokenAnswerError(`the answer is ${what}`, { cause: error });
  }
}

/** Text of a server for a message: it must not look like lines of our own, to people or to who reads a log. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** The beginning of an answer as it is quoted in messages, without secrets. */
export function beginningOf(text: string): string {
  // Stars first: half a secret would not be recognised.
  return JSON.stringify(shownJson(text.slice(0, 100 * SHOWN_CHARACTERS)).slice(0, SHOWN_CHARACTERS));
}

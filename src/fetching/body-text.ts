/** Bodies that are small enough to be taken in whole. */
import { counted } from "../runs/counted.js";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { shownJson, shownUrl } from "../runs/secret.js";
import type { HttpAnswer } from "./http.js";
import { BrokenAnswerError } from "./http-error.js";

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
        `${shownUrl(answer.url)} sends more than ${counted(limit, "byte")} at once; that is not what it should be`,
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
  const text = await textOf(answer, limit);
  if (text.trimStart().startsWith("<"))
    throw new UnreadableInputError(
      `${shownUrl(answer.url)} answers with a page (HTML or XML) where JSON was expected; is the address right? It begins: ${beginning(text)}`,
    );
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw new BrokenAnswerError(`the answer is not whole JSON. It begins: ${beginning(text)}`, {
      cause: error,
    });
  }
}

function beginning(text: string): string {
  // Stars first: half a secret would not be recognised.
  return JSON.stringify(shownJson(text.slice(0, 100 * SHOWN_CHARACTERS)).slice(0, SHOWN_CHARACTERS));
}

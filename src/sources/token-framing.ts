/**
 * The same framing by stream-json: ten times slower, but it can read records over the size limit and lists of
 * records in unusual places. It is also what the fast framing is tested against.
 */
import { isMany, getManyValues, none } from "stream-chain/defs.js";
import { jsonParser } from "stream-json/core/parser.js";

import type { Batch } from "./batch.js";
import { BATCH_BYTES, pieces } from "./batch-builder.js";
import { EnvelopeMembers } from "./envelope.js";
import { InputError } from "../input-error.js";
import { TokenWalk } from "./token-walk.js";

export interface TokenFramingOptions {
  /** The input's name, for messages. */
  readonly file: string;
  readonly members: EnvelopeMembers;
  /** Take the first list of objects at any depth for the records, where no envelope is found. */
  readonly anyList: boolean;
}

/**
 * The records of UTF-8 `bytes`, parsed and written again, so their offsets in the input are lost.
 * One malformed record ends the input: throws `InputError` with about where it stands.
 */
export async function* tokenBatches(
  bytes: AsyncIterable<Uint8Array>,
  { file, members, anyList }: TokenFramingOptions,
): AsyncGenerator<Batch, void, undefined> {
  const batch = new ValueBatch();
  const walk = new TokenWalk({ record: (value) => batch.add(value), members, anyList });
  const parse = jsonParser({ packValues: true, streamValues: false, jsonStreaming: true });
  const decoder = new TextDecoder();
  let read = 0;
  const push = (text: string | typeof none): void => {
    try {
      // `none` asks the parser for what it still holds; its type leaves that out.
      const tokens: ReturnType<typeof parse> = Reflect.apply(parse, undefined, [text]);
      if (isMany(tokens)) for (const token of getManyValues(tokens)) walk.token(token);
      if (text === none) walk.end();
    } catch (error) {
      throw new InputError(
        {
          file,
          byte: read,
          problem: `the JSON is malformed or cut off near here (${error instanceof Error ? error.message : ""})`,
          advice: "Read it without --reader tokens: then a malformed record is rejected alone.",
        },
        { cause: error },
      );
    }
  };
  for await (const chunk of bytes) {
    for (const piece of pieces(chunk)) {
      read += piece.length;
      push(decoder.decode(piece, { stream: true }));
      if (batch.length >= BATCH_BYTES) yield batch.take();
    }
  }
  push(decoder.decode());
  push(none);
  if (batch.length > 0) yield batch.take();
}

/** Values written as JSON, one after another. */
class ValueBatch {
  length = 0;
  #texts: Buffer[] = [];
  #firstRecord = 0;

  add(value: unknown): void {
    const text = Buffer.from(JSON.stringify(value));
    this.#texts.push(text);
    this.length += text.length;
  }

  take(): Batch {
    const bytes = new Uint8Array(this.length);
    const spans = new Uint32Array(this.#texts.length * 2);
    let at = 0;
    for (const [index, text] of this.#texts.entries()) {
      bytes.set(text, at);
      spans[2 * index] = at;
      at += text.length;
      spans[2 * index + 1] = at;
    }
    const firstRecord = this.#firstRecord;
    this.#firstRecord += this.#texts.length;
    this.#texts = [];
    this.length = 0;
    return { bytes, spans, byteOffset: undefined, firstRecord, lines: undefined };
  }
}

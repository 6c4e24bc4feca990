/** Small text files beside a run (state, decisions): read whole, gzip recognised by content, written line by line. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { systemCode, UnreadableInputError } from "./exit-codes.js";
import type { Output } from "./output-file.js";
import { utf16Problem, whyUnreadable } from "./unreadable-file.js";

export interface TextFile {
  /**
   * Its lines without their line breaks, made as they are asked for: the text as such would be the largest thing of a
   * run. Throws UnreadableInputError at what is no UTF-8.
   */
  lines(): Generator<string>;
  /** All of it as it stands, decompressed. */
  bytes(): Uint8Array;
  readonly sha256: string;
}

/** A piece of text this long goes out at once. */
const PIECE_CHARACTERS = 1 << 20;
const LINE_FEED = 0x0a;

/**
 * A UTF-8 file; `undefined` when there is none of that name.
 *
 * @throws {UnreadableInputError} when it cannot be read, or is a damaged gzip file.
 */
export async function readTextFile(name: string): Promise<TextFile | undefined> {
  const bytes = await readIfThere(name);
  if (bytes === undefined) return undefined;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const plain = intact(name, () => (isGzip(bytes) ? gunzipSync(bytes) : bytes));
  return { sha256, lines: () => linesIn(plain, name), bytes: () => plain };
}

/**
 * Copies a file compressed, to the same bytes whether it was or not; nothing where there is no such file.
 *
 * @throws {UnreadableInputError} as `readTextFile`.
 */
export async function copyCompressed(name: string, open: () => Promise<Output>): Promise<void> {
  const stored = await readIfThere(name);
  if (stored === undefined) return;
  const bytes = intact(name, () => (isGzip(stored) ? gunzipSync(stored) : stored));
  const output = await open();
  for (let start = 0; start < bytes.length; start += PIECE_CHARACTERS) {
    await output.write(gzipSync(bytes.subarray(start, start + PIECE_CHARACTERS), QUICK));
  }
}

/** Rather quick than small. */
const QUICK = { level: 1 } as const;

async function readIfThere(name: string): Promise<Buffer | undefined> {
  return readFile(name).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new UnreadableInputError(`${name}: ${whyUnreadable(error)}`, { cause: error });
  });
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function* linesIn(bytes: Buffer, name: string): Generator<string> {
  const wide = utf16Problem(bytes);
  if (wide !== undefined) throw new UnreadableInputError(`${name}: ${wide}`);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let number = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    number += 1;
    yield decoded(line);
    start = end + 1;
  }

  function decoded(line: Uint8Array): string {
    try {
      return decoder.decode(line);
    } catch (error) {
      throw new UnreadableInputError(
        `${name}, line ${number}: is damaged, or saved in another encoding than UTF-8; restore it from where it is kept, or save it as UTF-8`,
        { cause: error },
      );
    }
  }
}

function intact<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableInputError(`${name}: is damaged (${reason}); restore it from where it is kept`, {
      cause: error,
    });
  }
}

/** Writes texts one after the other; as gzip (the same bytes on every day, quick rather than small) when `compressed`. */
export async function writeTexts(
  output: Output,
  texts: Iterable<string>,
  compressed: boolean,
): Promise<void> {
  let piece = "";
  const flush = async (): Promise<void> => {
    if (piece !== "") await output.write(compressed ? gzipSync(piece, QUICK) : piece);
    piece = "";
  };
  for (const text of texts) {
    piece += text;
    if (piece.length >= PIECE_CHARACTERS) await flush();
  }
  await flush();
}

/** Small text files beside a run (state, decisions): read whole, gzip recognised by content, written line by line. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { systemCode, UnreadableInputError } from "./exit-codes.js";
import type { Output } from "./output-file.js";

export interface TextFile {
  readonly text: string;
  /** Of the file as it stands. */
  readonly bytes: number;
  readonly sha256: string;
}

/** A piece of text this long goes out at once. */
const PIECE_CHARACTERS = 1 << 20;

/**
 * A UTF-8 file, whole; `undefined` when there is none of that name.
 *
 * @throws {UnreadableInputError} when it cannot be read, or is no UTF-8 text or a damaged gzip file.
 */
export async function readTextFile(name: string): Promise<TextFile | undefined> {
  const bytes = await readFile(name).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new UnreadableInputError(`${name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  if (bytes === undefined) return undefined;
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(plain);
    return { text, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
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
    if (piece !== "") await output.write(compressed ? gzipSync(piece, { level: 1 }) : piece);
    piece = "";
  };
  for (const text of texts) {
    piece += text;
    if (piece.length >= PIECE_CHARACTERS) await flush();
  }
  await flush();
}

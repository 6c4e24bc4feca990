/** Inputs that can be read once only (stdin, pipes), kept in temporary files where a run has to read them twice. */
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OutputError } from "./exit-codes.js";
import type { Input } from "./inputs.js";
import { onEarlyEnd } from "./interruption.js";

export interface SpooledInputs {
  /** The inputs, each of which can be opened as often as one likes; names are as before. */
  readonly inputs: readonly Input[];
  /** Removes the temporary files. */
  discard(): Promise<void>;
}

const READ_BYTES = 1 << 19;

/** Reads what can be read once only to its end, into the system's folder for temporary files. */
export async function spooled(inputs: readonly Input[]): Promise<SpooledInputs> {
  if (inputs.every(({ seekable }) => seekable)) return { inputs, discard: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), "ocpi2osm-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const offEarlyEnd = onEarlyEnd(remove);
  const discard = async (): Promise<void> => {
    offEarlyEnd();
    await remove();
  };
  try {
    const kept = [];
    for (const [number, input] of inputs.entries()) {
      kept.push(input.seekable ? input : await copyOf(input, join(folder, `${number}`)));
    }
    return { inputs: kept, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function copyOf(input: Input, path: string): Promise<Input> {
  const file = await open(path, "wx", 0o600);
  let size = 0;
  try {
    for await (const chunk of input.open()) {
      await file.writeFile(chunk).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        throw new OutputError(`cannot keep ${input.name} in ${path} to read it twice: ${reason}`, {
          cause: error,
        });
      });
      size += chunk.length;
    }
  } finally {
    await file.close();
  }
  return { ...input, size, seekable: false, open: () => chunksOf(path) };
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("expected bytes");
    yield new Uint8Array(chunk);
  }
}

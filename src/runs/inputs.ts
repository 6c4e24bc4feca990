/** From the INPUT arguments to the files they stand for, always in the same order, and to their bytes. */
import { createHash } from "node:crypto";
import {
  type Stats,
  closeSync,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
} from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join, normalize, resolve } from "node:path";
import pLimit from "p-limit";
import { counted } from "./counted.js";
import { systemCode, UnreadableInputError, UsageError } from "./exit-codes.js";
import { isPattern, matchingFiles } from "./glob.js";

/** One thing to read. */
export interface Input {
  /** As the user would recognise it: the path as given, `-` for stdin. */
  readonly name: string;
  /** Bytes as they stand (compressed, if they are); undefined for pipes. */
  readonly size: number | undefined;
  /** Whether `readAt` works: a plain file. (Of a compressed file it reads compressed bytes.) */
  readonly seekable: boolean;
  /** Which plain file it is, under whatever name (`fileIdentity`); undefined for pipes and devices. */
  readonly identity?: string | undefined;
  /** Whether it was found in a folder, not named by itself. */
  readonly inFolder?: boolean | undefined;
  /** The raw bytes, in chunks the receiver owns. Throws UnreadableInputError, which says how far reading came. */
  open(): AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Exactly `length` bytes at `offset`, read at once. Throws UnreadableInputError where the file has become shorter. */
  readAt(offset: number, length: number): Uint8Array<ArrayBuffer>;
  /** Whether it is no longer the file that was found; missing for what is read only once. */
  hasChanged?(): Promise<boolean>;
  /** Lets go of what `readAt` keeps open. */
  close(): void;
}

export interface ExpandedInputs {
  /** Sorted by name in code-unit order, each file once. */
  readonly inputs: readonly Input[];
  /** Files found in the folders given that are no feeds by their names, and hidden ones. */
  readonly ignored: number;
}

/** Big enough that system calls do not count, small enough that a few in flight are nothing. */
const READ_BYTES = 1 << 19;
/** GeoJSON only where its name says that it was made of a JSON file: other GeoJSON is more likely somebody's output. */
const FEED_NAME = /\.(?:json|ndjson|jsonl|json\.geojson)(?:\.gz|\.zst)?$/i;
/** A folder may hold ten thousand answers; so many are looked at side by side. */
const FILES_LOOKED_AT = 32;

/**
 * The inputs that the arguments stand for: files (whatever their name), folders (every feed beneath, by name),
 * patterns, and `-` for stdin. The order of arguments does not matter (D7).
 *
 * Throws UsageError when there are no arguments or `-` comes twice, UnreadableInputError for what is missing or
 * matches nothing.
 */
export async function expandInputs(args: readonly string[]): Promise<ExpandedInputs> {
  if (args.length === 0)
    throw new UsageError("no input given: name a file, a folder, a pattern, or - for stdin");
  if (args.filter((argument) => argument === "-").length > 1)
    throw new UsageError("- (stdin) was given more than once, but can be read only once");
  if (args.includes("")) throw new UsageError("an input has no name (is a variable of a script empty?)");
  const names: string[] = [];
  const named = new Set<string>();
  let ignored = 0;
  for (const argument of args) {
    const found = argument === "-" ? { names: ["-"], ignored: 0 } : await filesOf(argument);
    for (const name of found.names) names.push(name);
    if (found.inFolder !== true) for (const name of found.names) named.add(resolve(name));
    ignored += found.ignored;
  }
  // One file may come under several names (`a`, `./a`, `/full/a`): the smallest is kept, whatever the order given.
  const byPath = new Map<string, string>();
  for (const name of names.sort(byCodeUnits)) {
    const path = name === "-" ? "-" : resolve(name);
    if (!byPath.has(path)) byPath.set(path, name);
  }
  const looking = pLimit(FILES_LOOKED_AT);
  const inputs = await Promise.all(
    [...byPath].map(([path, name]) =>
      looking(async () => Object.assign(await inputOf(name), { inFolder: path !== "-" && !named.has(path) })),
    ),
  );
  return { inputs, ignored };
}

interface FoundFiles {
  readonly names: string[];
  readonly ignored: number;
  readonly inFolder?: true;
}

async function filesOf(argument: string): Promise<FoundFiles> {
  const path = normalize(argument);
  const about = await stat(path).catch((error: unknown) => {
    if (isPattern(argument) && systemCode(error) === "ENOENT") return undefined;
    throw unreadable(argument, error);
  });
  if (about === undefined) {
    const names = await matchingFiles(path);
    if (names.length === 0) throw new UnreadableInputError(`${argument}: no file matches this pattern`);
    return { names, ignored: 0 };
  }
  if (!about.isDirectory()) return { names: [path], ignored: 0 };
  const found = { names: [], ignored: 0 };
  await feedsBeneath(path, found);
  if (found.names.length === 0)
    throw new UnreadableInputError(
      `${argument}: no feed in this folder (looked for *.json, *.ndjson, *.jsonl, *.json.geojson, also .gz and .zst); ` +
        `${counted(found.ignored, "other file")} ignored`,
    );
  return { ...found, inFolder: true };
}

/** Linked folders are not entered: they may lead back. */
async function feedsBeneath(folder: string, found: { names: string[]; ignored: number }): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const hidden = entry.name.startsWith(".");
    if (entry.isDirectory()) {
      if (!hidden) await feedsBeneath(path, found);
    } else if (!hidden && FEED_NAME.test(entry.name) && (entry.isFile() || (await leadsToFile(path))))
      found.names.push(path);
    else found.ignored += 1;
  }
}

async function leadsToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (about) => about.isFile(),
    () => false,
  );
}

async function inputOf(name: string): Promise<Input> {
  if (name === "-") return stdinInput();
  const about = await stat(name).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  return about.isFile() ? fileInput(name, about) : pipeInput(name, () => createReadStream(name));
}

/** Which plain file it is; devices and pipes can be read and written at once. */
export function fileIdentity(about: Stats | undefined): string | undefined {
  return about?.isFile() ? `${about.dev}:${about.ino}` : undefined;
}

function fileInput(name: string, about: Stats): Input {
  const { size } = about;
  let descriptor: number | undefined;
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    name,
    size,
    seekable: true,
    identity: fileIdentity(about),
    open: () => (size <= SMALL_FILE_BYTES ? smallFileBytes(name) : fileBytes(name)),
    async hasChanged() {
      const now = await stat(name).catch(() => undefined);
      return fileIdentity(now) !== fileIdentity(about) || now?.size !== size || now.mtimeMs !== about.mtimeMs;
    },
    readAt(offset, length) {
      const bytes = new Uint8Array(length);
      let read = 0;
      try {
        descriptor ??= openSync(name, "r");
        for (let got = -1; read < length && got !== 0; read += got)
          got = readSync(descriptor, bytes, read, length - read, offset + read);
      } catch (error) {
        throw unreadable(name, error);
      } finally {
        // Ten thousand small files that each stay open would be more than a process may have.
        if (size <= SMALL_FILE_BYTES) close();
      }
      if (read < length)
        throw new UnreadableInputError(
          `${name}: changed while it was being read (${length} bytes at byte ${offset} are no longer there); run again`,
        );
      return bytes;
    },
    close,
  };
}

/** Read at once, without a thread: a folder may hold ten thousand of them, and each wait takes longer than the reading. */
const SMALL_FILE_BYTES = 1 << 18;

async function* smallFileBytes(name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(name);
  } catch (error) {
    throw unreadable(name, error);
  }
  // Copied where it lies in a pool of Node's, which must not be handed to another thread.
  yield bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes);
}

/** Reads ahead by one chunk, so that the disk works while the chunk before is being looked at. */
async function* fileBytes(name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const file = await open(name, "r").catch((error: unknown) => {
    throw unreadable(name, error);
  });
  let done = 0;
  const chunk = async () => {
    const { bytesRead, buffer } = await file.read(new Uint8Array(READ_BYTES), 0, READ_BYTES, null);
    return buffer.subarray(0, bytesRead);
  };
  let next = chunk();
  try {
    for (;;) {
      const bytes = await next.catch((error: unknown) => {
        throw unreadable(name, error, done);
      });
      if (bytes.length === 0) return;
      done += bytes.length;
      next = chunk();
      yield bytes;
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}

function stdinInput(): Input {
  const about = fstatSync(0);
  if (!about.isFile()) return pipeInput("-", () => process.stdin);
  const chunks = () => createReadStream("", { fd: 0, autoClose: false, highWaterMark: READ_BYTES });
  return { ...pipeInput("-", chunks), size: about.size, identity: fileIdentity(about) };
}

/** What can be read once, from front to end. */
function pipeInput(name: string, chunks: () => AsyncIterable<unknown>): Input {
  return {
    name,
    size: undefined,
    seekable: false,
    async *open() {
      let done = 0;
      try {
        for await (const chunk of chunks()) {
          if (!(chunk instanceof Uint8Array)) throw new TypeError("expected bytes");
          done += chunk.length;
          // Copied: small reads of Node share one pool, which must not be handed to another thread.
          yield new Uint8Array(chunk);
        }
      } catch (error) {
        throw systemCode(error) === undefined ? error : unreadable(name, error, done);
      }
    },
    readAt() {
      throw new TypeError(`${name} is a pipe: it has no bytes to go back to`);
    },
    close: () => undefined,
  };
}

/** Passes bytes on and remembers how many there were and their SHA-256, for the report's manifest (D7). */
export function fingerprinted(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): {
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** To be called once, after the last chunk. */
  fingerprint(): { bytes: number; sha256: string };
} {
  const hash = createHash("sha256");
  let bytes = 0;
  const passing = async function* () {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  return { chunks: passing(), fingerprint: () => ({ bytes, sha256: hash.digest("hex") }) };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied; check who may read it",
  EPERM: "permission denied; check who may read it",
  EISDIR: "is a folder",
  ENOTDIR: "part of this path is a file, not a folder",
  EMFILE: "too many open files; raise the limit (ulimit -n)",
  EIO: "the device reports a read error",
};

function unreadable(name: string, error: unknown, byte?: number): UnreadableInputError {
  const reason = REASONS[systemCode(error) ?? ""] ?? (error instanceof Error ? error.message : String(error));
  const where = byte === undefined ? "" : ` (after byte ${byte})`;
  return new UnreadableInputError(`${name}: ${reason}${where}`, { cause: error });
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

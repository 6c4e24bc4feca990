/** The records of a download: those of the output as it stands, those of a download that broke off, and the new ones. */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { UnreadableInputError, UsageError, systemCode } from "../runs/exit-codes.js";
import { openOutput } from "../runs/output-file.js";
import type { HereItem } from "./here-answer.js";
import { HerePartFile, written } from "./here-part-file.js";
import { type LinePlace, PlacedLines, linesOf, parseRecordLine, recordLine } from "./here-record-lines.js";

/** One object a record, as there may be millions. */
interface Known extends LinePlace {
  /** `part`: of this download, begun by this run or one before it. */
  readonly from: "output" | "part";
  readonly retrieved: number | undefined;
}

interface Opened {
  readonly output: string;
  readonly known: Map<string, Known>;
  readonly part: HerePartFile;
  readonly earlier: FileHandle | undefined;
  readonly unreadable: number;
}

const GZIP_NAME = /\.gz$/i;

/** A record of an answer that was asked for. */
export type FoundItem = HereItem & { readonly key: string };

export class HereRecords {
  /** Lines of the part that were damaged; their records are fetched anew. */
  readonly unreadable: number;
  readonly #output: string;
  readonly #known: Map<string, Known>;
  readonly #part: HerePartFile;
  readonly #earlier: FileHandle | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor({ output, known, part, earlier, unreadable }: Opened) {
    this.#output = output;
    this.#known = known;
    this.#part = part;
    this.#earlier = earlier;
    this.unreadable = unreadable;
  }

  /**
   * Opens what there is for `output`, which must be locked. Holds ids and places, never records.
   *
   * @throws {UsageError} where the output cannot be written, or is no file of records; {UnreadableInputError} where it
   * cannot be read.
   */
  static async open(output: string): Promise<HereRecords> {
    const earlier = await openEarlier(output);
    let part: HerePartFile | undefined;
    try {
      const known = new Map<string, Known>();
      if (earlier !== undefined) await readEarlier(earlier, output, known);
      part = await HerePartFile.open(`${output}.part`);
      const unreadable = await readPart(part, known);
      return new HereRecords({ output, known, part, earlier, unreadable });
    } catch (error) {
      await earlier?.close();
      await part?.close();
      throw error;
    }
  }

  /** How many records there are whose key is none of these. */
  besides(keys: ReadonlySet<string>): number {
    let count = 0;
    for (const key of this.#known.keys()) if (!keys.has(key)) count += 1;
    return count;
  }

  has(key: string): boolean {
    return this.#known.has(key);
  }

  /**
   * Forgets the records that are older than `maxAge` milliseconds at `now`, so that they count as not there. Where all
   * are to be fetched anew (0), what a broken-off download had retrieved within the last day counts as new: that
   * download goes on.
   */
  forgetOlder(maxAge: number, now: number): void {
    for (const [key, { from, retrieved }] of this.#known) {
      const limit = from === "part" && maxAge === 0 ? CONTINUED_MS : maxAge;
      const age = retrieved === undefined ? Infinity : now - retrieved;
      // One from the future tells of a clock that was wrong, and nothing of its age.
      if (age >= limit || age < -FUTURE_MS) this.#known.delete(key);
    }
  }

  /** Adds records; they are on the disk when it resolves. */
  async add(items: readonly FoundItem[], retrieved: Date): Promise<void> {
    const before = this.#writing;
    const written = (async () => {
      await before;
      const places = await this.#part.append(items.map(({ json }) => recordLine(json, retrieved)));
      for (const [index, { key }] of items.entries()) {
        const place = places[index];
        if (place !== undefined)
          this.#known.set(key, { from: "part", retrieved: retrieved.getTime(), ...place });
      }
    })();
    this.#writing = written.catch(() => undefined);
    await written;
  }

  /** Writes the output: the records of these keys in their order, those that are there. The part goes then. */
  async publish(keys: Iterable<string>): Promise<void> {
    const output = await openOutput(this.#output);
    try {
      const write = async (bytes: AsyncIterable<Uint8Array>): Promise<void> => {
        for await (const chunk of bytes) await output.write(chunk);
      };
      const lines = Readable.from(this.#lines(keys), { objectMode: false });
      if (GZIP_NAME.test(this.#output)) await pipeline(lines, createGzip(), write);
      else await pipeline(lines, write);
      await output.commit();
    } catch (error) {
      await output.discard();
      throw error;
    }
    await this.#earlier?.close();
    await this.#part.remove();
  }

  /** Lets go of the files, when there will be no output: what was retrieved stays for the next run. */
  async leave(): Promise<void> {
    await this.#writing;
    await this.#earlier?.close();
    await this.#part.leave();
  }

  async *#lines(keys: Iterable<string>): AsyncGenerator<Buffer, void, undefined> {
    const part = new PlacedLines(this.#part.file);
    const earlier = this.#earlier && new PlacedLines(this.#earlier);
    let pieces: Buffer[] = [];
    let bytes = 0;
    for (const key of keys) {
      const known = this.#known.get(key);
      const lines = known?.from === "output" ? earlier : part;
      if (known === undefined || lines === undefined) continue;
      pieces.push(Buffer.from(await lines.at(known)), LINE_BREAK);
      bytes += known.length + 1;
      if (bytes < PIECE_BYTES) continue;
      yield Buffer.concat(pieces);
      pieces = [];
      bytes = 0;
    }
    if (bytes > 0) yield Buffer.concat(pieces);
  }
}

async function readEarlier(file: FileHandle, output: string, known: Map<string, Known>): Promise<void> {
  let number = 0;
  for await (const { bytes, offset, length } of linesOf(file)) {
    number += 1;
    if (bytes.toString("latin1").trim() === "") continue;
    const record = parseRecordLine(bytes);
    if (record === undefined)
      throw new UsageError(
        `${output} is there and is not what fetch here writes (line ${number} is no record with an id); ` +
          "it is left as it is: name another output, or move it away",
      );
    known.set(record.key, { from: "output", retrieved: record.retrieved, offset, length });
  }
}

/** Records of the part are newer than those of the output. Tells how many of its lines are no records. */
async function readPart(part: HerePartFile, known: Map<string, Known>): Promise<number> {
  let unreadable = 0;
  for await (const record of part.records()) {
    if (record === null) unreadable += 1;
    else known.set(record.key, { from: "part", retrieved: record.retrieved, ...record.place });
  }
  return unreadable;
}

const LINE_BREAK = Buffer.from("\n");
const PIECE_BYTES = 1 << 17;
/** A download that broke off longer ago is begun anew where all is to be fetched anew. */
const CONTINUED_MS = 24 * 3600_000;
const FUTURE_MS = 5 * 60_000;

/** The output as it stands, decompressed; undefined where there is none or it is empty. */
async function openEarlier(output: string): Promise<FileHandle | undefined> {
  const file = await open(output, "r").catch((error: unknown) => {
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UsageError(`${output} is there and cannot be read (${code ?? String(error)})`, {
      cause: error,
    });
  });
  if (file === undefined) return undefined;
  try {
    const about = await file.stat();
    if (!about.isFile()) throw new UsageError(`${output} is no file; name a file to write to`);
    const start = Buffer.alloc(2);
    const { bytesRead } = await file.read(start, 0, 2, 0);
    if (bytesRead > 0 && !(start[0] === 0x1f && start[1] === 0x8b)) return file;
    const plain = bytesRead === 0 ? undefined : await decompressed(file, output);
    await file.close();
    return plain;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** In a file without a name, which is gone with its last user, whatever happens. */
async function decompressed(file: FileHandle, output: string): Promise<FileHandle> {
  const name = join(dirname(output), `.${basename(output)}.${process.pid}.plain`);
  const plain = await open(name, "w+").catch((error: unknown) => {
    throw new UsageError(`cannot write ${name}: ${String(error)}`, { cause: error });
  });
  try {
    await unlink(name);
    let end = 0;
    await pipeline(bytesOf(file), createGunzip(), async (content: AsyncIterable<Uint8Array>) => {
      for await (const chunk of content) end += await written(plain, chunk, end);
    });
    return plain;
  } catch (error) {
    await plain.close();
    const code = systemCode(error) ?? "";
    if (!code.startsWith("Z_")) throw error;
    throw new UnreadableInputError(
      `${output} is damaged (${code}); move it away to fetch all of it anew, or put a copy that is whole in its place`,
      { cause: error },
    );
  }
}

const READ_BYTES = 1 << 18;

async function* bytesOf(file: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

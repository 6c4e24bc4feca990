/**
 * Records on their way from a server to a file: on the disk, a line each, with an index in memory of where they are. A
 * page that has to be asked for again is taken back; a Location that comes on two pages is there once.
 */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { OutputError, UsageError, systemCode } from "../runs/exit-codes.js";
import { onEarlyEnd } from "../runs/interruption.js";
import { removeStale } from "../runs/output-file.js";
import type { LocationIdentity } from "./ocpi-identity.js";

/** Where a record's line is in the spool, its line feed included. */
interface Place {
  readonly offset: number;
  readonly length: number;
  /** Milliseconds since 1970; NaN where the record does not tell. */
  readonly lastUpdated: number;
}

/** Pieces of the spool are read back in about this size. */
const READ_BYTES = 1 << 20;
/** Of Locations that came twice, so many are listed. */
const LISTED = 1000;

export class RecordSpool {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #offEarlyEnd: () => void;
  readonly #places: Place[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #repeated: string[] = [];
  #repetitions = 0;
  #withinPages = 0;
  /** Where the pages that are whole end. */
  #kept = 0;
  #end = 0;
  /** Of the page that is being read. */
  #page: { readonly identity: LocationIdentity | undefined; readonly length: number }[] = [];

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
    this.#offEarlyEnd = onEarlyEnd(() => this.discard());
  }

  /**
   * A spool beside the file that will be written.
   *
   * @throws {UsageError} where its folder cannot be written to; {OutputError} when the system refuses.
   */
  static async beside(output: string): Promise<RecordSpool> {
    const name = join(dirname(output), `${basename(output)}.spool`);
    const path = join(dirname(output), `.${basename(name)}.${process.pid}.tmp`);
    try {
      await removeStale(name);
      return new RecordSpool(path, await open(path, "wx+", 0o600));
    } catch (error) {
      const code = systemCode(error);
      if (
        code === "ENOENT" ||
        code === "ENOTDIR" ||
        code === "EACCES" ||
        code === "EPERM" ||
        code === "EROFS"
      )
        throw new UsageError(
          `cannot write ${output}: ${code === "ENOENT" ? "there is no such folder; create it first" : `its folder cannot be written to (${code})`}`,
          { cause: error },
        );
      throw writingFailed(path, error);
    }
  }

  /** Records that are kept. */
  get records(): number {
    return this.#places.length;
  }

  /** Records that came, those of one page that came twice among them: to be compared with what was announced. */
  get accounted(): number {
    return this.#places.length + this.#withinPages;
  }

  /** How often a Location came again, and the ids of some of these, as `LT*ABC*1`. */
  get repetitions(): { readonly count: number; readonly ids: readonly string[] } {
    return { count: this.#repetitions, ids: this.#repeated };
  }

  /** Begins a page, or begins it anew: what came of an attempt that failed is forgotten. */
  beginPage(): void {
    this.#page = [];
    this.#end = this.#kept;
  }

  /** Lines of the page, each with its line feed, and the identity of each where it is wanted and known. */
  async add(
    lines: Uint8Array,
    records: ReadonlyArray<{ readonly identity: LocationIdentity | undefined; readonly length: number }>,
  ): Promise<void> {
    try {
      for (let done = 0; done < lines.length;) {
        const { bytesWritten } = await this.#file.write(lines, done, lines.length - done, this.#end + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw writingFailed(this.#path, error);
    }
    this.#end += lines.length;
    for (const record of records) this.#page.push(record);
  }

  /**
   * The page has come whole. Returns how many of its Locations had not come before. What one page has twice is the
   * server's own doing and is kept, but not in a delta, where only one of them can take the place of what is stored.
   */
  endPage(isDelta: boolean): number {
    let fresh = 0;
    let offset = this.#kept;
    const first = this.#places.length;
    for (const { identity, length } of this.#page) {
      const place = { offset, length, lastUpdated: identity?.lastUpdated ?? Number.NaN };
      offset += length;
      const earlier = identity === undefined ? undefined : this.#byKey.get(identity.key);
      const isOfThisPage = earlier !== undefined && earlier >= first;
      if (identity !== undefined && earlier !== undefined && (!isOfThisPage || isDelta)) {
        this.#repeat(identity, earlier, place);
        if (isOfThisPage) this.#withinPages += 1;
        continue;
      }
      if (identity !== undefined && earlier === undefined) this.#byKey.set(identity.key, this.#places.length);
      this.#places.push(place);
      fresh += 1;
    }
    this.#kept = this.#end;
    this.#page = [];
    return fresh;
  }

  /** Of a Location that comes again the one that was updated later is kept, where that tells nothing the later one. */
  #repeat(identity: LocationIdentity, position: number, place: Place): void {
    this.#repetitions += 1;
    if (this.#repeated.length < LISTED) this.#repeated.push(identity.shown);
    const earlier = this.#places[position]?.lastUpdated ?? Number.NaN;
    if (!(earlier > place.lastUpdated)) this.#places[position] = place;
  }

  /** The position of a Location among the records; `undefined` when it did not come. */
  positionOf(key: string): number | undefined {
    return this.#byKey.get(key);
  }

  /** The lines of the records at some positions, in their order, about a MiB at a time. */
  async *lines(positions?: Iterable<number>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    let from = 0;
    let to = 0;
    for (const position of positions ?? this.#places.keys()) {
      const place = this.#places[position];
      if (place === undefined) continue;
      if (place.offset !== to || to - from >= READ_BYTES) {
        if (to > from) yield await this.#read(from, to);
        from = place.offset;
      }
      to = place.offset + place.length;
    }
    if (to > from) yield await this.#read(from, to);
  }

  async #read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(to - from);
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, from + done);
      if (bytesRead === 0) throw new OutputError(`${this.#path}: has become shorter while it was in use`);
      done += bytesRead;
    }
    return bytes;
  }

  /** Removes it. May be called twice. */
  async discard(): Promise<void> {
    this.#offEarlyEnd();
    await this.#file.close().catch(() => undefined);
    await unlink(this.#path).catch(() => undefined);
  }
}

function writingFailed(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const reason =
    code === "ENOSPC" || code === "EDQUOT" ? "disk full" : error instanceof Error ? error.message : code;
  return new OutputError(`${reason} while writing ${path}; the previous file is unchanged`, { cause: error });
}

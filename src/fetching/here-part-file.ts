/** `OUTPUT.part`: what a download has retrieved so far, on the disk for good, so that it can go on after anything. */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { OutputError, UsageError, systemCode } from "../runs/exit-codes.js";
import { type LinePlace, type RecordLine, linesOf, parseRecordLine } from "./here-record-lines.js";

export interface PlacedRecord extends RecordLine {
  readonly place: LinePlace;
}

export class HerePartFile {
  readonly name: string;
  readonly file: FileHandle;
  #end = 0;

  private constructor(name: string, file: FileHandle) {
    this.name = name;
    this.file = file;
  }

  /** Opens the part, or begins one. @throws {UsageError} where its folder cannot be written to. */
  static async open(name: string): Promise<HerePartFile> {
    const file = await open(name, "r+")
      .catch((error: unknown) => {
        if (systemCode(error) === "ENOENT") return open(name, "wx+");
        throw error;
      })
      .catch((error: unknown) => {
        throw opening(name, error);
      });
    return new HerePartFile(name, file);
  }

  /**
   * What an earlier, broken-off download left. A last line that was being written is cut off; a line that is no record
   * (`null`) is passed over.
   */
  async *records(): AsyncGenerator<PlacedRecord | null, void, undefined> {
    for await (const { bytes, offset, length, whole } of linesOf(this.file)) {
      if (!whole) break;
      this.#end = offset + length + 1;
      const record = parseRecordLine(bytes);
      yield record === undefined ? null : { ...record, place: { offset, length } };
    }
    await this.file.truncate(this.#end);
  }

  /** Writes lines, line breaks included, and waits until they are on the disk; tells where each stands. */
  async append(lines: readonly string[]): Promise<readonly LinePlace[]> {
    const bytes = Buffer.from(lines.join(""), "utf8");
    let offset = this.#end;
    try {
      await written(this.file, bytes, offset);
      await this.file.datasync();
    } catch (error) {
      throw writing(this.name, error);
    }
    const places = lines.map((line) => {
      const length = Buffer.byteLength(line, "utf8");
      const place = { offset, length: length - 1 };
      offset += length;
      return place;
    });
    this.#end = offset;
    return places;
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  /** It is not needed any more. */
  async remove(): Promise<void> {
    await this.close();
    await unlink(this.name);
  }

  /** Closes it; leaves nothing where there is nothing in it. */
  async leave(): Promise<void> {
    if (this.#end === 0) await this.remove();
    else await this.close();
  }
}

/** Writes all of the bytes at `offset`; tells how many that were. */
export async function written(file: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
  return done;
}

function opening(name: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR")
    return new UsageError(`cannot write ${name}: there is no such folder; create it first`, { cause: error });
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new UsageError(`cannot write ${name}: no permission to write in its folder`, { cause: error });
  if (code === "EISDIR") return new UsageError(`${name} is a folder; remove it, or name another output`);
  return writing(name, error);
}

function writing(name: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const why =
    code === "ENOSPC" || code === "EDQUOT" ? "disk full" : error instanceof Error ? error.message : code;
  return new OutputError(
    `${why} while writing ${name}; what was retrieved before is in it, and the next run goes on from there`,
    { cause: error },
  );
}

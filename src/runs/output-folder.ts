/**
 * Writing several files that belong together: all are whole and on the disk before the first takes its name, so
 * a run that fails leaves every file of the one before it as it was.
 */
import { mkdir, readdir, rmdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { OutputError, systemCode, UsageError } from "./exit-codes.js";
import { openOutput, removeStale, type Output } from "./output-file.js";

/** A file of the folder, for the manifest. */
export interface WrittenFile {
  /** Its name within the folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface OutputFolder {
  readonly name: string;
  /** Opens a file of the folder; its SHA-256 is worked out as it is written. */
  open(file: string): Promise<Output>;
  /** All files opened so far are on the disk for good, though not yet in their places. Sorted by name. */
  finish(): Promise<readonly WrittenFile[]>;
  /** Puts every file in its place, in the order they were opened, and removes `stale` ones that were not written anew. */
  commit(): Promise<void>;
  /** Leaves everything as it was. May be called at any time, also after `commit` (when it does nothing). */
  discard(): Promise<void>;
}

/**
 * Opens a folder to write to; makes it, but not the folders above it. `stale` tells which files of an earlier run are
 * replaced even by nothing: others in the folder are none of our business.
 *
 * @throws {UsageError} when the name is a file, is empty, or the folder cannot be made.
 */
export async function openOutputFolder(
  name: string,
  stale: (file: string) => boolean,
): Promise<OutputFolder> {
  if (name === "" || name === "-")
    throw new UsageError("the output of this command is a folder: name one with -o");
  const existing = await stat(name).catch(() => undefined);
  if (existing !== undefined && !existing.isDirectory())
    throw new UsageError(`${name} is a file; name a folder for the results`);
  if (existing === undefined) await makeFolder(name);
  else await removeLeftovers(name, stale);
  const outputs = new Map<string, Output>();
  const written = new Map<string, WrittenFile>();
  return {
    name,
    async open(file) {
      const output = await openOutput(join(name, file), true);
      outputs.set(file, output);
      return output;
    },
    async finish() {
      for (const [file, output] of outputs) {
        const { bytes, sha256 = "" } = await output.finish();
        written.set(file, { file, bytes, sha256 });
      }
      return [...written.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
    },
    async commit() {
      for (const output of outputs.values()) await output.finish();
      for (const output of outputs.values()) await output.commit();
      for (const file of await readdir(name)) {
        if (stale(file) && !outputs.has(file)) await unlink(join(name, file)).catch(() => undefined);
      }
    },
    async discard() {
      for (const output of outputs.values()) await output.discard();
      // A folder made for nothing; one with anything in it refuses.
      if (existing === undefined) await rmdir(name).catch(() => undefined);
    },
  };
}

/** Temporary files of a run that was killed, also of files that this run does not write. */
async function removeLeftovers(name: string, stale: (file: string) => boolean): Promise<void> {
  for (const file of await readdir(name)) {
    const [, of = ""] = /^\.(.+)\.\d+\.tmp$/.exec(file) ?? [];
    if (of !== "" && stale(of)) await removeStale(join(name, of));
  }
}

async function makeFolder(name: string): Promise<void> {
  await mkdir(name).catch((error: unknown) => {
    const code = systemCode(error);
    if (code === "EEXIST") return;
    if (code === "ENOENT")
      throw new UsageError(
        `cannot make the folder ${name}: the folder above it does not exist; create it first`,
      );
    if (code === "EACCES" || code === "EPERM" || code === "EROFS")
      throw new UsageError(`cannot make the folder ${name}: no permission`);
    throw new OutputError(
      `cannot make the folder ${name}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  });
}

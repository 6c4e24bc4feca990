/**
 * Writing a file so that it is either whole or not there: bytes go to a temporary name in the same folder, which
 * takes the final name only when all is on the disk. What cannot be replaced (stdout, pipes, devices) is written
 * straight through.
 */
import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import {
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
  type FileHandle,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { OutputError, ReaderGoneError, systemCode, UsageError } from "./exit-codes.js";
import { onEarlyEnd } from "./interruption.js";

/** What has been written, for the report. */
export interface Written {
  readonly bytes: number;
  /** Undefined unless the output was opened to be hashed. */
  readonly sha256: string | undefined;
}

export interface Output {
  /** As the user gave it; `-` for stdout. */
  readonly name: string;
  /** Whether `patch` works: only for files. */
  readonly patchable: boolean;
  /** Resolves when the next chunk may come. On failure the temporary file is gone already. */
  write(chunk: Uint8Array | string): Promise<void>;
  /** Overwrites bytes written before. */
  patch(offset: number, bytes: Uint8Array | string): Promise<void>;
  /**
   * All that was written is on the disk for good, but not yet in its place: once several outputs are finished, little
   * can keep one of them from being published when the others are. Nothing can be written after.
   */
  finish(): Promise<Written>;
  /** Finishes, and puts the file in its place. */
  commit(): Promise<Written>;
  /** Leaves everything as it was. May be called at any time, also after `commit` (when it does nothing). */
  discard(): Promise<void>;
}

const STAGED_BYTES = 1 << 17;

/** Final names being written by this process: two outputs must not fight over one. */
const underWay = new Set<string>();

/**
 * Opens an output. `-` and `/dev/stdout` are stdout, `/dev/stderr` is stderr. Through a symbolic link, the file it
 * leads to is replaced. With `hashed`, `commit` tells the SHA-256 (for a report); it is not free.
 *
 * Throws UsageError when the place cannot be written to, OutputError when the system refuses.
 */
export async function openOutput(name: string, hashed = false): Promise<Output> {
  if (name === "") throw new UsageError("an output has no name (is a variable of a script empty?)");
  if (name === "-" || name === "/dev/stdout") return streamOutput("-", process.stdout, hashed);
  // Also where it leads to a plain file (`2> log`), which must not be replaced while others write to it.
  if (name === "/dev/stderr") return streamOutput(name, process.stderr, hashed);
  const path = await linkTarget(resolve(name));
  const existing = await stat(path).catch(absent);
  if (existing?.isDirectory()) throw new UsageError(`${name} is a folder; name a file in it`);
  if (existing !== undefined && !existing.isFile()) return deviceOutput(name, path, hashed);
  const folder = await realpath(dirname(path)).catch(absent);
  if (folder === undefined || !(await stat(folder)).isDirectory())
    throw new UsageError(`cannot write ${name}: there is no folder ${dirname(path)}; create it first`);
  const target = join(folder, basename(path));
  if (underWay.has(target))
    throw new UsageError(`two outputs would be written to ${name}; give each its own`);
  underWay.add(target);
  try {
    await removeStale(target);
    return await atomicOutput(name, target, existing, hashed);
  } catch (error) {
    underWay.delete(target);
    throw failed(name, error, 0, false);
  }
}

/** Writes a file whole or not at all. @throws as `openOutput`. */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  const output = await openOutput(file);
  try {
    await output.write(text);
    await output.commit();
  } finally {
    await output.discard();
  }
}

async function atomicOutput(
  name: string,
  target: string,
  existing: Stats | undefined,
  hashed: boolean,
): Promise<Output> {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const file = await open(temporary, "wx+", 0o666);
  const hash = hashed ? createHash("sha256") : undefined;
  /** What was given to be written. */
  let bytes = 0;
  /** The end of it that is not in the file yet: ten thousand small writes take longer than all the rest of them. */
  let staged: Buffer | undefined;
  let stagedBytes = 0;
  let patched = false;
  let finished: Written | undefined;
  let ended = false;

  const end = async () => {
    ended = true;
    offEarlyEnd();
    await file.close().catch(() => undefined);
    underWay.delete(target);
  };
  const discard = async () => {
    if (ended) return;
    await end();
    await unlink(temporary).catch(() => undefined);
  };
  const offEarlyEnd = onEarlyEnd(discard);
  const put = async (data: Uint8Array, at: number): Promise<void> => {
    const writing = writeWhole(file, data, at);
    hash?.update(data);
    await writing;
  };
  const flush = async (): Promise<void> => {
    if (staged === undefined || stagedBytes === 0) return;
    const data = staged.subarray(0, stagedBytes);
    stagedBytes = 0;
    await put(data, bytes - data.length);
  };
  const finish = async (): Promise<Written> => {
    await flush();
    staged = undefined;
    const sha256 = hashed && patched ? await sha256Of(temporary) : hash?.digest("hex");
    await file.sync();
    return { bytes, sha256 };
  };
  /** Does a step; when it fails, nothing is left of this output and the user is told why. */
  const attempt = async <Result>(step: () => Promise<Result>): Promise<Result> => {
    if (ended) throw new OutputError(`${name} was closed before all of it was written`);
    try {
      return await step();
    } catch (error) {
      await discard();
      throw failed(name, error, bytes, existing !== undefined);
    }
  };
  if (existing !== undefined) await attempt(() => file.chmod(existing.mode & 0o7777));

  return {
    name,
    patchable: true,
    write: (chunk) =>
      attempt(async () => {
        const data = asBytes(chunk);
        if (stagedBytes + data.length > STAGED_BYTES) await flush();
        if (data.length > STAGED_BYTES) await put(data, bytes);
        else {
          staged ??= Buffer.allocUnsafe(STAGED_BYTES);
          staged.set(data, stagedBytes);
          stagedBytes += data.length;
        }
        bytes += data.length;
      }),
    patch: (offset, chunk) =>
      attempt(async () => {
        const data = asBytes(chunk);
        if (offset + data.length > bytes) throw new RangeError("a patch must lie within what was written");
        await flush();
        await writeWhole(file, data, offset);
        patched = true;
      }),
    finish: () => attempt(async () => (finished ??= await finish())),
    commit: () =>
      attempt(async () => {
        finished ??= await finish();
        await rename(temporary, target);
        await end();
        await syncFolder(dirname(target));
        return finished;
      }),
    discard,
  };
}

/** An output that cannot be replaced or taken back: bytes go out as they come. */
export function streamOutput(name: string, stream: Writable, hashed = false): Output {
  const hash = hashed ? createHash("sha256") : undefined;
  let bytes = 0;
  let finished: Written | undefined;
  const finish = async (): Promise<Written> => (finished ??= { bytes, sha256: hash?.digest("hex") });
  // Without a listener a closed pipe would end the process; every failure comes through `write`'s callback too.
  stream.on("error", () => undefined);
  return {
    name,
    patchable: false,
    async write(chunk) {
      const data = asBytes(chunk);
      await new Promise<void>((done, fail) => {
        stream.write(data, (error) => (error ? fail(failed(name, error, bytes, false)) : done()));
      });
      hash?.update(data);
      bytes += data.length;
    },
    patch: () => Promise.reject(new TypeError(`${name} cannot be patched`)),
    finish,
    commit: finish,
    discard: () => Promise.resolve(),
  };
}

async function deviceOutput(name: string, path: string, hashed: boolean): Promise<Output> {
  const file = await open(path, "w").catch((error: unknown) => {
    throw failed(name, error, 0, false);
  });
  const stream = file.createWriteStream();
  const output = streamOutput(name, stream, hashed);
  const close = async () => {
    stream.destroy();
    await file.close().catch(() => undefined);
  };
  return { ...output, commit: () => output.commit().finally(close), discard: close };
}

/** Where a path leads when symbolic links are followed to the end, also to a file that is not there yet. */
async function linkTarget(path: string): Promise<string> {
  let target = path;
  for (let hops = 0; hops < 40; hops += 1) {
    const about = await lstat(target).catch(absent);
    if (!about?.isSymbolicLink()) return target;
    const link = await readlink(target);
    // A descriptor in /proc (`/dev/fd/63`) names something that has no path.
    if (/^(?:pipe|socket|anon_inode):/.test(link)) return target;
    target = resolve(dirname(target), link);
  }
  throw new UsageError(`${path}: a symbolic link that leads to itself`);
}

/** Temporary files for the same target whose process is gone: it was killed. */
export async function removeStale(target: string): Promise<void> {
  const start = `.${basename(target)}.`;
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(start)) continue;
    const pid = /^(\d+)\.tmp$/.exec(name.slice(start.length))?.[1];
    if (pid !== undefined && isGone(Number(pid)))
      await unlink(join(dirname(target), name)).catch(() => undefined);
  }
}

/** Our own number belonged to an earlier process: in a container it is often the same one each time. */
function isGone(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCode(error) === "ESRCH";
  }
}

async function writeWhole(file: FileHandle, data: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < data.length;) {
    const { bytesWritten } = await file.write(data, done, data.length - done, position + done);
    done += bytesWritten;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

/** Makes the rename itself survive a power cut. The file is in place by now, so a refusal changes nothing. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function asBytes(chunk: Uint8Array | string): Uint8Array {
  return typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk;
}

function absent(error: unknown): undefined {
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
}

function failed(name: string, error: unknown, bytes: number, existed: boolean): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const options = { cause: error };
  const unchanged = existed ? "; the previous file is unchanged" : "";
  const written = `${name === "-" ? "stdout" : name} (${bytes} bytes written)${unchanged}`;
  if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED")
    return new ReaderGoneError(`${name} was closed`, options);
  if (code === "ENOSPC" || code === "EDQUOT")
    return new OutputError(`disk full while writing ${written}`, options);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new UsageError(`cannot write ${name}: no permission to write in its folder`, options);
  const reason = error instanceof Error ? error.message : String(error);
  return new OutputError(`${reason} while writing ${written}`, options);
}

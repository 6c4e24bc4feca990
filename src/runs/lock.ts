/**
 * A lock that only one process holds, and that a process which was killed cannot keep.
 *
 * A lock has generations: hidden files `.NAME.1`, `.NAME.2`, …, of which the greatest one counts. Taking the lock is making
 * the next one, which the file system allows once; so of two processes that both find a holder gone, one gets it.
 * A generation is not taken away when it is released, but marked: the number that counts never goes back, so whoever
 * looked long ago and acts now makes a number that is too small, and finds that out.
 */
import { randomUUID } from "node:crypto";
import { type FileHandle, link, open, readFile, readdir, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { LockedError, OutputError, UsageError, systemCode } from "./exit-codes.js";
import { onEarlyEnd } from "./interruption.js";
import { type Holder, holderText, parseHolder, thisHolder, whereabouts } from "./lock-holder.js";

export interface Lock {
  /** Whether it is still ours: a process that slept too long is taken for gone by other machines. */
  isHeld(): Promise<boolean>;
  /** @throws {LockedError} where it is not. */
  assertHeld(): Promise<void>;
  /** Gives it back. May be called at any time, also twice. */
  release(): Promise<void>;
}

export interface LockSettings {
  /** Milliseconds after which the holder shows again that it is at work. */
  readonly beat: number;
  /** Milliseconds without a sign of a holder on another machine after which it is taken for gone. */
  readonly patience: number;
  /** Whether it is given back by itself at an early end; else by the caller, when all else has been done. */
  readonly releasesAtEarlyEnd: boolean;
  /** Told that a holder elsewhere is being watched, which takes a while. */
  readonly waiting?: ((message: string) => void) | undefined;
}

const DEFAULT_SETTINGS: LockSettings = { beat: 5000, patience: 45_000, releasesAtEarlyEnd: true };

/**
 * Takes the lock of this name, which is no file itself: its files are hidden ones beside. It is given back at an early
 * end as well.
 *
 * @throws {LockedError} (exit code 5) at once where a process of this machine holds it, and as soon as a sign of life
 * is seen where one of another machine or container does; {UsageError}, {OutputError} where its folder cannot be
 * written to.
 */
export async function acquireLock(file: string, settings: Partial<LockSettings> = {}): Promise<Lock> {
  const { beat, patience, waiting, releasesAtEarlyEnd } = { ...DEFAULT_SETTINGS, ...settings };
  const generations = generationsOf(file);
  for (;;) {
    const last = await generations.last();
    if (last > 0) {
      const holder = await generations.holder(last);
      // Taken away between the two: somebody has made a greater one.
      if (holder === "absent") continue;
      const where = holder === undefined ? "elsewhere" : await whereabouts(holder);
      if (where === "here") throw held(file, holder);
      if (where === "elsewhere" && (await showsLife(file, holder, { last, patience, beat, waiting })))
        throw held(file, await generations.present(last));
    }
    const made = await generations.make(last + 1);
    if (made === undefined) continue;
    if ((await generations.last()) > last + 1) {
      await made.handle.close();
      await generations.remove(last + 1);
      continue;
    }
    await generations.removeBelow(last + 1);
    return heldLock(
      file,
      made,
      { beat, releasesAtEarlyEnd },
      async () => (await generations.last()) === last + 1,
    );
  }
}

/** The files of a lock. */
function generationsOf(file: string) {
  const folder = dirname(file);
  const start = `${basename(file).replace(/^\.?/, ".")}.`;
  const nameOf = (generation: number) => join(folder, `${start}${generation}`);
  const all = async (): Promise<number[]> => {
    const names = await readdir(folder).catch((error: unknown) => {
      throw refused(file, error);
    });
    return names
      .filter((name) => name.startsWith(start) && /^[1-9]\d{0,14}$/.test(name.slice(start.length)))
      .map((name) => Number(name.slice(start.length)));
  };
  const holder = async (generation: number): Promise<Holder | undefined | "absent"> => {
    try {
      return parseHolder(await readFile(nameOf(generation), "utf8"));
    } catch (error) {
      if (systemCode(error) === "ENOENT") return "absent";
      throw refused(file, error);
    }
  };
  const remove = (generation: number) => unlink(nameOf(generation)).catch(() => undefined);
  return {
    last: async () => Math.max(0, ...(await all())),
    holder,
    present: async (generation: number) => {
      const found = await holder(generation);
      return found === "absent" ? undefined : found;
    },
    remove,
    async removeBelow(generation: number) {
      for (const earlier of await all()) if (earlier < generation) await remove(earlier);
      for (const name of await readdir(folder).catch(() => []))
        if (name.startsWith(start) && name.endsWith(".tmp"))
          await unlink(join(folder, name)).catch(() => undefined);
    },
    /** Makes a generation with all its content at once; undefined where somebody was quicker. */
    async make(generation: number): Promise<Made | undefined> {
      const about = await thisHolder();
      const temporary = join(folder, `${start}${randomUUID()}.tmp`);
      try {
        const handle = await open(temporary, "wx", 0o644);
        try {
          await handle.writeFile(holderText(about));
          await handle.sync();
          await link(temporary, nameOf(generation));
          return { handle, about };
        } catch (error) {
          await handle.close();
          const code = systemCode(error) ?? "";
          if (code === "EEXIST" || code === "ENOENT") return undefined;
          if (NO_LINKS.includes(code)) return await makeWithoutLink(nameOf(generation), about);
          throw error;
        } finally {
          await unlink(temporary).catch(() => undefined);
        }
      } catch (error) {
        throw refused(file, error);
      }
    },
  };
}

/** File systems that cannot give a file a second name. */
const NO_LINKS: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/** There, the file is empty for a moment, in which nobody can tell whose it is and everybody waits. */
async function makeWithoutLink(name: string, about: Holder): Promise<Made | undefined> {
  const handle = await open(name, "wx", 0o644).catch((error: unknown) => {
    if (systemCode(error) === "EEXIST") return undefined;
    throw error;
  });
  await handle?.writeFile(holderText(about));
  return handle && { handle, about };
}

interface Made {
  readonly handle: FileHandle;
  readonly about: Holder;
}

interface Watch extends Omit<LockSettings, "releasesAtEarlyEnd"> {
  readonly last: number;
}

/** Watches a holder of which nothing is known here. Times are those of a clock that cannot be set. */
async function showsLife(file: string, seen: Holder | undefined, watch: Watch): Promise<boolean> {
  const { last, patience, beat, waiting } = watch;
  const generations = generationsOf(file);
  waiting?.(
    `${heldBy(file, seen)}; watching it for ${Math.ceil(patience / 1000)} s, as it cannot be asked from here`,
  );
  const before = JSON.stringify(seen);
  for (const end = performance.now() + patience; performance.now() < end;) {
    await later(Math.min(beat / 2, patience / 4));
    const now = await generations.holder(last);
    if (now === "absent" || (now?.released ?? false)) return false;
    if (JSON.stringify(now) !== before) return true;
  }
  return false;
}

/** Shows again and again that the holder is at work, until it is released. */
function heldLock(
  file: string,
  { handle, about }: Made,
  { beat, releasesAtEarlyEnd }: Pick<LockSettings, "beat" | "releasesAtEarlyEnd">,
  isLast: () => Promise<boolean>,
): Lock {
  let holder = about;
  let writing: Promise<unknown> = Promise.resolve();
  let released: Promise<void> | undefined;
  const write = (changed: Partial<Holder>): Promise<unknown> => {
    holder = { ...holder, ...changed };
    const text = Buffer.from(holderText(holder));
    // A disk that fails says so where it matters; a beat that is missed once does no harm.
    writing = writing
      .then(async () => {
        await handle.write(text, 0, text.length, 0);
        await handle.datasync();
      })
      .catch(() => undefined);
    return writing;
  };
  const beating = setInterval(() => void write({ beat: holder.beat + 1 }), beat);
  beating.unref();
  const release = (): Promise<void> => {
    released ??= (async () => {
      clearInterval(beating);
      offEarlyEnd();
      await write({ released: true });
      await handle.close().catch(() => undefined);
    })();
    return released;
  };
  const offEarlyEnd = releasesAtEarlyEnd ? onEarlyEnd(release) : () => undefined;
  const isHeld = async (): Promise<boolean> => released === undefined && (await isLast());
  return {
    release,
    isHeld,
    async assertHeld() {
      if (await isHeld()) return;
      throw new LockedError(
        `${file}: another run has taken the lock, as this one was asleep for too long; nothing more is done`,
      );
    },
  };
}

function held(file: string, holder: Holder | undefined): LockedError {
  return new LockedError(`${heldBy(file, holder)}; wait for it to end, or stop it`);
}

function heldBy(file: string, holder: Holder | undefined): string {
  if (holder === undefined) return `${file}: locked by a run that cannot be identified`;
  return `${file}: locked by another run, process ${holder.pid} on ${holder.host}, since ${holder.since}`;
}

function refused(file: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const cause = { cause: error };
  if (code === "ENOENT" || code === "ENOTDIR")
    return new UsageError(`${file}: the lock cannot be made, as there is no folder ${dirname(file)}`, cause);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new UsageError(`${file}: the lock cannot be made: no permission to write in its folder`, cause);
  if (code === "ENOSPC" || code === "EDQUOT")
    return new OutputError(`${file}: the lock cannot be made: the disk is full`, cause);
  return new OutputError(
    `${file}: the lock cannot be made: ${error instanceof Error ? error.message : code}`,
    cause,
  );
}

/**
 * Publishing the results of one source, in steps of which each happens or does not:
 *
 *   1. the folder of the results takes its name
 *   2. its state becomes the state that counts
 *   3. `latest` points to it
 *
 * A run that is killed between two of them is finished, or undone, by the next one (`recover`): before 2 nothing has
 * happened yet, after 2 all of it has.
 */
import { type FileHandle, mkdir, open, readFile, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { OutputError, RunError, UsageError, systemCode } from "./exit-codes.js";
import { openOutput } from "./output-file.js";
import {
  STATE_AFTER,
  type SourceFolder,
  hiddenNames,
  latestStamp,
  namesIn,
  publishedStamps,
  stampOfFeed,
} from "./source-folder.js";
import { compareStamps } from "./stamps.js";
import { readTextFile } from "./text-file.js";

/**
 * Publishes what lies in `folder.unpublished(stamp)`: a whole folder of results with its state.
 *
 * @throws {RunError} when a step fails. Nothing is published then, unless it was the last one: its message says so, and
 * the next run makes up for it.
 */
export async function publish(folder: SourceFolder, stamp: string): Promise<void> {
  const published = folder.published(stamp);
  await step(folder.path, async () => {
    await rename(folder.unpublished(stamp), published);
    await syncFolder(folder.path);
  });
  try {
    await makeStateCount(folder, stamp);
  } catch (error) {
    await removeWhole(folder, stamp);
    throw error;
  }
  await step(folder.latest, () => pointLatest(folder, stamp)).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new OutputError(`${published} is complete, but ${why}. The next run makes up for it`, {
      cause: error,
    });
  });
}

/**
 * Puts in order what a run that was killed has left. To be called before anything else, by whoever holds the lock.
 * Returns what it did, for the log.
 *
 * @throws {RunError} where it cannot be told what counts (a damaged state), or the folder cannot be written to.
 */
export async function recover(folder: SourceFolder): Promise<string[]> {
  const told: string[] = [];
  for (const name of await removeHidden(folder))
    if (name.endsWith(".unpublished")) told.push(`${name} was left by a run that ended early: removed`);
  const latest = await latestStamp(folder);
  const published = await publishedStamps(folder);
  const newer = published.filter((stamp) => latest === undefined || compareStamps(stamp, latest) > 0);
  const [newest] = newer;
  if (newest === undefined) return told;
  if (await hasTheState(folder, newest)) {
    await step(folder.latest, () => pointLatest(folder, newest));
    told.push(`${newest} was published, but latest did not point to it yet: done now`);
  } else if (latest === undefined && published.length > 1) {
    // Without a link nothing tells which of many were published; all but the last one must have been.
    await step(folder.latest, () => pointLatest(folder, newest));
    told.push(`latest was gone: it points to ${newest} again`);
  } else if (newer.length > 1) {
    // A run that was killed leaves one at most: somebody has gone back to an earlier one.
    told.push(
      `latest points to ${latest}, though there are ${newer.length} newer folders: all stay as they are`,
    );
  } else {
    await removeWhole(folder, newest);
    told.push(
      `${newest} was not published to the end by a run that ended early: removed, as its state does not count`,
    );
  }
  return told;
}

/**
 * Removes all that belongs to a run and is not published, whatever run it was. Returns the names, in no order.
 *
 * @throws {RunError} where that is not allowed.
 */
export async function removeHidden(folder: SourceFolder): Promise<readonly string[]> {
  return step(folder.path, async () => {
    const names = await hiddenNames(folder);
    const links = (await namesIn(folder.path)).filter((name) => name.startsWith(".latest."));
    const beside = (await namesIn(folder.feeds)).filter((name) => name.startsWith("."));
    for (const name of [...names, ...links]) await rm(join(folder.path, name), REMOVING);
    for (const name of beside) await rm(join(folder.feeds, name), REMOVING);
    return names;
  });
}

/**
 * Removes published folders but the newest `keep` and the one `latest` points to, and fetched feeds that none of those
 * was made from; the newest of each kind stays, as the next download may build on it. Returns how many folders went.
 */
export async function retain(folder: SourceFolder, keep: number): Promise<number> {
  const published = await publishedStamps(folder);
  const latest = await latestStamp(folder);
  const kept = new Set(published.slice(0, keep));
  if (latest !== undefined) kept.add(latest);
  const gone = published.filter((stamp) => !kept.has(stamp));
  for (const stamp of gone) await removeWhole(folder, stamp);
  const newest = new Map<string, string>();
  const feeds = (await namesIn(folder.feeds)).flatMap((name) => {
    const stamp = stampOfFeed(name);
    return stamp === undefined ? [] : [{ name, stamp, kind: name.slice(stamp.length) }];
  });
  for (const { stamp, kind } of feeds) {
    const other = newest.get(kind);
    if (other === undefined || compareStamps(stamp, other) > 0) newest.set(kind, stamp);
  }
  for (const { name, stamp, kind } of feeds)
    if (!kept.has(stamp) && newest.get(kind) !== stamp)
      await step(folder.feeds, () => rm(join(folder.feeds, name), REMOVING));
  return gone.length;
}

/** A folder and the folder for feeds in it, made where they are not there. */
export async function makeSourceFolder(folder: SourceFolder): Promise<void> {
  await step(folder.path, () => mkdir(folder.feeds, { recursive: true }));
}

const REMOVING = { recursive: true, force: true, maxRetries: 3 } as const;

/** Hidden first, so that what is half gone is never taken for results. */
async function removeWhole(folder: SourceFolder, stamp: string): Promise<void> {
  const hidden = folder.hidden(stamp, "removed");
  await step(folder.path, async () => {
    await rename(folder.published(stamp), hidden);
    await rm(hidden, REMOVING);
  });
}

async function makeStateCount(folder: SourceFolder, stamp: string): Promise<void> {
  const stored = await readFile(join(folder.published(stamp), STATE_AFTER));
  const output = await openOutput(folder.state);
  try {
    await output.write(folder.state.endsWith(".gz") ? stored : gunzipSync(stored));
    await output.commit();
  } finally {
    await output.discard();
  }
}

/** Whether the state that counts is the one that these results left. */
async function hasTheState(folder: SourceFolder, stamp: string): Promise<boolean> {
  const counts = await readTextFile(folder.state);
  const left = await readTextFile(join(folder.published(stamp), STATE_AFTER));
  if (counts === undefined || left === undefined) return false;
  return Buffer.compare(counts.bytes(), left.bytes()) === 0;
}

async function pointLatest(folder: SourceFolder, stamp: string): Promise<void> {
  const temporary = join(folder.path, `.latest.${process.pid}.tmp`);
  await rm(temporary, { force: true });
  await symlink(stamp, temporary, "dir");
  await rename(temporary, folder.latest);
  await syncFolder(folder.path);
}

/** Makes names survive a power cut; where that cannot be asked for, nothing is wrong. */
async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(path, "r");
    await folder.sync();
  } catch {
    // Not every file system knows it.
  } finally {
    await folder?.close();
  }
}

/** Does a step and tells in a sentence why it failed. */
async function step<Result>(where: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof RunError || code === undefined) throw error;
    const cause = { cause: error };
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new OutputError(`disk full while writing ${where}; make room and run again`, cause);
    if (code === "EACCES" || code === "EPERM" || code === "EROFS")
      throw new UsageError(`${where} cannot be written: no permission`, cause);
    throw new OutputError(
      `${where} cannot be written: ${error instanceof Error ? error.message : code}`,
      cause,
    );
  }
}

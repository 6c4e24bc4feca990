/**
 * Publishing the results of one source, in steps of which each happens or does not:
 *
 *   1. a mark says which results are being published
 *   2. their folder takes its name
 *   3. its state becomes the state that counts
 *   4. `latest` points to it, and the mark goes
 *
 * A run that is killed between two of them is finished, or undone, by the next one (`recover`): before 3 nothing has
 * happened yet, after 3 all of it has. The mark tells such a folder from those that somebody else has put or left there,
 * and that are nobody's to remove.
 */
import { type FileHandle, mkdir, open, readFile, rename, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { diskStep } from "./disk-step.js";
import { OutputError } from "./exit-codes.js";
import { openOutput } from "./output-file.js";
import {
  STATE_AFTER,
  type SourceFolder,
  hiddenFeeds,
  hiddenNames,
  latestStamp,
  markedStamps,
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
  const unmark = () => rm(folder.mark(stamp), { force: true }).catch(() => undefined);
  await diskStep(folder.path, async () => {
    await (await open(folder.mark(stamp), "w")).close();
    await syncFolder(folder.path);
    await rename(folder.unpublished(stamp), published);
    await syncFolder(folder.path);
  });
  try {
    await makeStateCount(folder, stamp);
  } catch (error) {
    await removeWhole(folder, stamp);
    await unmark();
    throw error;
  }
  await diskStep(folder.latest, () => pointLatest(folder, stamp)).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new OutputError(`${published} is complete, but ${why}. The next run makes up for it`, {
      cause: error,
    });
  });
  await unmark();
}

/**
 * Puts in order what a run that was killed has left. To be called before anything else, by whoever holds the lock.
 * Returns what it did, for the log.
 *
 * @throws {RunError} where it cannot be told what counts (a damaged state), or the folder cannot be written to.
 */
export async function recover(folder: SourceFolder): Promise<string[]> {
  const told: string[] = [];
  const { removed, stuck } = await removeHidden(folder);
  for (const name of removed)
    if (name.endsWith(".unpublished")) told.push(`${name} was left by a run that ended early: removed`);
  for (const path of stuck)
    told.push(`${path} was left by an earlier run and could not be removed; remove it by hand`);
  const pointedTo = await latestStamp(folder);
  for (const stamp of await markedStamps(folder)) {
    told.push(...(await settled(folder, stamp, pointedTo)));
    await diskStep(folder.path, () => rm(folder.mark(stamp), { force: true }));
  }
  const latest = await latestStamp(folder);
  const published = await publishedStamps(folder);
  const [newest] = published;
  if (latest !== undefined) {
    const newer = published.filter((stamp) => compareStamps(stamp, latest) > 0);
    if (newer.length > 0)
      told.push(`latest points to ${latest}, though ${newer.join(", ")} is newer: all stays as it is`);
  } else if (newest !== undefined) {
    await diskStep(folder.latest, () => pointLatest(folder, newest));
    told.push(`latest was gone: it points to ${newest} again`);
  }
  return told;
}

/** Finishes or undoes a publication that was begun, unless it is over. Returns what was done. */
async function settled(
  folder: SourceFolder,
  stamp: string,
  latest: string | undefined,
): Promise<readonly string[]> {
  const isOver = latest !== undefined && compareStamps(stamp, latest) <= 0;
  if (isOver || !(await publishedStamps(folder)).includes(stamp)) return [];
  if (await hasTheState(folder, stamp)) {
    await diskStep(folder.latest, () => pointLatest(folder, stamp));
    return [`${stamp} was published, but latest did not point to it yet: done now`];
  }
  await removeWhole(folder, stamp);
  return [
    `${stamp} was not published to the end by a run that ended early: removed, as its state does not count`,
  ];
}

/** Paths or names of what was removed, and of what could not be: somebody else's, or in use. */
export interface Removal {
  readonly removed: readonly string[];
  readonly stuck: readonly string[];
}

/**
 * Removes all that belongs to a run and is not published, whatever run it was, but no marks. One thing that cannot be
 * removed keeps neither the others nor the run.
 *
 * @throws {RunError} where the folder cannot be read.
 */
export async function removeHidden(folder: SourceFolder): Promise<Removal> {
  const names = await hiddenNames(folder);
  const links = (await namesIn(folder.path)).filter((name) => LINK_UNDER_WAY.test(name));
  const removed: string[] = [];
  const stuck: string[] = [];
  for (const path of [
    ...[...names, ...links].map((name) => join(folder.path, name)),
    ...(await hiddenFeeds(folder)).map((name) => join(folder.feeds, name)),
  ])
    await rm(path, REMOVING).then(
      () => removed.push(basename(path)),
      () => stuck.push(path),
    );
  return { removed, stuck };
}

/**
 * Removes published folders but the newest `keep` and the one `latest` points to, and fetched feeds that none of those
 * was made from; the newest of each kind stays, as the next download may build on it. One that cannot be removed keeps
 * none of the others. `removed` names folders.
 *
 * @throws {RunError} where the folder cannot be read.
 */
export async function retain(folder: SourceFolder, keep: number): Promise<Removal> {
  const published = await publishedStamps(folder);
  const latest = await latestStamp(folder);
  const kept = new Set(published.slice(0, keep));
  if (latest !== undefined) kept.add(latest);
  const removed: string[] = [];
  const stuck: string[] = [];
  for (const stamp of published.filter((each) => !kept.has(each)))
    await removeWhole(folder, stamp).then(
      () => removed.push(stamp),
      async () => stuck.push(await whereStuck(folder, stamp)),
    );
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
      await rm(join(folder.feeds, name), REMOVING).catch(() => stuck.push(join(folder.feeds, name)));
  return { removed, stuck };
}

/** A folder and the folder for feeds in it, made where they are not there. */
export async function makeSourceFolder(folder: SourceFolder): Promise<void> {
  // What is in the way of them is told better by who reads them.
  for (const path of [folder.path, folder.feeds]) await namesIn(path);
  await diskStep(folder.path, () => mkdir(folder.feeds, { recursive: true }));
}

/** `latest` before it takes its name (`pointLatest`). */
const LINK_UNDER_WAY = /^\.latest\.\d+\.tmp$/;

const REMOVING = { recursive: true, force: true, maxRetries: 3 } as const;

/** Hidden first, so that what is half gone is never taken for results. */
async function removeWhole(folder: SourceFolder, stamp: string): Promise<void> {
  const hidden = folder.hidden(stamp, "removed");
  await diskStep(folder.path, async () => {
    await rename(folder.published(stamp), hidden);
    await rm(hidden, REMOVING);
  });
}

/** What `removeWhole` could not remove has its own name still, or a hidden one. */
async function whereStuck(folder: SourceFolder, stamp: string): Promise<string> {
  const names = await namesIn(folder.path);
  return names.includes(stamp) ? folder.published(stamp) : folder.hidden(stamp, "removed");
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

/**
 * What lies where in the folder of one source:
 *
 *     2026-11-21T020000Z/             results, published; with the state they leave
 *     latest                          a link to the newest of them
 *     state.ndjson.gz                 the state, unless the config has it elsewhere
 *     feeds/2026-11-21T020000Z.ndjson what was fetched for them
 *     .2026-11-21T020000Z.unpublished and other hidden things of a run that is under way, or was killed
 */
import { readdir, readlink, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { OutputError, systemCode, UsageError } from "./exit-codes.js";
import { compareStamps, isStamp } from "./stamps.js";

export interface SourceFolder {
  readonly path: string;
  /** The file of the state that counts. */
  readonly state: string;
  readonly feeds: string;
  readonly latest: string;
  /** Results of a run that are published. */
  published(stamp: string): string;
  /** Results of a run before they are published, and where its state and all else lies. */
  unpublished(stamp: string): string;
  /** An empty file that is there while a run publishes. */
  mark(stamp: string): string;
  /** A hidden file of a run, to be removed when it is over. */
  hidden(stamp: string, name: string): string;
}

/** Within the folder of a run's results. */
export const STATE_AFTER = "state.ndjson.gz";

const MARK = ".publishing";
/** Also what such a file is called while it is being written (`output-file.ts`). */
const HIDDEN = /^\.{1,2}(\d{4}-\d\d-\d\dT\d{6}Z(?:\.\d{2,6})?)\.[a-z.]+(?:\d+\.tmp)?$/;
const FEED = /^(\d{4}-\d\d-\d\dT\d{6}Z(?:\.\d{2,6})?)(?:-\d+)?\.ndjson(?:\..*)?$/;

/** `state`: where the config keeps it; undefined: here. */
export function sourceFolder(path: string, state: string | undefined): SourceFolder {
  return {
    path,
    state: state ?? join(path, STATE_AFTER),
    feeds: join(path, "feeds"),
    latest: join(path, "latest"),
    published: (stamp) => join(path, stamp),
    unpublished: (stamp) => join(path, `.${stamp}.unpublished`),
    mark: (stamp) => join(path, `.${stamp}${MARK}`),
    hidden: (stamp, name) => join(path, `.${stamp}.${name}`),
  };
}

/** The file that a feed of a run is fetched to; `index` of a source's feeds, of which there are `count`. */
export function feedFile(folder: SourceFolder, stamp: string, index: number, count: number): string {
  return join(folder.feeds, count === 1 ? `${stamp}.ndjson` : `${stamp}-${index + 1}.ndjson`);
}

/** The run that a file in `feeds` belongs to; undefined: not one of ours. */
export function stampOfFeed(name: string): string | undefined {
  return FEED.exec(name)?.[1];
}

/** The names of published folders, the newest first. What is only called like one has no state in it. */
export async function publishedStamps(folder: SourceFolder): Promise<string[]> {
  const stamps: string[] = [];
  for (const name of await namesIn(folder.path)) {
    if (!isStamp(name)) continue;
    const left = await stat(join(folder.published(name), STATE_AFTER)).catch(() => undefined);
    if (left?.isFile() === true) stamps.push(name);
  }
  return stamps.sort((a, b) => compareStamps(b, a));
}

/** Names of files and folders that belong to a run that is not over, or never will be; but not the marks. */
export async function hiddenNames(folder: SourceFolder): Promise<string[]> {
  return (await namesIn(folder.path)).filter((name) => HIDDEN.test(name) && !name.endsWith(MARK));
}

/** The same of files beside the feeds: locks of downloads, and what is being written. */
export async function hiddenFeeds(folder: SourceFolder): Promise<string[]> {
  return (await namesIn(folder.feeds)).filter(
    (name) => name.startsWith(".") && stampOfFeed(name.slice(1)) !== undefined,
  );
}

/** The runs that have begun to publish, and not come to the end of it; the oldest first. */
export async function markedStamps(folder: SourceFolder): Promise<string[]> {
  const names = (await namesIn(folder.path)).filter((name) => name.endsWith(MARK));
  return names.flatMap((name) => HIDDEN.exec(name)?.[1] ?? []).sort(compareStamps);
}

/** The newest run that has left anything here. */
export async function newestStamp(folder: SourceFolder): Promise<string | undefined> {
  const names = await namesIn(folder.path);
  const feeds = await namesIn(folder.feeds);
  return [
    ...names.filter(isStamp),
    ...names.flatMap((name) => HIDDEN.exec(name)?.[1] ?? []),
    ...feeds.flatMap((name) => stampOfFeed(name) ?? []),
  ].sort((a, b) => compareStamps(b, a))[0];
}

/**
 * The run that `latest` points to; undefined where there is no such link, or it leads nowhere we know.
 *
 * @throws {UsageError} where `latest` is a file or a folder of its own.
 */
export async function latestStamp(folder: SourceFolder): Promise<string | undefined> {
  try {
    const stamp = basename(await readlink(folder.latest));
    return isStamp(stamp) && (await namesIn(folder.path)).includes(stamp) ? stamp : undefined;
  } catch (error) {
    if (systemCode(error) === "EINVAL")
      throw new UsageError(`${folder.latest} is no link; move it away, so that one can be made there`, {
        cause: error,
      });
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** What a folder holds; nothing where there is none. @throws {RunError} where it cannot be read. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    const code = systemCode(error);
    const cause = { cause: error };
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR")
      throw new UsageError(`${folder} must be a folder, but a file is in the way; move it away`, cause);
    if (code === "EACCES" || code === "EPERM")
      throw new UsageError(`${folder} cannot be read: no permission`, cause);
    throw new OutputError(
      `${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      cause,
    );
  });
}

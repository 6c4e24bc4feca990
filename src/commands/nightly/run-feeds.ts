/** Getting the feeds of one source: files as they are, others downloaded into its folder of feeds. */
import { createReadStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { FetchAccount } from "../../fetching/fetch-account.js";
import { diskStep } from "../../runs/disk-step.js";
import type { Log } from "../../runs/log.js";
import { openOutput } from "../../runs/output-file.js";
import type { FetchedReport } from "../../runs/run-report.js";
import { shownUrl } from "../../runs/secret.js";
import { type SourceFolder, feedFile, namesIn, stampOfFeed } from "../../runs/source-folder.js";
import { compareStamps } from "../../runs/stamps.js";
import { fetchHereFeed } from "../fetch-here.js";
import { fetchOcpiFeed } from "../fetch-ocpi.js";
import type { FeedConfig, SourceConfig } from "./run-config.js";
import { feedsOf } from "./run-secret-places.js";

export interface SourceFeeds {
  /** INPUT arguments of a comparison. */
  readonly inputs: readonly string[];
  readonly fetched: readonly FetchedReport[];
}

export interface FeedPlaces {
  /** Where the source is published, and where earlier runs left their feeds. */
  readonly published: SourceFolder;
  /** Where this run's go: the same, but for a dry run. */
  readonly target: SourceFolder;
  readonly stamp: string;
}

/** HERE's records that a killed run had got are taken up when they are younger than this, unless the config says. */
const MAX_AGE_OF_PART = "12h";

/** @throws {RunError} as the downloads do. */
export async function getFeeds(source: SourceConfig, places: FeedPlaces, log: Log): Promise<SourceFeeds> {
  const inputs: string[] = [];
  const fetched: FetchedReport[] = [];
  const feeds = feedsOf(source);
  for (const [index, { feed }] of feeds.entries()) {
    if (feed.files !== undefined) {
      inputs.push(...feed.files.map((file) => resolve(file)));
      continue;
    }
    const file = feedFile(places.target, places.stamp, index, feeds.length);
    const account = await fetchFeed(feed, file, places, log);
    inputs.push(file);
    fetched.push(aboutFetch(feed, account));
  }
  return { inputs, fetched };
}

async function fetchFeed(
  { ocpi, here }: FeedConfig,
  file: string,
  { published, target }: FeedPlaces,
  log: Log,
): Promise<FetchAccount> {
  const ending = basename(file).replace(stampOfFeed(basename(file)) ?? "", "");
  if (ocpi !== undefined) return fetchOcpiFeed(ocpi, file, await lastFeed(published, ending), log);
  if (here === undefined) throw new TypeError("a feed is of no kind");
  if (target === published) await adoptPart(published, `${ending}.part`, `${file}.part`);
  if (here.maxAge === undefined) return fetchHereFeed({ ...here, maxAge: MAX_AGE_OF_PART }, file, log);
  // Records that are young enough are taken from the last night's file.
  const last = await lastFeed(published, ending);
  if (last !== undefined) await copyWhole(last, file);
  try {
    return await fetchHereFeed(here, file, log);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** The newest feed that an earlier run fetched whole; `ending`: what follows the run's name. */
async function lastFeed(folder: SourceFolder, ending: string): Promise<string | undefined> {
  const [newest] = await feedsEndingIn(folder, ending);
  return newest === undefined ? undefined : join(folder.feeds, newest);
}

/** Whole or not at all: half of a copy would be the newest feed for good. @throws {OutputError} when the disk is full. */
async function copyWhole(from: string, to: string): Promise<void> {
  const output = await openOutput(to);
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: 1 << 20 }))
      if (chunk instanceof Uint8Array) await output.write(chunk);
    await output.commit();
  } finally {
    await output.discard();
  }
}

/** What a run that was killed had got so far becomes the beginning of this one; older ones go. */
async function adoptPart(folder: SourceFolder, ending: string, part: string): Promise<void> {
  const [newest, ...others] = await feedsEndingIn(folder, ending);
  await diskStep(folder.feeds, async () => {
    for (const name of others) await rm(join(folder.feeds, name), { force: true });
    if (newest === undefined || (await stat(part).catch(() => undefined)) !== undefined) return;
    await rename(join(folder.feeds, newest), part);
  });
}

async function feedsEndingIn(folder: SourceFolder, ending: string): Promise<string[]> {
  const names = await namesIn(folder.feeds);
  return names
    .flatMap((name) => {
      const stamp = stampOfFeed(name);
      return stamp !== undefined && name === `${stamp}${ending}` ? [{ name, stamp }] : [];
    })
    .sort((a, b) => compareStamps(b.stamp, a.stamp))
    .map(({ name }) => name);
}

function aboutFetch({ ocpi, here }: FeedConfig, account: FetchAccount): FetchedReport {
  return {
    from: shownUrl(ocpi?.url ?? here?.baseUrl ?? ""),
    records: account.records,
    retrieved: account.retrieved,
    missing: account.missing.length,
    not_modified: account.notModified,
    requests: account.requests,
    retries: account.retries,
    bytes: account.bytes,
  };
}

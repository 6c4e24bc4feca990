/** What came becomes the feed: anew, put into what was stored, or nothing at all where nothing has changed. */
import { UnreadableInputError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { shownUrl } from "../runs/secret.js";
import type { Clock } from "./clock.js";
import type { TokenEncoding } from "./ocpi-access.js";
import { DeltaMerge, wholeLines } from "./ocpi-delta.js";
import type { OcpiFeed } from "./ocpi-feed.js";
import type { Page } from "./ocpi-page.js";
import type { PagesAccount } from "./ocpi-pages.js";
import type { Plan } from "./ocpi-plan.js";
import type { OcpiOutcome } from "./ocpi-report.js";
import type { RecordSpool } from "./ocpi-spool.js";
import { type StoredFacts, isSameFile, writeFacts, writeFeed } from "./ocpi-stored-feed.js";

export interface Publication extends Plan {
  readonly feed: OcpiFeed;
  readonly output: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly beforePublication: () => Promise<void>;
  /** The spelling of the token that worked, where one was sent. */
  readonly encoding: TokenEncoding | undefined;
  /** When the download began, in milliseconds since 1970. */
  readonly started: number;
  readonly spool: RecordSpool;
}

export interface TakenPages {
  /** Where they came from. */
  readonly endpoint: string;
  /** They are pages of a list, not a file. */
  readonly isList: boolean;
  readonly account: PagesAccount;
}

/**
 * Changes are asked for from so long before the last time, as the slower of both clocks has it: clocks of one service
 * differ, caches lag, and a date that is to come would ask for nothing.
 */
const MARGIN = 5 * 60_000;

/** Writes the feed of the pages that are in the spool. `page`: the first of them. */
export async function publishPages(
  publication: Publication,
  page: Page,
  { endpoint, isList, account }: TakenPages,
): Promise<OcpiOutcome> {
  const { output, clock, log, feed, beforePublication, stored, isDelta, spool, started } = publication;
  const { count, ids } = spool.repetitions;
  const merge = isDelta && stored !== undefined ? new DeltaMerge(stored.file, spool) : undefined;
  const facts = (): Omit<StoredFacts, "sha256"> => ({
    fetch: 1,
    address: shownUrl(feed.url),
    endpoint: shownUrl(endpoint),
    retrieved_at: new Date(clock.date()).toISOString(),
    full_at:
      merge === undefined || stored === undefined ? new Date(started).toISOString() : stored.facts.full_at,
    date_from: seconds(Math.max(0, Math.min(page.date ?? started, started) - MARGIN)),
    // The tag of a first page would say nothing of the others.
    ...(!isList && merge === undefined && tagsOf(page)),
    ...encodingOf(publication),
    records: merge?.counts.records ?? spool.records,
  });
  const written = await writeFeed(output, merge?.lines() ?? spool.lines(), facts, beforePublication);
  if (written.records === 0)
    log.warn(`${shownUrl(endpoint)} has no records; ${output} is a feed without any`);
  return {
    endpoint: shownUrl(endpoint),
    format: page.format.description,
    ...encodingOf(publication),
    not_modified: merge !== undefined && spool.records === 0,
    ...(merge !== undefined && {
      delta_from: stored?.facts.date_from,
      replaced: merge.counts.replaced,
      added: merge.counts.added,
    }),
    records: written.records,
    retrieved: spool.records,
    ...(account.announced !== undefined && { announced: account.announced }),
    repeated: { count, ids: [...ids] },
    too_large: account.tooLarge,
    pages: account.pages,
  };
}

/**
 * What was fetched the last time is still what there is at `address`.
 *
 * @throws {UnreadableInputError} where nothing was stored, so that nobody had asked for that.
 */
export async function keepStored(publication: Publication, address: string): Promise<OcpiOutcome> {
  const { output, beforePublication, stored } = publication;
  if (stored === undefined)
    throw new UnreadableInputError(
      `${shownUrl(address)} answers that nothing has changed, but nothing was fetched before; tell who runs it`,
    );
  const { file, facts } = stored;
  const kept = { ...facts, ...encodingOf(publication) };
  if (!(await isSameFile(file, output)))
    await writeFeed(output, wholeLines(file), () => kept, beforePublication);
  else if (JSON.stringify(kept) !== JSON.stringify(facts)) await writeFacts(output, kept);
  return {
    endpoint: shownUrl(address),
    ...encodingOf(publication),
    not_modified: true,
    records: facts.records,
    retrieved: 0,
    repeated: { count: 0, ids: [] },
    too_large: 0,
    pages: 0,
  };
}

function encodingOf({ encoding }: Publication): Pick<StoredFacts, "token_encoding"> {
  return encoding === undefined ? {} : { token_encoding: encoding };
}

function tagsOf({ etag, lastModified }: Page): Pick<StoredFacts, "etag" | "last_modified"> {
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { last_modified: lastModified }),
  };
}

/** OCPI's times have no need of milliseconds, and some servers cannot read them. */
function seconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}

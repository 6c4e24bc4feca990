/** `fetch here`: records of HERE's EV Charge Points API v3 by their ids, into NDJSON that can be gone on with. */
import type { FetchAccount } from "../fetching/fetch-account.js";
import { type Clock, SYSTEM_CLOCK } from "../fetching/clock.js";
import { hereAuth } from "../fetching/here-access.js";
import type { HereAuth } from "../fetching/here-auth.js";
import { downloadHere } from "../fetching/here-download.js";
import type { HereFeed } from "../fetching/here-feed.js";
import type { WantedId } from "../fetching/here-ids.js";
import { HereLookup } from "../fetching/here-lookup.js";
import { lengthOfTime } from "../runs/length-of-time.js";
import { HereRecords } from "../fetching/here-records.js";
import type { HereReport } from "../fetching/here-report.js";
import { checkedServerUrl, lookupUrl, MOST_URL_BYTES } from "../fetching/here-urls.js";
import { createHttpClient } from "../fetching/http-client.js";
import { DEFAULT_HTTP, type HttpClient } from "../fetching/http.js";
import { maxTimeOf } from "../fetching/max-time.js";
import { LockedError, UnreadableInputError, UsageError } from "../runs/exit-codes.js";
import { onEarlyEnd } from "../runs/interruption.js";
import { acquireLock, type Lock } from "../runs/lock.js";
import type { Log } from "../runs/log.js";
import { openOutput } from "../runs/output-file.js";
import { createProgress, type ProgressMode } from "../runs/progress.js";
import { concealed, shownUrl } from "../runs/secret.js";
import { TOOL } from "../version.js";
import { accountLines, warnings } from "./download/fetch-here-account.js";
import { wantedIds } from "./download/fetch-here-ids.js";

export interface FetchHereOptions {
  readonly feed: HereFeed;
  /** Compressed where the name ends in `.gz`. */
  readonly output: string;
  readonly report?: string | undefined;
  /** Where the ids without a record are written, one a line. */
  readonly missing?: string | undefined;
  readonly progress?: ProgressMode | undefined;
  /** Tests bring their own. */
  readonly clock?: Clock | undefined;
}

/** For `run`: as `fetchHere`, of which only what the run's report tells is wanted. */
export async function fetchHereFeed(feed: HereFeed, output: string, log: Log): Promise<FetchAccount> {
  const { file, records, retrieved, missing, requests, retries, bytes } = await fetchHere(
    { feed, output },
    log,
  );
  return { file, records, retrieved, missing, notModified: false, requests, retries, bytes };
}

/**
 * Fetches what is not in the output yet (or is older than `maxAge`) and writes the output anew, in the order of the
 * ids. Until all is there it goes to `OUTPUT.part`, where the next run goes on, however this one ended.
 *
 * @throws {UsageError} for settings or an output that will not do; {LockedError} where another run writes it;
 * {UnreadableInputError} where HERE refuses, or has none of the ids; {OutputError} when the disk is full.
 */
export async function fetchHere(options: FetchHereOptions, log: Log): Promise<HereReport> {
  const { feed, output, clock = SYSTEM_CLOCK } = options;
  if (output === "-" || output === "")
    throw new UsageError("-o must name a file: a download is gone on with there when it breaks off");
  const maxAge = feed.maxAge === undefined ? undefined : lengthOfTime(feed.maxAge);
  checkedServerUrl(feed.baseUrl, "--base-url");
  warnOfFields(feed.fields, log);
  const onRetry = (message: string) => log.info(message, { event: "retry" });
  const client = createHttpClient({ ...settingsOf(feed), onRetry }, clock);
  try {
    const auth = await hereAuth(feed, client, clock);
    const ids = await wantedIds({ ids: feed.ids, idsFrom: [feed.idsFrom ?? []].flat() }, log);
    const lock = await acquireLock(`${output}.lock`, { waiting: (message) => log.info(message) });
    try {
      return await fetchLocked({ ...options, clock, ids, auth, client, lock, maxAge }, log);
    } finally {
      await lock.release();
    }
  } finally {
    await client.close();
  }
}

interface LockedFetch extends FetchHereOptions {
  readonly clock: Clock;
  readonly ids: readonly WantedId[];
  readonly auth: HereAuth;
  readonly client: HttpClient;
  readonly lock: Lock;
  readonly maxAge: number | undefined;
}

async function fetchLocked(fetch: LockedFetch, log: Log): Promise<HereReport> {
  const { feed, output, ids, client, clock, lock, maxAge } = fetch;
  const begun = { started: new Date(clock.date()), now: clock.now() };
  const records = await HereRecords.open(output);
  const offEarlyEnd = onEarlyEnd(() =>
    log.info(`what was retrieved is in ${output}.part; the same command goes on from there`),
  );
  try {
    const leftOut = records.besides(new Set(ids.map(({ key }) => key)));
    if (maxAge !== undefined) records.forgetOlder(maxAge, clock.date());
    const open = ids.filter(({ key }) => !records.has(key));
    tellBeginning({ ids: ids.length, open: open.length, unreadable: records.unreadable }, log);
    const downloaded = await download(fetch, open, records, log);
    const kept = ids.length - open.length;
    const absent = ids.filter(({ key }) => !records.has(key)).map(({ asked }) => asked);
    const report: HereReport = {
      fetch_report: 1,
      tool: TOOL,
      from: shownUrl(feed.baseUrl),
      fields: feed.fields,
      started: begun.started.toISOString(),
      finished: new Date(clock.date()).toISOString(),
      seconds: Math.round(clock.now() - begun.now) / 1000,
      file: output,
      asked: ids.length,
      records: ids.length - absent.length,
      retrieved: downloaded.retrieved,
      kept,
      left_out: leftOut,
      missing: absent,
      unanswered: downloaded.unanswered.map(({ asked }) => asked),
      refused: [...downloaded.refused],
      unasked: downloaded.unasked.count,
      ...client.counts,
    };
    for (const warning of warnings(report, downloaded.unasked.examples)) log.warn(warning);
    await writeLists(fetch, report);
    if (report.records === 0)
      throw new UnreadableInputError(
        `HERE has none of the ids that were asked for, ${absent.slice(0, 3).join(", ")}${absent.length > 3 ? " …" : ""}; ` +
          `are they ids of EV Charge Points v3? ${output} is as it was`,
      );
    // A machine that slept may have lost it to another run.
    if (!(await lock.isHeld())) throw new LockedError(`another run has taken over ${output} meanwhile`);
    await records.publish(ids.map(({ key }) => key));
    for (const line of accountLines(report)) log.info(line, { event: "summary" });
    return report;
  } catch (error) {
    await records.leave();
    throw error;
  } finally {
    offEarlyEnd();
  }
}

async function download(
  { feed, output, auth, client, clock, progress = "auto" }: LockedFetch,
  open: readonly WantedId[],
  records: HereRecords,
  log: Log,
) {
  const url = lookupUrl(feed.baseUrl, feed.fields, auth.query);
  const lookup = new HereLookup(client, { url, auth, fields: feed.fields });
  const shown = createProgress(log, progress, undefined);
  let settled = 0;
  try {
    return await downloadHere(open, lookup, records, {
      concurrency: settingsOf(feed).concurrency,
      room: MOST_URL_BYTES - url.length,
      date: clock.date,
      settled: (ids) => {
        settled += ids;
        shown.update({ records: settled, bytes: client.counts.bytes });
      },
    });
  } catch (error) {
    if (settled > 0)
      log.warn(
        `${settled.toLocaleString("en")} of ${open.length.toLocaleString("en")} ids were done before it failed; ` +
          `they are in ${output}.part, and the same command goes on from there`,
      );
    throw error;
  } finally {
    shown.finish();
  }
}

function settingsOf({ concurrency, requestsPerSecond, attempts, maxTime }: HereFeed) {
  return {
    concurrency: concurrency ?? DEFAULT_HTTP.concurrency,
    attempts: attempts ?? DEFAULT_HTTP.attempts,
    requestsPerSecond,
    maxTime: maxTimeOf(maxTime),
  };
}

function warnOfFields(fields: readonly string[], log: Log): void {
  if (!fields.includes("evses"))
    log.warn(
      "--fields has no evses: HERE then tells nothing of charge points and plugs, and records cannot become stations with sockets",
    );
}

function tellBeginning(about: { ids: number; open: number; unreadable: number }, log: Log): void {
  const { ids, open, unreadable } = about;
  if (unreadable > 0)
    log.warn(
      `${unreadable} damaged lines of the broken-off download are passed over; their ids are asked for again`,
    );
  if (open < ids)
    log.info(
      `${(ids - open).toLocaleString("en")} of them are there already; ${open.toLocaleString("en")} to be fetched`,
      { event: "resumed", kept: ids - open, open },
    );
}

/** The lists a user asked for, written before the output: what is missing is known even where there is no output. */
async function writeLists({ report: file, missing }: LockedFetch, report: HereReport): Promise<void> {
  if (missing !== undefined) {
    const output = await openOutput(missing);
    await output.write(report.missing.map((id) => `${id}\n`).join(""));
    await output.commit();
  }
  if (file !== undefined) {
    const output = await openOutput(file);
    await output.write(concealed(`${JSON.stringify(report, null, 2)}\n`));
    await output.commit();
  }
}

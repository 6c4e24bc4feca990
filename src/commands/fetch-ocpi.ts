/** `fetch ocpi`: a CPO's or hub's Locations, or a file of open data, into NDJSON. */
import { SYSTEM_CLOCK } from "../fetching/clock.js";
import type { FetchAccount } from "../fetching/fetch-account.js";
import { createHttpClient } from "../fetching/http-client.js";
import { DEFAULT_HTTP, type HttpSettings } from "../fetching/http.js";
import { maxTimeOf } from "../fetching/max-time.js";
import { type OcpiSecrets, downloadOcpi } from "../fetching/ocpi-download.js";
import { refusalInWords } from "../fetching/ocpi-failures.js";
import type { OcpiFeed } from "../fetching/ocpi-feed.js";
import type { OcpiOutcome, OcpiReport } from "../fetching/ocpi-report.js";
import { isThisMachine } from "../fetching/this-machine.js";
import { LockedError, UsageError } from "../runs/exit-codes.js";
import { acquireLock } from "../runs/lock.js";
import type { Log } from "../runs/log.js";
import { openOutput } from "../runs/output-file.js";
import { createProgress, type ProgressMode } from "../runs/progress.js";
import { type Secret, concealed, readSecret, shownUrl } from "../runs/secret.js";
import { TOOL } from "../version.js";
import { accountLines } from "./download/fetch-ocpi-account.js";

export interface FetchOcpiOptions {
  readonly feed: OcpiFeed;
  /** Compressed where the name ends in `.gz`. */
  readonly output: string;
  /** The stored feed of the last run, with what stands beside it; the output itself unless given. */
  readonly previous?: string | undefined;
  readonly report?: string | undefined;
  readonly progress?: ProgressMode | undefined;
}

/** For `run`: as `fetchOcpi`, of which only what the run's report tells is wanted. */
export async function fetchOcpiFeed(
  feed: OcpiFeed,
  output: string,
  previous: string | undefined,
  log: Log,
): Promise<FetchAccount> {
  const report = await fetchOcpi({ feed, output, previous }, log);
  const { file, records, retrieved, not_modified: notModified, requests, retries, bytes } = report;
  return { file, records, retrieved, missing: [], notModified, requests, retries, bytes };
}

/**
 * Fetches all, or what has changed, and writes the output anew. Until all is there, the output is as it was.
 *
 * @throws {UsageError} for settings or an output that will not do; {LockedError} where another run writes it;
 * {HttpError}, {UnreadableInputError} where the server refuses or sends what is no feed, or less than it announces;
 * {OutputError} when the disk is full.
 */
export async function fetchOcpi(options: FetchOcpiOptions, log: Log): Promise<OcpiReport> {
  const { feed, output, previous = output, progress = "auto" } = options;
  if (output === "-" || output === "")
    throw new UsageError("-o must name a file: what is known of a download is kept beside it");
  const secrets = await secretsOf(feed);
  warnOfOpenTransport(feed.url, secrets, log);
  const clock = SYSTEM_CLOCK;
  const begun = { started: new Date(clock.date()), now: clock.now() };
  const lock = await acquireLock(`${output}.lock`, { waiting: (message) => log.info(message) });
  const client = createHttpClient(settingsOf(feed, log));
  const courteous = createHttpClient({ ...settingsOf(feed, log), attempts: 1 });
  const shown = createProgress(log, progress, undefined);
  try {
    const outcome = await downloadOcpi({
      feed,
      secrets,
      output,
      previous,
      client,
      courteous,
      clock,
      log,
      progress: (records) => shown.update({ records, bytes: client.counts.bytes }),
      beforePublication: async () => {
        // A machine that slept may have lost it to another run.
        if (!(await lock.isHeld())) throw new LockedError(`another run has taken over ${output} meanwhile`);
      },
    });
    shown.finish();
    const report: OcpiReport = {
      fetch_report: 1,
      tool: TOOL,
      from: shownUrl(feed.url),
      started: begun.started.toISOString(),
      finished: new Date(clock.date()).toISOString(),
      seconds: Math.round(clock.now() - begun.now) / 1000,
      file: output,
      ...outcome,
      requests: client.counts.requests + courteous.counts.requests,
      retries: client.counts.retries + courteous.counts.retries,
      bytes: client.counts.bytes + courteous.counts.bytes,
    };
    if (options.report !== undefined) await writeReport(options.report, report);
    tell(report, outcome, secrets, log);
    return report;
  } catch (error) {
    throw refusalInWords(error, feed, secrets.token !== undefined);
  } finally {
    shown.finish();
    await client.close();
    await courteous.close();
    await lock.release();
  }
}

async function secretsOf({ auth, token, headers = {} }: OcpiFeed): Promise<OcpiSecrets> {
  const more = new Map<string, Secret>();
  for (const [name, place] of Object.entries(headers)) more.set(name, await readSecret(place));
  return {
    token: auth === "none" || token === undefined ? undefined : await readSecret(token),
    headers: more,
  };
}

/** OCPI wants https. A server without it is not refused, as some stand in a network of their own. */
function warnOfOpenTransport(url: string, { token, headers }: OcpiSecrets, log: Log): void {
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" || isThisMachine(hostname)) return;
  if (token !== undefined || headers.size > 0)
    log.warn(`${shownUrl(url)} is not encrypted, and secrets go there; use https if there is any`);
}

function settingsOf({ requestsPerSecond, attempts, maxTime }: OcpiFeed, log: Log): Partial<HttpSettings> {
  return {
    // Each page tells of the next one.
    concurrency: 1,
    attempts: attempts ?? DEFAULT_HTTP.attempts,
    requestsPerSecond,
    maxTime: maxTimeOf(maxTime),
    onRetry: (message) => log.info(message, { event: "retry" }),
  };
}

function tell(report: OcpiReport, outcome: OcpiOutcome, secrets: OcpiSecrets, log: Log): void {
  const { repeated, token_encoding: encoding } = outcome;
  if (encoding !== undefined && secrets.token !== undefined)
    log.info(`the token was accepted ${encoding === "plain" ? "as it is" : "encoded in base64"}`, {
      event: "token",
      token_encoding: encoding,
    });
  if (repeated.count > 0)
    log.warn(
      `${repeated.count.toLocaleString("en")} Locations came again, as the list moved while it was read; of each the newer is kept: ` +
        `${repeated.ids.slice(0, 3).join(", ")}${repeated.count > 3 ? " … (--report lists them)" : ""}`,
    );
  for (const line of accountLines(report)) log.info(line, { event: "summary" });
}

async function writeReport(file: string, report: OcpiReport): Promise<void> {
  const output = await openOutput(file);
  await output.write(concealed(`${JSON.stringify(report, undefined, 2)}\n`));
  await output.commit();
}

/** The options of `fetch here`, checked and completed. */
import { z } from "zod";
import { hereFeedSchema } from "../fetching/here-feed.js";
import { UsageError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { PROGRESS_MODES } from "../runs/progress.js";
import { fetchHere } from "./fetch-here.js";

const fetchHereArguments = z.object({
  output: z.string(),
  ids: z.string().optional(),
  idsFrom: z.array(z.string()).optional(),
  apiKeyEnv: z.string().optional(),
  apiKeyFile: z.string().optional(),
  credentials: z.string().optional(),
  fields: z.array(z.string()).optional(),
  baseUrl: z.string().optional(),
  maxAge: z.string().optional(),
  concurrency: z.number().optional(),
  rate: z.number().optional(),
  attempts: z.number().optional(),
  maxTime: z.string().optional(),
  report: z.string().optional(),
  missing: z.string().optional(),
  progress: z.enum(PROGRESS_MODES),
});

/** What a setting is called on the command line, where it is called otherwise. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  idsFrom: "--ids-from",
  baseUrl: "--base-url",
  maxAge: "--max-age",
  requestsPerSecond: "--rate",
  maxTime: "--max-time",
};

/** @throws {UsageError} for options that make no sense; otherwise as `fetchHere`. */
export async function fetchHereFromArguments(options: unknown, log: Log): Promise<void> {
  const given = fetchHereArguments.parse(options);
  const { apiKeyEnv, apiKeyFile, credentials } = given;
  const access = { "--api-key-env": apiKeyEnv, "--api-key-file": apiKeyFile, "--credentials": credentials };
  const named = Object.entries(access).filter(([, value]) => value !== undefined);
  if (named.length > 1)
    throw new UsageError(`${named.map(([name]) => name).join(" and ")}: give the one that is to be used`);
  if (given.ids === undefined && given.idsFrom === undefined)
    throw new UsageError(
      "HERE is asked by ids only: name a list (--ids FILE) or feeds that hold them (--ids-from INPUT)",
    );
  const feed = hereFeedSchema.safeParse({
    ids: given.ids,
    idsFrom: given.idsFrom,
    apiKey:
      apiKeyEnv !== undefined
        ? { env: apiKeyEnv }
        : apiKeyFile !== undefined
          ? { file: apiKeyFile }
          : undefined,
    credentials: credentials === undefined ? undefined : { file: credentials },
    fields: given.fields,
    baseUrl: given.baseUrl,
    maxAge: given.maxAge,
    concurrency: given.concurrency,
    requestsPerSecond: given.rate,
    attempts: given.attempts,
    maxTime: given.maxTime,
  });
  if (!feed.success) throw new UsageError(feed.error.issues.map(inOptionWords).join("; "));
  await fetchHere(
    {
      feed: feed.data,
      output: given.output,
      report: given.report,
      missing: given.missing,
      progress: given.progress,
    },
    log,
  );
}

function inOptionWords({ path: [setting], message }: z.core.$ZodIssue): string {
  const name = String(setting ?? "");
  return `${OPTION_NAMES[name] ?? `--${name}`}: ${message}`;
}

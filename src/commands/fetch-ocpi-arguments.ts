/** The options of `fetch ocpi`, checked and completed. */
import { z } from "zod";
import { type OcpiFeed, ocpiFeedSchema } from "../fetching/ocpi-feed.js";
import { UsageError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { PROGRESS_MODES } from "../runs/progress.js";
import { type SecretPlace, shownUrl } from "../runs/secret.js";
import { fetchOcpi } from "./fetch-ocpi.js";

const fetchOcpiArguments = z.object({
  output: z.string(),
  ocpiVersion: z.string().optional(),
  tokenEnv: z.string().optional(),
  tokenFile: z.string().optional(),
  tokenEncoding: z.string(),
  auth: z.string(),
  headerEnv: z.array(z.string()).optional(),
  pageSize: z.number().optional(),
  deltas: z.boolean().optional(),
  fullEvery: z.string(),
  acceptIncomplete: z.boolean().optional(),
  rate: z.number().optional(),
  attempts: z.number().optional(),
  maxTime: z.string().optional(),
  source: z.string(),
  reader: z.string(),
  report: z.string().optional(),
  progress: z.enum(PROGRESS_MODES),
});

type Given = z.infer<typeof fetchOcpiArguments>;

/** The variable that is looked into where no place of the token is named. */
const TOKEN_VARIABLE = "OCPI_TOKEN";

/** What a setting is called on the command line, where it is called otherwise. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  headers: "--header-env",
  token: "--token-env or --token-file",
  pageSize: "--page-size",
  fullEvery: "--full-every",
  requestsPerSecond: "--rate",
  maxTime: "--max-time",
};

/** @throws {UsageError} for options that make no sense; otherwise as `fetchOcpi`. */
export async function fetchOcpiFromArguments(url: string, options: unknown, log: Log): Promise<void> {
  const given = fetchOcpiArguments.parse(options);
  const feed = feedOf(url, given, process.env);
  const { output, report, progress } = given;
  await fetchOcpi({ feed, output, report, progress }, log);
}

/** The settings that options stand for. @throws {UsageError} for what makes no sense. */
function feedOf(url: string, given: Given, env: Readonly<Record<string, string | undefined>>): OcpiFeed {
  const feed = ocpiFeedSchema.safeParse({
    url,
    ocpiVersion: given.ocpiVersion,
    auth: given.auth,
    token: given.auth === "none" ? undefined : tokenPlace(given, env),
    tokenEncoding: given.tokenEncoding,
    headers: given.headerEnv === undefined ? undefined : Object.fromEntries(given.headerEnv.map(headerPlace)),
    pageSize: given.pageSize,
    deltas: given.deltas,
    fullEvery: given.fullEvery,
    acceptIncomplete: given.acceptIncomplete,
    requestsPerSecond: given.rate,
    attempts: given.attempts,
    maxTime: given.maxTime,
    source: given.source,
    reader: given.reader,
  });
  if (feed.success) return feed.data;
  const issues = feed.error.issues.map(({ path: [setting], code, message }) => {
    const name = String(setting ?? "");
    if (name === "url" && code !== "custom")
      return `${shownUrl(url)} is no address that begins with https:// or http://`;
    if (name === "url") return `${shownUrl(url)} ${message}`;
    return `${OPTION_NAMES[name] ?? `--${name}`}: ${message}`;
  });
  throw new UsageError(issues.join("; "));
}

function tokenPlace(
  { tokenEnv, tokenFile }: Given,
  env: Readonly<Record<string, string | undefined>>,
): SecretPlace | undefined {
  if (tokenEnv !== undefined && tokenFile !== undefined)
    throw new UsageError("--token-env and --token-file: give the one that is to be used");
  if (tokenFile !== undefined) return { file: tokenFile };
  if (tokenEnv !== undefined) return { env: tokenEnv };
  return (env[TOKEN_VARIABLE] ?? "").trim() === "" ? undefined : { env: TOKEN_VARIABLE };
}

function headerPlace(text: string): [name: string, place: SecretPlace] {
  const [, name, variable] = /^([\w-]+)=(\w+)$/.exec(text) ?? [];
  if (name === undefined || variable === undefined)
    throw new UsageError(
      // No more of it: it may be the header itself, value and all.
      `--header-env ${/^[\w-]*/.exec(text)?.[0]}…: it must be a header and the variable that holds its value, such as X-API-Key=CPO_KEY`,
    );
  return [name, { env: variable }];
}

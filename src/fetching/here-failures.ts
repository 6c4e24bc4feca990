/** What HERE means when it refuses a request, in plain sentences: what happened, and what to do. */
import { z } from "zod";
import { counted } from "../runs/counted.js";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { onOneLine } from "./body-text.js";
import type { HereAuth } from "./here-auth.js";
import type { HttpError } from "./http-error.js";

/** All that HERE's error bodies may hold, of both kinds that it documents, and the older `errorCode`/`message`. */
const bodySchema = z.object({
  title: z.string().optional(),
  code: z.string().optional(),
  cause: z.string().optional(),
  action: z.string().optional(),
  correlationId: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
  errorCode: z.union([z.string(), z.number()]).optional(),
  message: z.string().optional(),
});

/** What HERE says about a failure. */
export type HereErrorBody = z.infer<typeof bodySchema>;

interface Meaning {
  readonly status: number;
  /** Of the key or of the token only. */
  readonly auth?: HereAuth["kind"];
  readonly what: string;
  readonly todo: string;
}

/** The first row that fits holds. */
const MEANINGS: readonly Meaning[] = [
  {
    status: 400,
    what: "HERE does not understand the request",
    todo: "Check the names in --fields, and that --base-url is that of version 3",
  },
  {
    status: 401,
    auth: "key",
    what: "HERE does not accept the API key",
    todo: "Check that it is the whole key, that it has not been revoked, and that its project may use EV Charge Points v3",
  },
  {
    status: 401,
    auth: "token",
    what: "HERE does not accept the token, not even a new one",
    todo: "Check that the app of these credentials is in a project that may use EV Charge Points v3",
  },
  {
    status: 403,
    what: "HERE knows who asks, but what is asked for is not in the contract",
    todo: "Ask HERE to enable EV Charge Points v3 for this app, or check which fields it may have",
  },
  {
    status: 404,
    what: "HERE has nothing at this address",
    todo: "Check --base-url; it ends in /v3",
  },
  {
    status: 429,
    what: "HERE allows fewer requests than were made",
    todo: "Make fewer (--rate 5, --concurrency 1), or check the quota of the plan",
  },
  {
    status: 500,
    what: "HERE's service failed, time after time",
    todo: "Run it again later",
  },
  {
    status: 503,
    what: "HERE's service is not available",
    todo: "Run it again later",
  },
];

/** Fields that need a contract of their own (HERE: RESTRICTED). */
const RESTRICTED_FIELDS = ["truckRestrictions", "predictions", "reliability"] as const;

/** A failure as it is told. `fields`: those that were asked for. */
export function lookupFailure(
  error: HttpError,
  auth: HereAuth["kind"],
  fields: readonly string[],
): UnreadableInputError {
  const body = errorBody(error.bodyText);
  const row = MEANINGS.find((each) => each.status === error.status && (each.auth ?? auth) === auth);
  const restricted = RESTRICTED_FIELDS.filter((field) => fields.includes(field));
  const said = `${restricted.join(", ")} of --fields ${restricted.length === 1 ? "needs" : "need"}`;
  const meaning =
    error.status === 403 && restricted.length > 0
      ? {
          what: `HERE refuses fields that are not in the contract: ${said} one`,
          todo: "Leave out those that the contract does not have",
        }
      : row;
  if (meaning === undefined)
    return new UnreadableInputError(sentences([error.message, quoted(body)]), { cause: error });
  return new UnreadableInputError(
    sentences([`${meaning.what} (${answered(error)})`, quoted(body), meaning.todo]),
    { cause: error },
  );
}

function answered({ url, status, remark }: HttpError): string {
  return `${url} answered ${status}${remark === undefined ? "" : `; ${remark}`}`;
}

/** Between the clocks of two machines that are both right. */
const CLOCKS_AGREE_MS = 5 * 60_000;

/** Why no token could be had. `now`: milliseconds since 1970, as this machine believes. */
export function tokenFailure(error: HttpError, now: number): UnreadableInputError {
  const body = errorBody(error.bodyText);
  const skew = clockSkew(error, now);
  const aboutTime = /time ?stamp|clock/i.test(error.bodyText);
  const refused = `HERE gives no token for these credentials (${answered(error)})`;
  const todo =
    skew !== undefined
      ? `The clock of this machine is ${skew}; set it (NTP), as signatures hold for some minutes only`
      : aboutTime
        ? "The time in the signature is what it does not accept: check the clock of this machine"
        : error.status === 401 || error.status === 403
          ? "Check here.access.key.id and here.access.key.secret: they may be revoked, or not belong together"
          : error.status >= 500 || error.status === 429
            ? "Run it again later"
            : "Check here.token.endpoint.url";
  return new UnreadableInputError(sentences([refused, quoted(body), todo]), { cause: error });
}

/** By how much our clock is off, in words; undefined where it is not, or where nobody knows. */
function clockSkew(error: HttpError, now: number): string | undefined {
  const theirs = Date.parse(error.date ?? "");
  if (Number.isNaN(theirs)) return undefined;
  const off = now - theirs;
  if (Math.abs(off) < CLOCKS_AGREE_MS) return undefined;
  const minutes = Math.round(Math.abs(off) / 60_000);
  const hours = Math.floor(minutes / 60);
  const amount = hours === 0 ? counted(minutes, "minute") : `${counted(hours, "hour")} ${minutes % 60} min`;
  return `${amount} ${off > 0 ? "fast" : "slow"}`;
}

/** What an error body says; empty where it is none. */
export function errorBody(text: string): HereErrorBody {
  try {
    const read = bodySchema.safeParse(JSON.parse(text));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}

const MOST_QUOTED = 300;

/** What HERE says itself, for people; undefined where it says nothing. */
function quoted(body: HereErrorBody): string | undefined {
  const said = [
    body.cause ?? body.error_description ?? body.message ?? body.title ?? body.error,
    body.action,
  ].filter((part) => part !== undefined && part !== "");
  const codes = [
    body.code ?? body.errorCode,
    body.correlationId === undefined ? undefined : `correlationId ${body.correlationId}`,
  ].filter((part) => part !== undefined);
  if (said.length === 0 && codes.length === 0) return undefined;
  const words = said.map((part) => part?.replace(/[\s.]+$/, "").slice(0, MOST_QUOTED)).join(". ");
  return `It says: ${[words, ...(codes.length > 0 ? [`(${codes.join(", ")})`] : [])].join(" ").trim()}`;
}

/** Parts as sentences, on one line, whatever HERE sent. */
function sentences(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => onOneLine(part).replace(/[\s.]+$/, ""))
    .map((part, at, { length }) => (at === length - 1 || /[?!]$/.test(part) ? part : `${part}.`))
    .join(" ");
}

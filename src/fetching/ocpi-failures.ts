/** What a server's refusal means, in words of the one who has to mend it. */
import { UnreadableInputError } from "../runs/exit-codes.js";
import { HttpError } from "./http-error.js";
import type { OcpiFeed } from "./ocpi-feed.js";
import { statusOf } from "./ocpi-documents.js";

/** `error` with advice, where it is a server's refusal; any other as it is. */
export function refusalInWords(error: unknown, feed: OcpiFeed, hasSecret: boolean): unknown {
  if (!(error instanceof HttpError)) return error;
  const said = statusIn(error.bodyText);
  const parts = [error.message, said, adviceOn(error, feed, hasSecret)];
  return new UnreadableInputError(parts.filter((part) => part !== undefined).join("; "), { cause: error });
}

function adviceOn({ status, url }: HttpError, feed: OcpiFeed, hasSecret: boolean): string | undefined {
  if (status !== 401 && status !== 403) {
    return feed.deltas && status === 400 ? "it may not know date_from: try without deltas" : undefined;
  }
  if (!hasSecret) return "no token was sent: name its place (--token-env NAME or --token-file FILE)";
  const { origin } = new URL(url);
  if (origin !== new URL(feed.url).origin)
    return `secrets are sent to ${new URL(feed.url).origin} and where its versions list leads over https; if ${origin} is to get them, give an address there`;
  if (feed.auth !== "token") return `is the secret right, and is it to be sent as ${feed.auth}?`;
  const spellings =
    feed.tokenEncoding === "auto" && status === 401 ? "as it is and encoded in base64" : "as it is sent";
  return `the token was refused ${spellings}: it must be the credentials token that the operator gave out for fetching`;
}

function statusIn(body: string): string | undefined {
  try {
    return statusOf(JSON.parse(body))?.said;
  } catch {
    return undefined;
  }
}

/** Where an answer leads on to, and what may be told there. */
import type { HttpRequest } from "./http.js";
import { basicAuthorization } from "./url-user.js";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Headers that tell nothing about who asks. All others stay with the server they were meant for: an Authorization, or
 * whatever else a server has its keys sent in, must not reach another.
 */
const HARMLESS: ReadonlySet<string> = new Set(["accept", "if-none-match", "if-modified-since"]);

/** A request as it is sent. */
export interface SentRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export function sentRequest(
  request: HttpRequest,
  url: URL,
  headers: Readonly<Record<string, string>>,
): SentRequest {
  const method = request.method ?? "GET";
  const plain = new URL(url.href);
  plain.username = "";
  plain.password = "";
  plain.hash = "";
  const user = basicAuthorization(url);
  return {
    url: plain,
    method,
    headers: user === undefined ? headers : { authorization: user.reveal(), ...headers },
    body: method === "POST" ? (request.body ?? "") : undefined,
  };
}

/**
 * The request that follows a redirect, a text that says why there can be none, or undefined where the answer is no
 * redirect. As browsers do: after 303, and after 301 and 302 to a POST, it is a GET.
 */
export function redirected(
  request: SentRequest,
  status: number,
  location: string | undefined,
): SentRequest | string | undefined {
  if (!REDIRECTS.has(status)) return undefined;
  if (location === undefined) return "it sends elsewhere, but does not say where";
  if (!URL.canParse(location, request.url.href)) return "it sends to something that is no address";
  const url = new URL(location, request.url.href);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return "it sends to an address that is not http or https";
  // A user of another's choice is nobody we are.
  url.username = "";
  url.password = "";
  url.hash = "";
  const becomesGet = status === 303 || (request.method === "POST" && (status === 301 || status === 302));
  const method = becomesGet ? "GET" : request.method;
  const same = url.origin === request.url.origin;
  if (method === "POST" && !same)
    return `it sends a POST on to another server (${url.origin}), which would get what was meant for this one`;
  const kept = Object.entries(request.headers).filter(
    ([name]) => (same || HARMLESS.has(name.toLowerCase())) && !(becomesGet && /^content-/i.test(name)),
  );
  return {
    url,
    method,
    headers: Object.fromEntries(kept),
    body: method === "POST" ? request.body : undefined,
  };
}

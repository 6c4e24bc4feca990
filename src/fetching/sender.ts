/** A request sent once: over redirects to an answer, and what its reader makes of that, or why there is nothing. On undici. */
import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { EnvHttpProxyAgent, request as undiciRequest, type Dispatcher } from "undici";
import { type RunError, UnreadableInputError } from "../runs/exit-codes.js";
import { TOOL } from "../version.js";
import { AnswerBody, isReadableEncoding } from "./answer-body.js";
import type { HttpAnswer } from "./http.js";
import { BrokenAnswerError, HttpError } from "./http-error.js";
import { proxiesOf, proxyRemark } from "./proxies.js";
import { redirected, type SentRequest } from "./redirect.js";
import { retryAfter } from "./retry-delay.js";
import { shownAddress } from "./shown-address.js";
import { troubleOf } from "./unreachable.js";

/** Below 500. Of those from 500 on all may pass, also those that gateways made up, but for what a server cannot do. */
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429]);
const LASTING_FAILURES: ReadonlySet<number> = new Set([501, 505, 510, 511]);
const MOST_REDIRECTS = 5;
const ERROR_BODY_BYTES = 64 * 1024;
/** Read beyond what is kept, so that a secret at the end is not cut in half before it is concealed. */
const ERROR_BODY_MARGIN = 8 * 1024;
const MOST_CONNECT_TIME = 30_000;

/** What came of sending a request once. */
export type Outcome<T> = { readonly value: T } | Failure;

export interface Failure {
  /** What to throw; `remark` is added to its message. */
  readonly error: (remark: string | undefined) => RunError;
  /** For the log. */
  readonly why: string;
  /** Whether another attempt may help. */
  readonly passing: boolean;
  readonly status?: number | undefined;
  /** The host that failed. */
  readonly host: string;
  /** It asked for so many milliseconds of rest. */
  readonly wait?: number | undefined;
}

/** An answer whose headers are here. */
interface Received {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: AnswerBody;
}

export interface SenderSettings {
  /** As in `HttpSettings`. */
  readonly idleTimeout: number;
  /** Resolves when a request to this host may begin. */
  readonly turn: (host: string) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly date: () => number;
  /** Why there are no connections any more; undefined while there are. */
  readonly closed: () => unknown;
}

/** Connections, and what is sent over them. */
export class Sender {
  /** Of contents, as received; and requests, each of a chain of redirects. */
  readonly counts = { requests: 0, bytes: 0 };
  readonly #settings: SenderSettings;
  readonly #dispatcher: Dispatcher;

  constructor(settings: SenderSettings) {
    this.#settings = settings;
    const { idleTimeout } = settings;
    this.#dispatcher = new EnvHttpProxyAgent({
      ...proxiesOf(process.env),
      headersTimeout: idleTimeout,
      bodyTimeout: idleTimeout,
      connectTimeout: Math.min(MOST_CONNECT_TIME, idleTimeout),
      // Where a name has several addresses, Node's 250 ms for each are too few on slow lines.
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 2000,
    });
  }

  /** Ends all connections, also those in use. */
  async destroy(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  /** Sends a request once, and on to where its answer leads. */
  async send<T>(first: SentRequest, read: (answer: HttpAnswer) => Promise<T>): Promise<Outcome<T>> {
    let sent = first;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#exchange(sent);
      if ("error" in answer) return answer;
      const { status, header, body } = answer;
      const next = redirected(sent, status, header("location"));
      if (next === undefined) return this.#taken(sent, answer, read);
      body.abandon();
      if (typeof next === "string" || redirects === MOST_REDIRECTS) {
        const why =
          typeof next === "string"
            ? next
            : `it sends from one address to the next, more than ${MOST_REDIRECTS} times`;
        const message = `${shownAddress(first.url.href)} cannot be followed: ${why}`;
        return final(sent.url.host, message, new UnreadableInputError(message));
      }
      sent = next;
    }
  }

  /** One request, and the beginning of its answer. */
  async #exchange(sent: SentRequest): Promise<Received | Failure> {
    const { url } = sent;
    await this.#settings.turn(url.host);
    this.counts.requests += 1;
    try {
      const { statusCode, headers, body } = await undiciRequest(url, {
        dispatcher: this.#dispatcher,
        method: sent.method,
        headers: { "user-agent": `${TOOL.name}/${TOOL.version}`, "accept-encoding": "gzip", ...sent.headers },
        ...(sent.body === undefined ? {} : { body: sent.body }),
      });
      const header = (name: string) => {
        const value = headers[name];
        return Array.isArray(value) ? value.join(", ") : value;
      };
      const isEmpty = statusCode === 304 || statusCode === 204;
      // Its headers may tell the length of what is not sent (RFC 9110, 8.6), which undici takes for broken off.
      if (isEmpty) body.on("error", () => undefined).destroy();
      const encoding = isEmpty ? undefined : header("content-encoding");
      if (!isReadableEncoding(encoding)) {
        body.on("error", () => undefined).destroy();
        const message = `${shownAddress(url.href)} sends its content compressed as ${encoding}, which cannot be read`;
        return final(url.host, message, new UnreadableInputError(message));
      }
      return {
        status: statusCode,
        header,
        body: new AnswerBody(isEmpty ? Readable.from([]) : body, {
          encoding,
          idleTimeout: this.#settings.idleTimeout,
          received: (bytes) => void (this.counts.bytes += bytes),
        }),
      };
    } catch (error) {
      const closed = this.#settings.closed();
      if (closed !== undefined) throw closed;
      const { why, passing } = troubleOf(error, this.#settings.idleTimeout);
      const message = `cannot reach ${url.host}${proxyRemark(url)}: ${why}`;
      return {
        why: message,
        passing,
        host: url.host,
        error: (remark) => new UnreadableInputError(withRemark(message, remark), { cause: error }),
      };
    }
  }

  /** What `read` makes of an answer, or why there is nothing to read. */
  async #taken<T>(
    sent: SentRequest,
    received: Received,
    read: (answer: HttpAnswer) => Promise<T>,
  ): Promise<Outcome<T>> {
    const { status, header, body } = received;
    const url = sent.url.href;
    // Nobody asks for a part.
    const isContent = status >= 200 && status <= 299 && status !== 206;
    if (!isContent && !(status === 304 && isConditional(sent))) return this.#refusal(sent, received);
    try {
      const value = await read({ status, url, header, body: body.bytes() });
      await body.drain();
      if (body.failure === undefined) return { value };
      return broken(sent, body.failure);
    } catch (error) {
      body.abandon();
      const closed = this.#settings.closed();
      if (closed !== undefined) throw closed;
      // Whatever a reader makes of it: where the content was not whole, that is the reason.
      const failure = body.failure ?? error;
      if (failure instanceof BrokenAnswerError) return broken(sent, failure);
      throw error;
    }
  }

  async #refusal(sent: SentRequest, { status, header, body }: Received): Promise<Failure> {
    const url = sent.url.href;
    const bodyText = await beginningOf(body);
    const date = header("date");
    const asked = retryAfter(header("retry-after"), date, this.#settings.date());
    return {
      why: `${shownAddress(url)} answered ${status}`,
      passing: PASSING_STATUS.has(status) || (status >= 500 && !LASTING_FAILURES.has(status)),
      status,
      host: sent.url.host,
      wait: asked,
      error: (remark) => new HttpError({ status, url, bodyText, date }, remark),
    };
  }
}

/** Only then can "nothing has changed" be an answer. */
function isConditional({ headers }: SentRequest): boolean {
  return headers["if-none-match"] !== undefined || headers["if-modified-since"] !== undefined;
}

function final(host: string, why: string, error: RunError): Failure {
  return { why, passing: false, host, error: () => error };
}

function broken(sent: SentRequest, failure: BrokenAnswerError): Failure {
  const message = `${shownAddress(sent.url.href)}: ${failure.message}`;
  return {
    why: message,
    passing: true,
    host: sent.url.host,
    error: (remark) => new UnreadableInputError(withRemark(message, remark), { cause: failure }),
  };
}

/** What an error says of itself, as far as it comes. */
async function beginningOf(body: AnswerBody): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body.bytes()) {
      pieces.push(chunk);
      bytes += chunk.length;
      if (bytes >= ERROR_BODY_BYTES + ERROR_BODY_MARGIN) break;
    }
  } catch {
    // The status is what counts.
  }
  return Buffer.concat(pieces).toString("utf8");
}

function withRemark(message: string, remark: string | undefined): string {
  return remark === undefined ? message : `${message} (${remark})`;
}

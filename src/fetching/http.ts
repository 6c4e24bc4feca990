/** The words in which the fetchers speak of HTTP; `http-client.ts` does it. */

/** One GET or POST. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: "GET" | "POST" | undefined;
  /** Names in lower case. Made anew for every attempt, as a token may have been renewed in between. */
  readonly headers?: (() => Promise<Readonly<Record<string, string>>>) | undefined;
  /** Of a POST. */
  readonly body?: string | undefined;
  /**
   * What to do about a 401, once a request: returns whether it is worth another attempt (with new headers). Absent: a
   * 401 is final.
   */
  readonly refused?: (() => Promise<boolean>) | undefined;
}

/** An answer whose status was 2xx, or 304 where that was asked; any other has become an `HttpError`. */
export interface HttpAnswer {
  readonly status: number;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** A header by its lower-case name; several of one name are joined by ", ". */
  header(name: string): string | undefined;
  /** The content, decompressed where the transfer was compressed. Throws where the connection breaks or it is cut short. */
  readonly body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** What a client did so far, for reports. */
export interface HttpCounts {
  /** Sent, retries among them. */
  readonly requests: number;
  readonly retries: number;
  /** Of contents, as received. */
  readonly bytes: number;
}

/** Sends requests: not too many at once, not too fast, and again where that helps. */
export interface HttpClient {
  readonly counts: HttpCounts;
  /**
   * Sends a request and gives its answer to `read`, which must take the whole body in. When the connection, the body or
   * the server fails (429, 5xx, timeouts), it is all done again: `read` is called anew and must forget what it had.
   *
   * @throws {HttpError} for an answer that no retry will better, or when the attempts are used up; {UnreadableInputError}
   * when there is no connection to be had.
   */
  send<T>(request: HttpRequest, read: (answer: HttpAnswer) => Promise<T>): Promise<T>;
  /** Lets go of connections. */
  close(): Promise<void>;
}

/** How a client behaves. */
export interface HttpSettings {
  /** Requests under way at the same time. */
  readonly concurrency: number;
  /** At most so many requests begin a second; undefined for no limit. */
  readonly requestsPerSecond?: number | undefined;
  /** Attempts a request, the first among them. */
  readonly attempts: number;
  /** Milliseconds after which a connection counts as broken when no byte, or next to nothing, has come in them. */
  readonly idleTimeout: number;
  /** Milliseconds from the making of the client after which it gives up, whatever still comes; undefined for never. */
  readonly maxTime?: number | undefined;
  /** What to do where it needs longer: the end of the sentence that tells that it was given up. */
  readonly toAllowMore?: string | undefined;
  /** Told why and how long a request is waited with before it is sent again. */
  readonly onRetry?: ((message: string) => void) | undefined;
}

export const DEFAULT_HTTP = {
  concurrency: 4,
  attempts: 6,
  idleTimeout: 60_000,
  toAllowMore: "where it needs longer, allow it (--max-time 24h, or maxTime in a config)",
} as const satisfies HttpSettings;

/** How long a whole download may take: what goes on for half a day comes too late for a nightly job. */
export const DEFAULT_MAX_TIME = "12h";

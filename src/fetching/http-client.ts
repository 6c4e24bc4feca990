/** Sends requests: not too many at once, not too fast, and again where that helps. */
import { AsyncLocalStorage } from "node:async_hooks";
import pLimit from "p-limit";
import { RunError, UnreadableInputError, UsageError } from "../runs/exit-codes.js";
import { shownUrl } from "../runs/secret.js";
import { type Clock, SYSTEM_CLOCK } from "./clock.js";
import {
  DEFAULT_HTTP,
  type HttpAnswer,
  type HttpClient,
  type HttpRequest,
  type HttpSettings,
} from "./http.js";
import { Pace } from "./pace.js";
import { sentRequest } from "./redirect.js";
import { backOff } from "./retry-delay.js";
import { type Failure, Sender } from "./sender.js";
import { shownAddress } from "./shown-address.js";

export { BrokenAnswerError, HttpError } from "./http-error.js";

/** In milliseconds. A server that wants longer is left to the next run. */
const LONGEST_WAIT = 600_000;
/** Timers take no more milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A client with its own connections. Ends with `close`. Proxies are those of HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
export function createHttpClient(
  settings: Partial<HttpSettings> = {},
  clock: Clock = SYSTEM_CLOCK,
): HttpClient {
  return new PersistentClient({ ...DEFAULT_HTTP, ...settings }, clock);
}

class PersistentClient implements HttpClient {
  readonly #settings: HttpSettings;
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #sender: Sender;
  readonly #limit: <T>(task: () => Promise<T>) => Promise<T>;
  /** Set within a request: what it sends in turn (for a token) must not wait behind those that wait for it. */
  readonly #within = new AsyncLocalStorage<true>();
  readonly #closing = new AbortController();
  readonly #deadline: NodeJS.Timeout | undefined;
  /** By host: the failure in which a server asked to be left alone for longer than we wait. */
  readonly #leftAlone = new Map<string, Failure>();
  #retries = 0;
  /** The beginning of a message. */
  #lastAsked = "";

  constructor(settings: HttpSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#pace = new Pace(clock, settings.requestsPerSecond);
    this.#limit = pLimit(settings.concurrency);
    const { signal } = this.#closing;
    this.#sender = new Sender({
      idleTimeout: settings.idleTimeout,
      turn: async (host) => {
        await this.#pace.turn(host, signal);
        const failure = this.#leftAlone.get(host);
        if (failure !== undefined) this.#leave(failure);
      },
      date: () => clock.date(),
      closed: () => (signal.aborted ? signal.reason : undefined),
    });
    this.#deadline = settings.maxTime === undefined ? undefined : this.#deadlineAfter(settings.maxTime);
  }

  #deadlineAfter(maxTime: number): NodeJS.Timeout {
    const giveUp = (): void =>
      void this.#end(
        new UnreadableInputError(
          `${this.#lastAsked}the download was given up after ${shownSeconds(maxTime)}, the most it may take; ` +
            (this.#settings.toAllowMore ?? DEFAULT_HTTP.toAllowMore),
        ),
      );
    return setTimeout(giveUp, Math.min(maxTime, LONGEST_TIMER)).unref();
  }

  get counts() {
    return { ...this.#sender.counts, retries: this.#retries };
  }

  async send<T>(request: HttpRequest, read: (answer: HttpAnswer) => Promise<T>): Promise<T> {
    const url = addressOf(request.url);
    if (this.#within.getStore() === true) return this.#persist(request, url, read);
    return this.#limit(() => this.#within.run(true, () => this.#persist(request, url, read)));
  }

  async close(): Promise<void> {
    clearTimeout(this.#deadline);
    await this.#end(new RunError("the connections were closed"));
  }

  /** Whoever waits for anything gets this error; of two, the first holds. */
  async #end(error: RunError): Promise<void> {
    this.#closing.abort(error);
    await this.#sender.destroy();
  }

  /** Sends it as often as it takes. */
  async #persist<T>(request: HttpRequest, url: URL, read: (answer: HttpAnswer) => Promise<T>): Promise<T> {
    const { attempts, onRetry } = this.#settings;
    let refused = false;
    for (let attempt = 1; ;) {
      this.#closing.signal.throwIfAborted();
      const headers = (await request.headers?.()) ?? {};
      this.#lastAsked = `${shownAddress(url.href)}: `;
      const outcome = await this.#sender.send(sentRequest(request, url, headers), read);
      if ("value" in outcome) return outcome.value;
      if (outcome.status === 401 && !refused && (await request.refused?.()) === true) {
        refused = true;
        this.#retries += 1;
        continue;
      }
      if (!outcome.passing) throw outcome.error(undefined);
      const wait = this.#waitAfter(outcome, attempt);
      if (attempt >= attempts) throw outcome.error(attempts === 1 ? undefined : `tried ${attempts} times`);
      onRetry?.(`${outcome.why}; waiting ${shownSeconds(wait)} before trying again`);
      attempt += 1;
      this.#retries += 1;
      await this.#clock.sleep(wait, this.#closing.signal);
    }
  }

  /** How long to wait after a failure, in milliseconds. A server that gets too much is left alone by all meanwhile. */
  #waitAfter(failure: Failure, failures: number): number {
    const asked = failure.wait ?? 0;
    if (asked > LONGEST_WAIT) {
      this.#leftAlone.set(failure.host, failure);
      this.#leave(failure);
    }
    const wait = asked + backOff(failures, this.#clock.random());
    if (failure.status === 429 || asked > 0)
      this.#pace.pause(failure.host, failure.wait === undefined ? wait : asked);
    return wait;
  }

  #leave(failure: Failure): never {
    throw failure.error(
      `it asks to be left alone for ${shownSeconds(failure.wait ?? 0)}; run again after that`,
    );
  }
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  throw new UsageError(`${shownUrl(text)} is no address that begins with https:// or http://`);
}

function shownSeconds(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`;
}

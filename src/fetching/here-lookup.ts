/** One group of ids looked up at HERE, whatever it takes: each id comes out found, missing or refused. */
import { onOneLine, textOf } from "./body-text.js";
import { type HereAnswer, readHereAnswer } from "./here-answer.js";
import type { HereAuth } from "./here-auth.js";
import { errorBody, lookupFailure } from "./here-failures.js";
import type { WantedId } from "./here-ids.js";
import type { FoundItem } from "./here-records.js";
import { HttpError } from "./http-error.js";
import type { HttpClient } from "./http.js";

/** An id that makes HERE refuse a request, and what it says about it. */
export interface RefusedId {
  readonly id: string;
  readonly cause: string;
}

/** What became of the ids of a group: each is in exactly one of `found`, `missing`, `unanswered` and `refused`. */
export interface LookedUp {
  readonly found: readonly FoundItem[];
  /** HERE says that it does not have them. */
  readonly missing: readonly WantedId[];
  /** HERE says nothing of them, not even when asked for each alone. */
  readonly unanswered: readonly WantedId[];
  readonly refused: readonly RefusedId[];
  /** Records that came twice, or that nobody had asked for: by their ids, `no id` where they have none. */
  readonly unasked: readonly string[];
}

export interface LookupSettings {
  /** The address up to its ids (`lookupUrl`). */
  readonly url: string;
  readonly auth: HereAuth;
  readonly fields: readonly string[];
}

/** Answers to which fewer ids may be the remedy. */
const TOO_MUCH: ReadonlySet<number> = new Set([400, 413, 414]);
/** Of a 400 that is not about ids. */
const OTHER_PARAMETER = /querystring\/(?!ids\b)\w+|connectorTypes|\bfields\b|api ?key/i;
/** That an id alone is what HERE knows nothing of. */
const NO_SUCH_ID = "E629000";
/** So many ids refused and none accepted: then it is not the ids. */
const MOST_REFUSED_AT_FIRST = 20;

const NOTHING: LookedUp = { found: [], missing: [], unanswered: [], refused: [], unasked: [] };

/** Looks groups of ids up. May be asked several groups at a time. */
export class HereLookup {
  readonly #client: HttpClient;
  readonly #settings: LookupSettings;
  #accepted = false;
  #refusedAtFirst = 0;

  constructor(client: HttpClient, settings: LookupSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  /**
   * @throws {UnreadableInputError} in plain words, where HERE refuses the request and it is not for single ids.
   */
  async group(ids: readonly WantedId[]): Promise<LookedUp> {
    const first = await this.#halved(ids);
    if (first.unanswered.length === 0) return first;
    // Whatever the reason was, alone an id has an answer of its own.
    let all: LookedUp = { ...first, unanswered: [] };
    for (const id of first.unanswered) all = joined(all, await this.#halved([id]));
    return all;
  }

  /** Where a request is refused for what is in it, its halves are asked, down to single ids. */
  async #halved(ids: readonly WantedId[]): Promise<LookedUp> {
    let answer: HereAnswer;
    try {
      answer = await this.#asked(ids);
      this.#accepted = true;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const { code, cause = "" } = errorBody(error.bodyText);
      const [only] = ids;
      if (error.status === 404 && code === NO_SUCH_ID && ids.length === 1)
        return { ...NOTHING, missing: ids };
      if (!TOO_MUCH.has(error.status) || OTHER_PARAMETER.test(cause) || only === undefined)
        throw this.#failure(error);
      if (ids.length === 1) return this.#refused(only, error, cause);
      const half = Math.ceil(ids.length / 2);
      const one = await this.#halved(ids.slice(0, half));
      return joined(one, await this.#halved(ids.slice(half)));
    }
    return settled(ids, answer);
  }

  #refused(id: WantedId, error: HttpError, cause: string): LookedUp {
    this.#refusedAtFirst += this.#accepted ? 0 : 1;
    if (this.#refusedAtFirst > MOST_REFUSED_AT_FIRST) throw this.#failure(error);
    return {
      ...NOTHING,
      refused: [{ id: id.asked, cause: cause === "" ? `status ${error.status}` : onOneLine(cause) }],
    };
  }

  #asked(ids: readonly WantedId[]): Promise<HereAnswer> {
    const { url, auth } = this.#settings;
    const request = { url: url + ids.map(({ key }) => encodeURIComponent(key)).join(","), ...auth.request() };
    return this.#client.send(request, async (answer) => readHereAnswer(await textOf(answer)));
  }

  #failure(error: HttpError): Error {
    return lookupFailure(error, this.#settings.auth.kind, this.#settings.fields);
  }
}

/** Gives each id its part of an answer. */
function settled(ids: readonly WantedId[], answer: HereAnswer): LookedUp {
  const open = new Map(ids.map((id) => [id.key, id]));
  const found: FoundItem[] = [];
  const unasked: string[] = [];
  for (const { key, json } of answer.items) {
    const id = key === undefined ? undefined : open.get(key);
    // The key of the list, not of the record: of a million ids one text each is enough.
    if (id !== undefined && open.delete(id.key)) found.push({ key: id.key, json });
    else unasked.push(key ?? "no id");
  }
  const missing: WantedId[] = [];
  for (const key of answer.missing) {
    const id = open.get(key);
    if (id !== undefined && open.delete(key)) missing.push(id);
  }
  return { found, missing, unanswered: [...open.values()], refused: [], unasked };
}

function joined(one: LookedUp, other: LookedUp): LookedUp {
  return {
    found: [...one.found, ...other.found],
    missing: [...one.missing, ...other.missing],
    unanswered: [...one.unanswered, ...other.unanswered],
    refused: [...one.refused, ...other.refused],
    unasked: [...one.unasked, ...other.unasked],
  };
}

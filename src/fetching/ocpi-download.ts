/** A whole download: from the address that was given to the file and the facts beside it. */
import { UnreadableInputError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { type Secret, shownUrl } from "../runs/secret.js";
import type { Clock } from "./clock.js";
import type { HttpClient } from "./http.js";
import { OcpiAccess } from "./ocpi-access.js";
import { OcpiAddresses } from "./ocpi-addresses.js";
import { locationsEndpoint } from "./ocpi-discovery.js";
import type { OcpiFeed } from "./ocpi-feed.js";
import { type FirstAnswer, readFirstAnswer } from "./ocpi-first-answer.js";
import { type Page, type PageSettings, readPage, tooLargeText } from "./ocpi-page.js";
import { type PagesAccount, followPages, missingRecords, withParameters } from "./ocpi-pages.js";
import { type Plan, conditions, planOf } from "./ocpi-plan.js";
import { type Publication, keepStored, publishPages } from "./ocpi-publication.js";
import type { OcpiOutcome } from "./ocpi-report.js";
import { RecordSpool } from "./ocpi-spool.js";
import { storedFeed } from "./ocpi-stored-feed.js";

export interface OcpiSecrets {
  readonly token: Secret | undefined;
  readonly headers: ReadonlyMap<string, Secret>;
}

export interface OcpiDownloadSettings {
  readonly feed: OcpiFeed;
  readonly secrets: OcpiSecrets;
  readonly output: string;
  /** The stored feed that deltas and "not modified" build on. */
  readonly previous: string;
  readonly client: HttpClient;
  /** Asks once, for what is only good to know. */
  readonly courteous: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: (records: number) => void;
  /** Called before anything takes its final name. */
  readonly beforePublication: () => Promise<void>;
}

/** What an address ends in that leads to others. */
const LEADS_ON = /(?:\/versions|\/v?2\.\d(?:\.\d)?(?:\/details)?)\/?$/i;

/**
 * @throws {UnreadableInputError} where the server's answers are of no use; {HttpError} where it refuses;
 * {OutputError}, {UsageError} where nothing can be written.
 */
export async function downloadOcpi(settings: OcpiDownloadSettings): Promise<OcpiOutcome> {
  const { feed, output } = settings;
  const stored = await storedFeed(settings.previous, shownUrl(feed.url));
  const plan = planOf(settings, stored);
  const spool = await RecordSpool.beside(output);
  try {
    return await new OcpiDownload(settings, plan, spool).run();
  } finally {
    await spool.discard();
  }
}

class OcpiDownload {
  readonly #settings: OcpiDownloadSettings;
  #plan: Plan;
  readonly #spool: RecordSpool;
  readonly #addresses: OcpiAddresses;
  readonly #access: OcpiAccess;
  readonly #started: number;

  constructor(settings: OcpiDownloadSettings, plan: Plan, spool: RecordSpool) {
    const { feed, secrets, clock } = settings;
    this.#settings = settings;
    this.#plan = plan;
    this.#spool = spool;
    this.#started = clock.date();
    this.#addresses = new OcpiAddresses(feed.url);
    this.#access = new OcpiAccess(
      {
        scheme: feed.auth,
        secret: secrets.token,
        encoding: feed.tokenEncoding,
        remembered: plan.stored?.facts.token_encoding,
        headers: secrets.headers,
      },
      this.#addresses,
      feed.url,
    );
  }

  async run(): Promise<OcpiOutcome> {
    const { feed, log } = this.#settings;
    const { stored } = this.#plan;
    const known = stored?.facts.endpoint;
    const leadsOn =
      known === undefined ? LEADS_ON.test(new URL(feed.url).pathname) : known !== shownUrl(feed.url);
    const address = leadsOn ? feed.url : this.#listAddress(feed.url);
    const answer = await this.#ask(address, this.#plan.isDelta ? {} : conditions(stored?.facts));
    if (answer.kind === "unmodified") return keepStored(this.#publication(), address);
    if (answer.kind === "page") {
      if (leadsOn && answer.page.received === 0) throw new UnreadableInputError(leadsNowhere(address));
      return this.#take(answer.page, address, false);
    }
    const { client, courteous } = this.#settings;
    const { document, url } = answer;
    const access = this.#access;
    const addresses = this.#addresses;
    const discovery = { client, courteous, access, addresses, log, version: feed.ocpiVersion };
    const endpoint = await locationsEndpoint(document, url, discovery);
    this.#askAllIfMoved(endpoint);
    const found = this.#listAddress(endpoint);
    return this.#take(await this.#askPage(found, feed.source), found, true);
  }

  /**
   * Where Locations were had from another endpoint the last time, that may have been another version, in which they are
   * identified otherwise: changes cannot be put into what is stored then.
   */
  #askAllIfMoved(endpoint: string): void {
    const { stored, isDelta } = this.#plan;
    if (!isDelta || stored?.facts.endpoint === shownUrl(withoutPlan(endpoint))) return;
    this.#settings.log.info(
      "all is asked for, because the Locations are at another address than the last time",
      {
        event: "full",
      },
    );
    this.#plan = { stored, isDelta: false };
  }

  /** `page`: the first one of the list. `isFound`: its address is none that the user gave. */
  async #take(page: Page, address: string, isFound: boolean): Promise<OcpiOutcome> {
    // Of changes there may be none, and a list may end so; but a whole list that is null would let all Locations vanish.
    if (page.isNull && !this.#plan.isDelta && !this.#settings.feed.acceptIncomplete)
      throw new UnreadableInputError(nullText(address));
    const account = await this.#following(page, address);
    const isList = isFound || page.next !== undefined || page.total !== undefined || page.limit !== undefined;
    const endpoint = isFound ? withoutPlan(address) : this.#settings.feed.url;
    return publishPages(this.#publication(), page, { endpoint, isList, account });
  }

  /** The address of the list with the parameters that OCPI has for it. */
  #listAddress(url: string): string {
    const { pageSize } = this.#settings.feed;
    const { isDelta, stored } = this.#plan;
    return withParameters(url, {
      limit: pageSize === undefined ? undefined : `${pageSize}`,
      date_from: isDelta ? stored?.facts.date_from : undefined,
    });
  }

  async #ask(address: string, conditional: Readonly<Record<string, string>>): Promise<FirstAnswer> {
    const settings = this.#pageSettings(this.#settings.feed.source, false);
    return this.#settings.client.send(this.#access.request(address, conditional), (answer) =>
      readFirstAnswer(answer, settings),
    );
  }

  async #askPage(address: string, source: OcpiFeed["source"]): Promise<Page> {
    const settings = this.#pageSettings(source, true);
    return this.#settings.client.send(this.#access.request(address), (answer) =>
      readPage(answer, answer.body, settings),
    );
  }

  #pageSettings(source: OcpiFeed["source"], inPages: boolean): PageSettings {
    const { feed, progress } = this.#settings;
    const isList = inPages || this.#plan.isDelta;
    return { spool: this.#spool, source, reader: feed.reader, inPages: isList, progress };
  }

  async #following(page: Page, address: string): Promise<PagesAccount> {
    const { log, feed } = this.#settings;
    // A page may be odd in itself; what the list is has been found out.
    const source = feed.source === "auto" ? page.format.source : feed.source;
    const account = await followPages(page, address, {
      spool: this.#spool,
      isDelta: this.#plan.isDelta,
      addresses: this.#addresses,
      ask: (next) => this.#askPage(next, source),
      warn: (message) => log.warn(message),
    });
    const missing = missingRecords(address, account, this.#spool.accounted, feed.acceptIncomplete);
    if (missing !== undefined) log.warn(missing);
    if (account.tooLarge > 0) log.warn(tooLargeText(account.tooLarge));
    return account;
  }

  #publication(): Publication {
    const { feed, output, clock, log, beforePublication } = this.#settings;
    const encoding = this.#access.sendsToken ? this.#access.encoding : undefined;
    const { stored, isDelta } = this.#plan;
    const started = this.#started;
    const spool = this.#spool;
    return { feed, output, clock, log, beforePublication, encoding, stored, isDelta, started, spool };
  }
}

function nullText(address: string): string {
  return (
    `${shownUrl(address)} sends "data": null where a list of Locations should be, so nothing was written. ` +
    "Run again later, or ask who runs it; if it has no Locations, take that with --accept-incomplete"
  );
}

function leadsNowhere(address: string): string {
  return `${shownUrl(address)} should name versions or endpoints of OCPI, and names none. Is the address right? If so, ask who runs it`;
}

/** An endpoint's address without what was asked of it this time. */
function withoutPlan(url: string): string {
  const plain = new URL(url);
  for (const name of ["limit", "date_from"]) plain.searchParams.delete(name);
  return plain.href;
}

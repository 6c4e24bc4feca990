/** Page after page: each tells where the next one is, so they are asked for one after the other. */
import { counted } from "../runs/counted.js";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { shownUrl } from "../runs/secret.js";
import type { OcpiAddresses } from "./ocpi-addresses.js";
import type { Page } from "./ocpi-page.js";
import type { RecordSpool } from "./ocpi-spool.js";

/** A list that gives so many pages in a row without anything new will not end, or has ended where they are empty. */
const MOST_FRUITLESS = 20;
/** Of what was announced, so much may be missing: a list changes while it is read. */
const MISSING_SHARE = 0.01;

/** What the pages of a list came to. */
export interface PagesAccount {
  readonly pages: number;
  /** The `X-Total-Count` of the last page. */
  readonly announced: number | undefined;
  readonly tooLarge: number;
}

export interface PagesSettings {
  readonly spool: RecordSpool;
  /** Only what has changed was asked for. */
  readonly isDelta: boolean;
  readonly addresses: OcpiAddresses;
  /** Asks for a page and takes it in. */
  readonly ask: (address: string) => Promise<Page>;
  readonly warn: (message: string) => void;
}

/**
 * Takes in the pages that follow the first one, which was asked for at `address` and is in the spool.
 *
 * @throws {UnreadableInputError} where pages lead in a circle or to no end.
 */
export async function followPages(
  first: Page,
  address: string,
  { spool, isDelta, addresses, ask, warn }: PagesSettings,
): Promise<PagesAccount> {
  const asked = new Set([address]);
  const begin = numberOf(address, "offset") ?? 0;
  let page = first;
  let at = address;
  let pages = 1;
  let position = begin + page.received;
  let tooLarge = page.tooLarge;
  let largest = 0;
  let fruitless = spool.endPage(isDelta) === 0 ? 1 : 0;
  let empty = page.received === 0 ? 1 : 0;
  let told = addresses.mayKnowSecrets(address);
  for (;;) {
    const { next, total } = page;
    const isComplete = total !== undefined && position >= total;
    // Some servers name a next page for ever.
    if (isComplete && page.received === 0) break;
    let following: string;
    if (next !== undefined) following = addresses.followed(next, page.url);
    // A page without a link, and yet not the last: its successor is found by counting.
    else if (!isComplete && total !== undefined && page.received > 0 && fruitless === 0) {
      following = withParameters(at, { offset: `${position}` });
    } else {
      if (total === undefined && page.received > 0 && page.received === mostOf(page, at))
        warn(
          `${shownUrl(page.url)}: the page is full (${counted(page.received, "record")}), and names neither a next one nor how many there are; ` +
            "it is taken for the last. Should there be more, ask who runs it",
        );
      break;
    }
    if (asked.has(following)) {
      if (isComplete) break;
      if (following === at && isShort(page, at, fruitless === 0 ? largest : 0)) {
        warn(
          `${shownUrl(page.url)}: its next page is itself; as it has fewer records than a page may have, it is taken for the last`,
        );
        break;
      }
      throw new UnreadableInputError(
        `${shownUrl(page.url)}: its next page is one that came before (${shownUrl(following)}), so the list has no end. ` +
          "Tell who runs it",
      );
    }
    if (empty >= MOST_FRUITLESS) {
      warn(
        `${shownUrl(page.url)}: ${empty} pages in a row were empty, and each names another; this is taken for the end of the list`,
      );
      break;
    }
    if (fruitless >= MOST_FRUITLESS) {
      throw new UnreadableInputError(
        `${shownUrl(page.url)}: ${MOST_FRUITLESS} pages in a row brought nothing new, and each names another. Tell who runs it`,
      );
    }
    if (told && !addresses.mayKnowSecrets(following)) {
      told = false;
      warn(
        `the next page is on another host, ${new URL(following).host}; it is asked for without token or keys`,
      );
    }
    asked.add(following);
    largest = Math.max(largest, page.received);
    at = following;
    page = await ask(following);
    pages += 1;
    position += page.received;
    tooLarge += page.tooLarge;
    fruitless = spool.endPage(isDelta) === 0 ? fruitless + 1 : 0;
    empty = page.received === 0 ? empty + 1 : 0;
  }
  return {
    pages,
    announced: page.total === undefined ? undefined : Math.max(0, page.total - begin),
    tooLarge,
  };
}

/** How many records a page at this address may have; undefined where nobody says. */
function mostOf({ limit }: Page, at: string): number | undefined {
  const asked = numberOf(at, "limit");
  return limit === undefined || asked === undefined ? (limit ?? asked) : Math.min(limit, asked);
}

/** Whether a page has fewer records than it may have, and than the `largest` before it (0 for none): there are no more. */
function isShort(page: Page, at: string, largest: number): boolean {
  const sizes = [mostOf(page, at), largest === 0 ? undefined : largest].filter((size) => size !== undefined);
  return page.received === 0 || (sizes.length > 0 && page.received < Math.min(...sizes));
}

/**
 * Compares what came with what the server said there is.
 *
 * @returns what to warn of, if anything.
 * @throws {UnreadableInputError} where too much is missing, unless that is accepted.
 */
export function missingRecords(
  url: string,
  { announced, tooLarge }: PagesAccount,
  records: number,
  acceptIncomplete: boolean,
): string | undefined {
  const missing = (announced ?? 0) - records - tooLarge;
  if (announced === undefined || missing <= 0) return undefined;
  const text = `${shownUrl(url)} announces ${counted(announced, "record")}, and ${records + tooLarge} came: ${missing} are missing`;
  if (missing <= announced * MISSING_SHARE || acceptIncomplete) return text;
  throw new UnreadableInputError(
    `${text}, so nothing was written. Run again, or take what there is with --accept-incomplete`,
  );
}

/** An address with some parameters of its query set. */
export function withParameters(
  url: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) changed.searchParams.set(name, value);
  }
  return changed.href;
}

/** A number in the query of an address. */
function numberOf(url: string, name: string): number | undefined {
  const text = new URL(url).searchParams.get(name) ?? "";
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

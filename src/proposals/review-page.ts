/** review.html: the page that `review-page/` is built to, with the proposals in it, so that one file opens anywhere. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Proposal } from "../merging/proposal.js";
import type { OutputAbout } from "./output-form.js";
import { countProposals } from "./proposal-counts.js";
import { proposalLine } from "./proposal-line.js";
import { CHUNK_LINES, type ReviewAbout } from "./review-data.js";
import { reviewIndex } from "./review-index.js";
import { reviewContents } from "./review-page-contents.js";
import { type PageLimits, PAGE_LIMITS, reviewParts } from "./review-page-parts.js";

export const REVIEW = "review.html";
/** Where the built page takes its data. */
const DATA = "<!--DATA-->";

/** A file to write, in pieces. */
export interface ReviewFile {
  readonly file: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}

/**
 * The review page of these proposals: `review.html`; or, where they are too many for one, `review-1.html`, … and a
 * `review.html` that leads to them. The same proposals give the same bytes. `template`: the built page.
 * `characters`: of proposals.ndjson, where that is known: it saves counting.
 * Throws Error when the template has no single place for data, which is no fault of the data.
 */
export function reviewFiles(
  proposals: readonly Proposal[],
  about: OutputAbout,
  template: string,
  { limits = PAGE_LIMITS, characters }: { readonly limits?: PageLimits; readonly characters?: number } = {},
): ReviewFile[] {
  const [head, tail, ...more] = template.split(DATA);
  if (head === undefined || tail === undefined || more.length > 0)
    throw new Error(`the review page must have one ${DATA}; build it again with \`npm run build\``);
  const said: ReviewAbout = {
    source: wellFormed(about.source ?? about.changeset.source),
    ...(about.asOf !== undefined && { asOf: about.asOf }),
    licensed: about.licensed,
    ...(about.licence && { licence: { id: about.licence.id, url: about.licence.url } }),
    tool: about.generator,
    counts: countProposals(proposals).by_change,
  };
  const page = { head, tail };
  const parts = reviewParts(proposals, limits, characters);
  const [only, ...others] = parts;
  if (only === undefined || others.length === 0)
    return [{ file: REVIEW, pieces: pageOf(only ?? [], said, page) }];
  const files = parts.map((_, index) => REVIEW.replace(".", `-${index + 1}.`));
  const pages = parts.map((part, index) => {
    const which = { number: index + 1, of: parts.length, files };
    return { file: files[index] ?? "", pieces: pageOf(part, { ...said, part: which }, page) };
  });
  return [...pages, { file: REVIEW, pieces: [reviewContents(said, files, parts)] }];
}

async function* pageOf(
  proposals: readonly Proposal[],
  about: ReviewAbout,
  { head, tail }: { readonly head: string; readonly tail: string },
): AsyncGenerator<string> {
  yield head;
  yield `<script type="application/json" id="about">${markupFreeJson(about)}</script>\n`;
  const index = await packed(JSON.stringify(reviewIndex(proposals)));
  yield `<script type="text/plain" id="index">${index}</script>\n`;
  yield* inTurn(chunks(proposals), ASIDE);
  yield tail;
}

/** How many chunks are compressed at a time, on zlib's own threads. */
const ASIDE = 2;

function* chunks(proposals: readonly Proposal[]): Generator<Promise<string>> {
  for (let first = 0; first < proposals.length; first += CHUNK_LINES) {
    let lines = "";
    for (const proposal of proposals.slice(first, first + CHUNK_LINES)) lines += proposalLine(proposal);
    yield packed(lines).then(
      (text) => `<script type="text/plain" class="chunk" data-first="${first}">${text}</script>\n`,
    );
  }
}

/** What promises give, in their order, so many under way at a time. */
async function* inTurn<Value>(promises: Iterable<Promise<Value>>, atOnce: number): AsyncGenerator<Value> {
  const waiting: Promise<Value>[] = [];
  for (const promise of promises) {
    waiting.push(promise);
    const first = waiting.length > atOnce ? waiting.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const promise of waiting) yield await promise;
}

const gzipped = promisify(gzip);
/** Byte of the gzip header that names the system it was made on; this value names none. */
const SYSTEM_BYTE = 9;
const NO_SYSTEM = 255;

/** Base64 of gzip; neither time nor system is in it. */
async function packed(text: string): Promise<string> {
  const bytes = await gzipped(text, { level: 6 });
  bytes[SYSTEM_BYTE] = NO_SYSTEM;
  return bytes.toString("base64");
}

/** Without lone surrogates, which URLs and some stores of browsers refuse. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** JSON that can stand in any script element: nothing in it is markup, whatever its texts are. */
function markupFreeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

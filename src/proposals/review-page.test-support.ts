/** Reads a written review page back, as a program would that knows only what review-data.ts says of it. */
import { gunzipSync } from "node:zlib";

export interface ReadReviewPage {
  /** JSON. */
  readonly about: string;
  /** JSON. */
  readonly index: string;
  /** Lines of proposals.ndjson, line breaks included, by the place of the first in the index. */
  readonly chunks: ReadonlyMap<number, string>;
  /** The page without the data. */
  readonly rest: string;
}

const DATA_SCRIPT =
  /<script type="(?:application\/json|text\/plain)" (?:id="(?<id>\w+)"|class="chunk" data-first="(?<first>\d+)")>(?<text>[^<]*)<\/script>\n/g;

/** Throws Error where a piece is missing. */
export function readReviewPage(html: string): ReadReviewPage {
  const pieces = new Map<string, string>();
  const chunks = new Map<number, string>();
  for (const { groups = {} } of html.matchAll(DATA_SCRIPT)) {
    const { id, first, text = "" } = groups;
    if (id !== undefined) pieces.set(id, text);
    else chunks.set(Number(first), unpacked(text));
  }
  const [about, index] = [pieces.get("about"), pieces.get("index")];
  if (about === undefined || index === undefined) throw new Error("not a review page");
  return { about, index: unpacked(index), chunks, rest: html.replace(DATA_SCRIPT, "") };
}

/** All lines of proposals.ndjson, in order. */
export function proposalsIn({ chunks }: ReadReviewPage): string {
  return [...chunks.values()].join("");
}

function unpacked(base64: string): string {
  return gunzipSync(Buffer.from(base64, "base64")).toString("utf8");
}

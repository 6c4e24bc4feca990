/** The data that `diff` put into the page (`proposals/review-data.ts`). */
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { CHUNK_LINES, type ReviewAbout, type ReviewIndex } from "../proposals/review-data.js";

/** Chunks kept decoded: going to and fro stays in them. */
const KEPT_CHUNKS = 6;

/** Throws Error when the page holds no data. */
export function embeddedAbout(page: Document): ReviewAbout {
  const about: ReviewAbout = JSON.parse(textOf(page, "about"));
  return about;
}

/** Throws Error when the page holds no data or was cut off. */
export async function embeddedIndex(page: Document): Promise<ReviewIndex> {
  const index: ReviewIndex = JSON.parse(await unpacked(textOf(page, "index")));
  return index;
}

/** Proposals in full, a chunk at a time, decoded when one of it is shown. */
export class EmbeddedProposals {
  readonly #chunks: ReadonlyMap<number, Element>;
  readonly #kept = new Map<number, Promise<readonly string[]>>();

  constructor(page: Document) {
    this.#chunks = new Map(
      [...page.querySelectorAll("script.chunk")].map((chunk) => [
        Number(chunk.getAttribute("data-first")),
        chunk,
      ]),
    );
  }

  /** The proposal of a row. Throws Error when the page was cut off. */
  async at(row: number): Promise<ProposalLine> {
    const first = row - (row % CHUNK_LINES);
    const lines = await this.#linesFrom(first);
    const line = lines[row - first];
    if (line === undefined) throw new Error(INCOMPLETE);
    const proposal: ProposalLine = JSON.parse(line);
    return proposal;
  }

  #linesFrom(first: number): Promise<readonly string[]> {
    const known = this.#kept.get(first);
    // Put last again: the first of the map is the one that was not used for longest.
    this.#kept.delete(first);
    const lines =
      known ?? unpacked(this.#chunks.get(first)?.textContent ?? "").then((text) => text.split("\n"));
    this.#kept.set(first, lines);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_CHUNKS) break;
      this.#kept.delete(oldest);
    }
    return lines;
  }
}

const INCOMPLETE = "This page is not complete. Was it cut off on its way? Write it again with ocpi2osm diff.";

function textOf(page: Document, id: string): string {
  const text = page.getElementById(id)?.textContent ?? "";
  if (text.trim() === "") throw new Error(INCOMPLETE);
  return text;
}

/** Text from base64 of gzip. */
async function unpacked(base64: string): Promise<string> {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

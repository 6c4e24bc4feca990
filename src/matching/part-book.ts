/** Pieces of evidence that come again and again, each kept once: a country has a million of them, most alike. */
import type { EvidencePart } from "./evidence-parts.js";

/** More are names and numbers that do not come again. */
const MOST_KEPT = 200_000;

export class PartBook {
  readonly #known = new Map<string, EvidencePart>();

  /** A part like this: the one that was given before, where there was one. Parts that name an id are always new. */
  one(name: EvidencePart["name"], value: number, detail: string): EvidencePart {
    if (name === "ref") return { name, value, detail };
    const text = `${name} ${value} ${detail}`;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const part: EvidencePart = { name, value, detail };
    if (this.#known.size < MOST_KEPT) this.#known.set(text, part);
    return part;
  }
}

/** `--split country|N`: edits in parts that a mapper can take on and a changeset can hold (D6). */
import type { Proposal } from "../merging/proposal.js";
import { elementName } from "../osm/osm-object.js";
import { isLoadable } from "./loadable-edits.js";
import { placeOrder } from "./place-order.js";

/** What a changeset of OSM holds. */
export const MAX_ELEMENTS = 10_000;

/** What `--split` asks for: `country`, or the most elements a part may hold. */
export type Split = "country" | number;

/** `--split`'s value; `undefined` unless it is `country` or a whole number from 1 to 10,000. */
export function parseSplit(text: string): Split | undefined {
  if (text === "country") return "country";
  const size = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : MAX_ELEMENTS + 1;
  return size <= MAX_ELEMENTS ? size : undefined;
}

export interface Part {
  /** `LT-1`; where the country is not known `unknown-1`. */
  readonly name: string;
  /** Elements that its edits create or change. */
  readonly elements: number;
  /** In their order. */
  readonly proposals: readonly Proposal[];
}

/** The name of a part's file: `changes.osm` and `LT-1` give `changes-LT-1.osm`. */
export function partFile(file: string, part: string): string {
  const dot = file.lastIndexOf(".");
  return `${file.slice(0, dot)}-${part}${file.slice(dot)}`;
}

/**
 * The edits that files for editors hold, each in one part. A part lies in one country and holds places near each
 * other. All that changes one element stays together, and so does a create with its charge points: only such a whole
 * can make a part larger than asked. The same proposals give the same parts, whatever their order.
 */
export function splitEdits(proposals: readonly Proposal[], split: Split): Part[] {
  const size = split === "country" ? MAX_ELEMENTS : split;
  const order = new Map(proposals.map((proposal, index) => [proposal, index]));
  const parts: Part[] = [];
  for (const [country, wholes] of byCountry(wholesOf(proposals))) {
    let number = 0;
    for (const part of filled(wholes, size)) {
      number += 1;
      const edits = part.flatMap((whole) => whole.proposals);
      parts.push({
        name: `${country}-${number}`,
        elements: part.reduce((sum, { elements }) => sum + elements, 0),
        proposals: edits.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
      });
    }
  }
  return parts;
}

/** What cannot be torn apart. */
interface Whole {
  readonly name: string;
  readonly country: string;
  readonly place: number;
  readonly elements: number;
  readonly proposals: Proposal[];
}

function wholesOf(proposals: readonly Proposal[]): Whole[] {
  const wholes = new Map<string, Whole>();
  for (const proposal of [...proposals].sort((a, b) => byText(a.id, b.id))) {
    if (!isLoadable(proposal)) continue;
    const { id, target, location, chargePoints } = proposal;
    const name = target === undefined ? id : elementName(target);
    const known = wholes.get(name);
    if (known !== undefined) known.proposals.push(proposal);
    else {
      wholes.set(name, {
        name,
        country: fileWord(location.country),
        place: placeOrder(target ?? location),
        elements: 1 + chargePoints.length,
        proposals: [proposal],
      });
    }
  }
  return [...wholes.values()];
}

/** A country's code becomes part of a file's name, so it must be one. */
function fileWord(country: string | undefined): string {
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : "unknown";
}

function byCountry(wholes: readonly Whole[]): Array<[string, Whole[]]> {
  const countries = new Map<string, Whole[]>();
  for (const whole of wholes) {
    const known = countries.get(whole.country);
    if (known === undefined) countries.set(whole.country, [whole]);
    else known.push(whole);
  }
  for (const inCountry of countries.values()) {
    inCountry.sort((a, b) => a.place - b.place || byText(a.name, b.name));
  }
  return [...countries].sort(([a], [b]) => byText(a, b));
}

function filled(wholes: readonly Whole[], size: number): Whole[][] {
  const parts: Whole[][] = [];
  let part: Whole[] = [];
  let elements = 0;
  for (const whole of wholes) {
    if (part.length > 0 && elements + whole.elements > size) {
      parts.push(part);
      part = [];
      elements = 0;
    }
    part.push(whole);
    elements += whole.elements;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

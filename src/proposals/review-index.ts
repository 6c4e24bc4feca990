/** The index of review.html: all proposals of a page as columns, small enough to filter and sort at once. */
import type { Proposal } from "../merging/proposal.js";
import { elementName } from "../osm/osm-object.js";
import { withheldOf } from "./loadable-edits.js";
import type { Coded, CodedLists, ReviewIndex } from "./review-data.js";
import { tagMark } from "./tag-mark.js";

/** The columns, row by row in the order of the proposals; words are numbered as they come. */
export function reviewIndex(proposals: readonly Proposal[]): ReviewIndex {
  const coded = (text: (proposal: Proposal) => string): Coded => {
    const words = new Words();
    return { at: proposals.map((proposal) => words.codeOf(text(proposal))), words: words.list };
  };
  const codedLists = (texts: (proposal: Proposal) => readonly string[]): CodedLists => {
    const words = new Words();
    const at = proposals.map((proposal) => texts(proposal).map((text) => words.codeOf(text)));
    return { at, words: words.list };
  };
  return {
    id: proposals.map(({ id }) => id),
    change: coded(({ change }) => change),
    reason: coded(({ reason }) => reason),
    classes: coded(({ tags }) => sortedOnce(tags.map((tag) => tag.class)).join("")),
    country: coded(({ location }) => location.country ?? ""),
    operator: coded(({ location }) => location.operator ?? ""),
    location: proposals.map(({ location }) => location.id),
    place: proposals.map(placeName),
    lat: proposals.map(({ location }) => rounded(location.lat, 5)),
    lon: proposals.map(({ location }) => rounded(location.lon, 5)),
    distance: proposals.map(distanceOf),
    osm: proposals.map(({ target }) => (target === undefined ? "" : elementName(target))),
    tags: codedLists(({ tags }) => tags.map((tag) => tagMark(tag.key, tag.new ?? null))),
    notes: codedLists(({ notes }) => sortedOnce(notes.map(({ code }) => code))),
    candidates: proposals.map(({ candidates }) => candidates.length),
    withheld: coded((proposal) => withheldOf(proposal) ?? ""),
  };
}

/** Texts by number, in the order they are first seen. */
class Words {
  readonly list: string[] = [];
  readonly #codes = new Map<string, number>();

  codeOf(word: string): number {
    const known = this.#codes.get(word);
    if (known !== undefined) return known;
    this.#codes.set(word, this.list.length);
    return this.list.push(word) - 1;
  }
}

/** What a mapper would call the place: its name, else its address, in OSM or as proposed; else nothing. */
function placeName({ target, tags }: Proposal): string {
  const proposed = (key: string): string | undefined => tags.find((tag) => tag.key === key)?.new;
  const value = (key: string): string =>
    target?.tags.find((tag) => tag.key === key)?.value ?? proposed(key) ?? "";
  const street = `${value("addr:street")} ${value("addr:housenumber")}`.trim();
  const address = [street, value("addr:city")].filter((text) => text !== "").join(", ");
  return value("name") || address;
}

/** Of the match, else of the best candidate. */
function distanceOf({ match, candidates }: Proposal): number | null {
  const nearest = match ?? candidates[0];
  return nearest === undefined ? null : rounded(nearest.distance, 1);
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

function sortedOnce<Text extends string>(texts: readonly Text[]): Text[] {
  return [...new Set(texts)].sort();
}

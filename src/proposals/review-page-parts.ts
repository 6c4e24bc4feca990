/** Which proposals go on which review page, where one page would be too large for a browser. */
import type { Proposal } from "../merging/proposal.js";
import { placeOrder } from "./place-order.js";
import { proposalLine } from "./proposal-line.js";

/** What a page may hold. */
export interface PageLimits {
  readonly proposals: number;
  /** Of their lines in proposals.ndjson. */
  readonly characters: number;
}

/** A page is about a ninth of its lines (measured), so 50 MB at most, which browsers open well. */
export const PAGE_LIMITS: PageLimits = { proposals: 50_000, characters: 450_000_000 };

/**
 * The proposals in parts, one where all fit; within a part in the order given. Parts go by country, then by place, so
 * that a part can be somebody's region; all that concerns one Location is in one part. The same proposals give the
 * same parts, whatever their order. `characters`: of all their lines, where that is known already.
 */
export function reviewParts(
  proposals: readonly Proposal[],
  limits: PageLimits = PAGE_LIMITS,
  characters?: number,
): (readonly Proposal[])[] {
  // Where all their lines would fit, no line needs to be written once more to be measured.
  const fit = characters !== undefined && characters <= limits.characters;
  if (fit && proposals.length <= limits.proposals) return [proposals];
  const sizeOf = (proposal: Proposal): number => (fit ? 0 : proposalLine(proposal).length);
  const rows = proposals.map((proposal, at) => ({ proposal, at, size: sizeOf(proposal) }));
  const total = rows.reduce((sum, { size }) => sum + size, 0);
  if (rows.length <= limits.proposals && total <= limits.characters) return [proposals];
  const placed = rows.map((row) => Object.assign(row, { place: placeOrder(row.proposal.location) }));
  placed.sort(
    (a, b) =>
      byText(countryOf(a.proposal), countryOf(b.proposal)) ||
      a.place - b.place ||
      byText(a.proposal.location.key, b.proposal.location.key) ||
      byText(a.proposal.id, b.proposal.id),
  );
  const parts: (typeof placed)[] = [];
  let part: typeof placed = [];
  let filled = 0;
  for (const row of placed) {
    const isFull = part.length >= limits.proposals || filled + row.size > limits.characters;
    const goesOn = part.at(-1)?.proposal.location.key === row.proposal.location.key;
    if (part.length > 0 && isFull && !goesOn) {
      parts.push(part);
      part = [];
      filled = 0;
    }
    part.push(row);
    filled += row.size;
  }
  parts.push(part);
  return parts.map((rows) => rows.sort((a, b) => a.at - b.at).map(({ proposal }) => proposal));
}

/** Unknown last. */
function countryOf({ location }: Proposal): string {
  return location.country ?? "~";
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

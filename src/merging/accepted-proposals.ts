/** What of a proposal reviewers accepted, as an edit: rules D5 and D8. */
import { type TagStanding, isIdentity, standingOf, wholeStanding } from "./accepted-tags.js";
import type { DecisionBook } from "./decisions.js";
import { EDITS, type Proposal, type TagProposal } from "./proposal.js";

/** Why something accepted is no edit, in words for a mapper. */
export const REFUSALS = {
  stale: "the feed's value is another by now; decide again",
  "match-accepted":
    "which element it is was decided: run diff again with these decisions, and its tags are proposed",
  "which-element":
    'accepted without saying which candidate it is: name it ("osm"), or reject the candidates, and run diff again',
  "station-not-accepted": "its tags were accepted, but not the new station (its amenity)",
  incomplete: "a new station needs its amenity and an id of the feed; accept these, too",
  "not-proposed": "is not proposed any more: done, settled otherwise, or of another feed",
  "asked-again":
    "was accepted before this diff, which asks again, as it may have been uploaded and deleted since: accept the review",
  disagreement: "another accepted proposal gives the same object another value",
  "no-version": "the extract does not tell the object's version (an extract with metadata does)",
  "not-uploaded": "the object is not in OSM's database yet",
} as const;
export type RefusalReason = keyof typeof REFUSALS;

/** Something accepted that is no edit. */
export interface Refusal {
  readonly proposal: string;
  /** The tag concerned; absent: the whole. */
  readonly key?: string | undefined;
  readonly reason: RefusalReason;
  /** Of a stale tag: the value decided about; null: its removal. */
  readonly decided?: string | null | undefined;
  /** Of a stale tag: what the feed says now; null: nothing. */
  readonly now?: string | null | undefined;
}

/** Tags by what was decided about them. */
export interface TagCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly deferred: number;
  readonly undecided: number;
  readonly stale: number;
}

export interface Acceptance {
  /** What is to be written; absent where nothing is. Its change is one that files for editors hold. */
  readonly edit: Proposal | undefined;
  readonly refusals: readonly Refusal[];
  readonly tags: TagCounts;
}

/**
 * The accepted part of a proposal. Accepted as a whole: all its tags but those decided otherwise one by one; accepted
 * one by one: these. A decision about another value than the feed's is stale (D8) and refused. What a mapper
 * confirmed is an edit also where it was a review, a conflict or a closure, as long as it says which element it is for.
 */
export function acceptedPart(proposal: Proposal, book: DecisionBook): Acceptance {
  const standings = proposal.tags.map((tag) => ({ tag, standing: standingOf(proposal, tag, book) }));
  const counts = countsOf(standings.map(({ standing }) => standing));
  const stale = standings.flatMap(({ tag, standing }) => staleTag(proposal, tag, standing));
  const refused = (refusals: readonly Refusal[]): Acceptance => ({
    edit: undefined,
    refusals,
    tags: refusals.length > stale.length ? { ...counts, accepted: 0 } : counts,
  });
  const accepted = standings.filter(({ standing }) => standing.is === "accepted").map(({ tag }) => tag);
  if (proposal.target === undefined) return openPart(proposal, accepted, stale, book, counts);
  if (accepted.length === 0) return refused(stale);
  const { version = 0, id } = proposal.target;
  if (id <= 0) return refused([...stale, { proposal: proposal.id, reason: "not-uploaded" }]);
  if (version <= 0) return refused([...stale, { proposal: proposal.id, reason: "no-version" }]);
  const { withheld: _withheld, ...rest } = proposal;
  const change = EDITS.has(proposal.change) ? proposal.change : "modify";
  return { edit: { ...rest, change, tags: accepted }, refusals: stale, tags: counts };
}

/** A new station, or a match that is not settled. */
function openPart(
  proposal: Proposal,
  accepted: readonly TagProposal[],
  stale: readonly Refusal[],
  book: DecisionBook,
  counts: TagCounts,
): Acceptance {
  const { id } = proposal;
  const refused = (...refusals: readonly Refusal[]): Acceptance => ({
    edit: undefined,
    refusals,
    tags: { ...counts, accepted: 0 },
  });
  const elements = book.accepted.get(proposal.location.key);
  if (proposal.change !== "create" && elements !== undefined && elements.size > 0)
    return refused({ proposal: id, reason: "match-accepted" });
  const whole = wholeStanding(proposal, book);
  if (whole.is === "accepted" && proposal.candidates.length > 0)
    return refused({ proposal: id, reason: "which-element" });
  // What was accepted is the station the feed had then: one that has become another is to be looked at again.
  if (stale.length > 0 || whole.is === "stale")
    return refused(...(stale.length > 0 ? stale : [{ proposal: id, reason: "stale" as const }]));
  if (whole.is !== "accepted")
    return accepted.length === 0
      ? { edit: undefined, refusals: [], tags: counts }
      : refused({ proposal: id, reason: "station-not-accepted" });
  if (!isWholeStation(proposal.tags, accepted)) return refused({ proposal: id, reason: "incomplete" });
  const points = proposal.chargePoints.flatMap((_, index) => acceptedPoint(proposal, index, book) ?? []);
  return {
    edit: { ...proposal, change: "create", tags: accepted, candidates: [], chargePoints: points },
    refusals: [],
    tags: counts,
  };
}

/** A station is one by its `amenity`, and is found again by an id, if the feed gives one. */
function isWholeStation(proposed: readonly TagProposal[], accepted: readonly TagProposal[]): boolean {
  const isNamed = accepted.some(({ key }) => isIdentity(key)) || !proposed.some(({ key }) => isIdentity(key));
  return isNamed && accepted.some(({ key }) => key === "amenity");
}

/** A charge point goes with its station unless something else was decided about it (`create/…/cp1`). */
function acceptedPoint(
  proposal: Proposal,
  index: number,
  book: DecisionBook,
): Proposal["chargePoints"][number] | undefined {
  const point = proposal.chargePoints[index];
  if (point === undefined) return undefined;
  const of: Proposal = {
    ...proposal,
    id: `${proposal.id}/cp${index + 1}`,
    location: { ...proposal.location, key: `${proposal.location.key}/cp${index + 1}` },
    change: "create",
    tags: point.tags.map(({ key, value, rule }) => ({
      key,
      class: "A",
      old: undefined,
      base: undefined,
      new: value,
      rule,
      reason: "new-station",
      sources: [],
    })),
  };
  const whole = book.aboutProposal(of.id);
  if (whole !== undefined && wholeStanding(of, book).is !== "accepted") return undefined;
  const standings = new Map(of.tags.map((tag) => [tag.key, standingOf(of, tag, book).is]));
  const isKept = (key: string): boolean => {
    const standing = standings.get(key);
    return standing === "accepted" || (whole === undefined && standing === "undecided");
  };
  return isKept("man_made") ? { ...point, tags: point.tags.filter(({ key }) => isKept(key)) } : undefined;
}

function staleTag(
  { id }: Proposal,
  { key, new: now }: TagProposal,
  standing: TagStanding,
): readonly Refusal[] {
  if (standing.is !== "stale") return [];
  return [{ proposal: id, key, reason: "stale", decided: standing.decided, now: now ?? null }];
}

function countsOf(standings: readonly TagStanding[]): TagCounts {
  const count = (is: TagStanding["is"]): number => standings.filter((standing) => standing.is === is).length;
  return {
    accepted: count("accepted"),
    rejected: count("rejected"),
    deferred: count("deferred"),
    undecided: count("undecided"),
    stale: count("stale"),
  };
}

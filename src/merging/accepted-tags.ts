/** What was decided about one tag of a proposal, or about a proposal as one thing (D5), seen with the feed's value now (D8). */
import type { Decision, DecisionBook } from "./decisions.js";
import { sameMeaning } from "./meaning.js";
import type { Proposal, TagProposal } from "./proposal.js";

export type TagStanding =
  | { readonly is: "accepted" | "rejected" | "deferred" | "undecided" }
  /** Accepted with another value than the feed has now; null: the removal of the tag. */
  | { readonly is: "stale"; readonly decided: string | null };

const IS = { accept: "accepted", reject: "rejected", defer: "deferred" } as const;

/** Keys by which a station is found again. */
export function isIdentity(key: string): boolean {
  return key === "ref:ocpi:location:id" || key === "ref:EU:EVSE";
}

/**
 * What holds for a tag: the last decision that names it; else those about its proposal as a whole, and those about
 * another proposal of its Location that showed this tag. Where they differ, whoever refused it is heard.
 */
export function standingOf(proposal: Proposal, tag: TagProposal, book: DecisionBook): TagStanding {
  const { country } = proposal.location;
  let stale: string | null | undefined;
  let isAccepted = false;
  for (const decision of decisionsAbout(proposal, tag.key, book)) {
    const decided = decision.key === undefined ? decision.values?.[tag.key] : decision.value;
    const holds = decided === undefined || sameMeaning(tag.key, decided ?? undefined, tag.new, country);
    if (holds && decision.decision !== "accept") return { is: IS[decision.decision] };
    if (holds) isAccepted = true;
    else if (decision.decision === "accept") stale = decided;
  }
  if (isAccepted) return { is: "accepted" };
  return stale === undefined ? { is: "undecided" } : { is: "stale", decided: stale };
}

/** What was decided about a new station, or a match, as one thing; stale when any value seen has changed since. */
export function wholeStanding(
  { id, tags, location }: Proposal,
  book: DecisionBook,
): { readonly is: TagStanding["is"] } {
  const decision = book.aboutProposal(id);
  if (decision === undefined) return { is: "undecided" };
  const now = new Map(tags.map((tag) => [tag.key, tag.new]));
  const holds = Object.entries(decision.values ?? {}).every(([key, value]) =>
    sameMeaning(key, value ?? undefined, now.get(key), location.country),
  );
  return { is: holds ? IS[decision.decision] : "stale" };
}

function decisionsAbout(proposal: Proposal, key: string, book: DecisionBook): readonly Decision[] {
  const about = book.aboutTag(proposal.location.key, key);
  if (about.some((decision) => decision.key === key)) return about;
  const isAboutIt = (decision: Decision): boolean => covers(decision, key);
  if (proposal.change === "create" || proposal.change === "close")
    return [book.aboutProposal(proposal.id)].filter((own) => own !== undefined).filter(isAboutIt);
  return about.filter(
    (decision) => isAboutIt(decision) && (decision.proposal === proposal.id || names(decision, key)),
  );
}

/** A decision with values is about the tags it names, one without about all. */
function covers(decision: Decision, key: string): boolean {
  return decision.values === undefined || names(decision, key);
}

function names({ values }: Decision, key: string): boolean {
  return values !== undefined && Object.hasOwn(values, key);
}

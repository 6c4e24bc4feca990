/** Why something is proposed, in words for a mapper. */
import type { Proposal, ProposalMatch, TagProposal } from "../merging/proposal.js";
import { PROPOSAL_REASONS, TAG_REASONS } from "../merging/reasons.js";
import type { Note } from "../ocpi/notes.js";
import { WITHHELD_MEANINGS, withheldOf } from "./loadable-edits.js";
import { COMPARE_ONLY } from "./output-form.js";
import { ruleReason } from "./rule-reasons.js";

/** What is said of the proposal as a whole: `two candidates are about as likely: n1 (0.62, 12 m), n2 (0.6, 20 m)`. */
export function proposalWords(proposal: Proposal, licensed: boolean): string[] {
  const { reason, candidates, tags } = proposal;
  const words: string[] = licensed ? [] : [COMPARE_ONLY];
  const { meaning } = PROPOSAL_REASONS[reason];
  if (candidates.length > 0) words.push(`${meaning}: ${candidates.map(matchWords).join(", ")}`);
  // What the tags tell themselves is not told twice.
  else if (reason !== "tags-differ" && !tags.some((tag) => tag.reason === reason)) words.push(meaning);
  else if (tags.length === 0) words.push(meaning);
  const withheld = withheldOf(proposal);
  if (withheld !== undefined) words.push(WITHHELD_MEANINGS[withheld]);
  words.push(...provenanceWords(proposal.notes));
  return words;
}

/** What is said of one tag: the outcome of its merge, and what the value is. */
export function tagWords({ reason, rule, new: value }: TagProposal): string[] {
  const words: string[] = [TAG_REASONS[reason].meaning];
  // The rules of the comparison are told by the outcome already.
  if (value !== undefined && rule.startsWith("T")) words.push(ruleReason(rule));
  return words;
}

/** Whom the source has the record from, where a note tells: provenance is for reviewers, never a tag (T2.1). */
export function provenanceWords(notes: ReadonlyArray<Pick<Note, "code" | "detail">>): string[] {
  return notes
    .filter(({ code }) => code === "here-supplier")
    .map(({ detail }) => `HERE has it from ${detail}`);
}

/** `n123 (0.62, 12 m)`. */
export function matchWords({ osm, score, distance }: ProposalMatch): string {
  return `${osm} (${scoreText(score)}, ${metresText(distance)} m)`;
}

/** Two decimals at most. */
export function scoreText(score: number): string {
  return decimals(score, 2);
}

/** One decimal at most. */
export function metresText(metres: number): string {
  return decimals(metres, 1);
}

/** Joined by `; `, each once. */
export function sentence(words: readonly string[]): string {
  return [...new Set(words)].join("; ");
}

function decimals(value: number, places: number): string {
  return String(Number(value.toFixed(places)));
}

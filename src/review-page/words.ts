/** What the page calls things: changes, verdicts, methods and evidence. */
import type { EvidenceName } from "../matching/evidence-parts.js";
import type { Change } from "../merging/proposal.js";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import type { Standing, Verdict } from "./standing.js";

/** A sign that tells changes apart without colour, and what a mapper is asked. */
export const CHANGE_WORDS: Readonly<Record<Change, { readonly sign: string; readonly asked: string }>> = {
  create: { sign: "+", asked: "A station that OSM does not have" },
  modify: { sign: "~", asked: "Tags of a station in OSM" },
  relink: { sign: "⇄", asked: "The same station under a new id" },
  review: { sign: "?", asked: "Not sure enough to be an edit" },
  conflict: { sign: "≠", asked: "The feed and a mapper both changed it" },
  close: { sign: "−", asked: "Gone from the feed: confirm on the ground" },
};

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  undecided: "undecided",
  partly: "partly decided",
  accept: "accepted",
  reject: "rejected",
  defer: "deferred",
  mixed: "decided tag by tag",
};

export const VERDICT_WORDS: Readonly<Record<Verdict, { readonly verb: string; readonly done: string }>> = {
  accept: { verb: "Accept", done: "accepted" },
  reject: { verb: "Reject", done: "rejected" },
  defer: { verb: "Defer", done: "deferred" },
};

export const CLASS_WORDS: Readonly<Record<"A" | "B" | "C", string>> = {
  A: "Class A: the feed knows it best",
  B: "Class B: proposed where OSM has no value of its own",
  C: "Class C: only because it was switched on",
};

export const METHOD_WORDS: Readonly<Record<NonNullable<ProposalLine["match"]>["method"], string>> = {
  ref: "the same Location id",
  evse: "EVSE ids in common",
  decision: "a mapper accepted the pair",
  "operator+sockets": "the same operator and like sockets",
  operator: "the same operator",
  near: "the same place, and nothing speaks against it",
  state: "an earlier run had this station",
};

export const EVIDENCE_WORDS: Readonly<Record<EvidenceName, string>> = {
  ref: "Location id",
  evse: "EVSE ids",
  decision: "Decision",
  operator: "Operator",
  sockets: "Sockets",
  capacity: "Capacity",
  distance: "Distance",
};

/** `1 tag`, `2 tags`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `50 000`, by narrow blanks. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, "\u202f");
}

/** `12 m`, `1.3 km`. */
export function metres(distance: number): string {
  if (distance < 10) return `${Number(distance.toFixed(1))} m`;
  return distance < 1000 ? `${Math.round(distance)} m` : `${Number((distance / 1000).toFixed(1))} km`;
}

/** What matching says of each Location (D2). Indices are into the lists that were matched. */
import type { EvidencePart } from "./evidence-parts.js";

/** A Location and a station held against each other. */
export interface Scored {
  /** Index into `stations`. */
  readonly station: number;
  /** 0 to 1. */
  readonly score: number;
  /** What the score is made of, strongest first. */
  readonly parts: readonly EvidencePart[];
  /** Metres between the Location and the station: to its node, or 0 inside its outline, else to its centre. */
  readonly distance: number;
}

export type LocationMatch =
  | {
      /** One Location, one station or a cluster of stations that OSM maps one site as. */
      readonly verdict: "matched";
      /** Name of the evidence that decided (`ref`, `evse`, `decision`, `operator+sockets`, `operator`, `near`). */
      readonly method: MatchMethod;
      /** The first is the main one, which tags are proposed for. */
      readonly stations: readonly number[];
      readonly best: Scored;
      readonly runnerUp?: Scored | undefined;
      /** Other Locations that share the station (several Locations on one OSM area); usually none. */
      readonly sharedWith: readonly number[];
    }
  | {
      /** Plausible but not sure (D2.4), or an id match too far away (D2.2). */
      readonly verdict: "review";
      readonly reason: ReviewReason;
      /** Best first, at most five. */
      readonly candidates: readonly Scored[];
    }
  | {
      /** Nothing in OSM stands for it: it may be created. */
      readonly verdict: "new";
      /** The nearest station that was considered and why it is not this one; for the reason shown. */
      readonly nearest?: { readonly scored: Scored; readonly why: "taken" | "contradicts" } | undefined;
    };

/** In order of strength (D2.1). */
export const MATCH_METHODS = ["ref", "evse", "decision", "operator+sockets", "operator", "near"] as const;
export type MatchMethod = (typeof MATCH_METHODS)[number];

export const REVIEW_REASONS = {
  "far-id": "the same id stands over 500 m away",
  ambiguous: "two candidates are about as likely",
  weak: "near, but not enough speaks for it",
  lifecycle: "OSM has it as disused, planned or under construction",
  "rejected-pair": "a mapper said that this pair is not one",
  "charge-points-only": "OSM has charge points here but no station",
} as const;
export type ReviewReason = keyof typeof REVIEW_REASONS;

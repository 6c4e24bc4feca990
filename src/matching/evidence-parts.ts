/** The parts a match's score is made of (D2.1). */

export const EVIDENCE_NAMES = [
  "ref",
  "evse",
  "decision",
  "operator",
  "sockets",
  "capacity",
  "distance",
] as const;
export type EvidenceName = (typeof EVIDENCE_NAMES)[number];

/** One piece of evidence, in words for a mapper. */
export interface EvidencePart {
  readonly name: EvidenceName;
  /** What it adds to the score. */
  readonly value: number;
  /** `ref:EU:EVSE: 3 of 4 shared`, `Ignitis = Ignitis ON`, `12 m`. */
  readonly detail: string;
}

/** Which changes from one run to the next are worth a person's attention: one row a rule. */

/** What is followed from run to run. Those by reason are followed for each reason of their own. */
export const MEASURES = ["emitted", "rejected", "proposals", "rejected_reason", "tag_reason"] as const;
export type Measure = (typeof MEASURES)[number];

/** Of these, what the feed alone tells, without a comparison. */
export const OF_THE_FEED: readonly Measure[] = ["emitted", "rejected", "rejected_reason"];

/** A number of this run and what it is held against. */
export interface Compared {
  readonly now: number;
  /** Of an earlier run, or the median of some. */
  readonly before: number;
}

interface TrendRule {
  readonly of: Measure;
  /** In words for people, before "in the run before". */
  readonly meaning: string;
  readonly holds: (compared: Compared) => boolean;
}

/** Of a small feed one station is a fiftieth already, which is no news: so many must be gone, or all. */
const fellBy = (share: number, least: number) => (c: Compared) =>
  c.before - c.now >= share * c.before && (c.before - c.now >= least || (c.now === 0 && c.before > 0));
const roseBy = (share: number, least: number) => (c: Compared) =>
  c.now - c.before >= least && c.now - c.before >= share * c.before;
const timesMore = (factor: number, least: number) => (c: Compared) =>
  c.now >= least && c.now >= factor * c.before && c.now > c.before;

/**
 * Held against the previous published run and against the median of the last ones: a slow loss shows against the
 * median only. A feed that loses a fiftieth overnight has lost stations, or its provider a page.
 */
export const TREND_RULES: readonly TrendRule[] = [
  { of: "emitted", meaning: "at least 2 % fewer than", holds: fellBy(0.02, 3) },
  { of: "emitted", meaning: "at least 10 % more than", holds: roseBy(0.1, 10) },
  { of: "rejected", meaning: "at least twice as many as", holds: timesMore(2, 5) },
  { of: "proposals", meaning: "at least three times as many as", holds: timesMore(3, 10) },
  { of: "rejected_reason", meaning: "at least twice as many as", holds: timesMore(2, 5) },
  { of: "tag_reason", meaning: "at least three times as many as", holds: timesMore(3, 10) },
];

/** A reason that no run before had is worth a look however seldom it comes. */
export const NEW_REASON = "not seen before";

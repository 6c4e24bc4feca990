/** Where a proposal stands: what was decided about it as it is now (D5). A decision about another value does not count. */
import { compareTimes } from "../merging/decision-time.js";
import type { Decision } from "../merging/decisions.js";
import { keyOfMark, tagMark } from "../proposals/tag-mark.js";

export type Verdict = Decision["decision"];

/** `mixed`: tag by tag, all decided, not all the same. `partly`: some tags, or the station they are of, are still open. */
export const STANDINGS = ["undecided", "partly", "accept", "reject", "defer", "mixed"] as const;
export type Standing = (typeof STANDINGS)[number];

/** What has to be known of a proposal to tell where it stands. */
export interface Decidable {
  /** `tagMark` of every tag. */
  readonly marks: readonly string[];
  /** How many candidates an unsettled match has. */
  readonly candidates: number;
  /** A station that OSM does not have: it is accepted as one thing or not at all. */
  readonly isOne: boolean;
}

/** Whether nothing is left to decide. */
export function isDecided(standing: Standing): boolean {
  return standing !== "undecided" && standing !== "partly";
}

/** Where the proposal stands by `made`, the decisions that name it. */
export function standingOf(made: readonly Decision[], proposal: Decidable): Standing {
  if (made.length === 0) return "undecided";
  const whole = wholeVerdict(made, proposal);
  if (proposal.candidates > 0) return matchStanding(made, proposal, whole);
  if (proposal.marks.length === 0) return whole ?? "undecided";
  const verdicts = proposal.marks.map((mark) => tagVerdict(made, mark) ?? whole);
  if (proposal.isOne && whole === undefined && verdicts.includes("accept")) return "partly";
  const [first] = verdicts;
  if (verdicts.every((verdict) => verdict === first)) return first ?? "undecided";
  return verdicts.includes(undefined) ? "partly" : "mixed";
}

/** The last decision that names the tag and was about its value of now. */
export function tagDecision(made: readonly Decision[], mark: string): Decision | undefined {
  const key = keyOfMark(mark);
  return latest(
    made.filter(
      (decision) =>
        decision.key === key && (decision.value === undefined || tagMark(key, decision.value) === mark),
    ),
  );
}

function tagVerdict(made: readonly Decision[], mark: string): Verdict | undefined {
  return tagDecision(made, mark)?.decision;
}

/** The last decision about all of the proposal that was about its values of now. */
export function wholeDecision(made: readonly Decision[], proposal: Decidable): Decision | undefined {
  return latest(
    made.filter(
      (decision) =>
        decision.key === undefined && decision.osm === undefined && isStillMeant(decision, proposal),
    ),
  );
}

function wholeVerdict(made: readonly Decision[], proposal: Decidable): Verdict | undefined {
  return wholeDecision(made, proposal)?.decision;
}

/** Whether a decision is about what is proposed now, not about an earlier value. */
export function isAboutNow(decision: Decision, proposal: Decidable): boolean {
  const { key, osm } = decision;
  if (key === undefined) return osm !== undefined || isStillMeant(decision, proposal);
  return proposal.marks.some((mark) => tagDecision([decision], mark) !== undefined);
}

/** As `diff` sees it: a new station is its values, all of them; the others are made of their tags, each for itself. */
function isStillMeant({ values }: Decision, { isOne, marks }: Decidable): boolean {
  if (values === undefined) return true;
  if (isOne && Object.keys(values).length !== marks.length) return false;
  return marks.every((mark) => {
    const key = keyOfMark(mark);
    if (!Object.hasOwn(values, key)) return false;
    return tagMark(key, values[key] ?? null) === mark;
  });
}

/** The last decision about the match with `osm` (`n123`, or a cluster as it was named). */
export function matchDecision(made: readonly Decision[], osm: string): Decision | undefined {
  return latest(made.filter((decision) => decision.key === undefined && decision.osm === osm));
}

function matchStanding(
  made: readonly Decision[],
  { candidates }: Decidable,
  whole: Verdict | undefined,
): Standing {
  const named = new Set(
    made.flatMap(({ key, osm }) => (key === undefined && osm !== undefined ? [osm] : [])),
  );
  const verdicts = [...named].map((osm) => matchDecision(made, osm)?.decision);
  if (verdicts.includes("accept")) return "accept";
  if (whole !== undefined) return whole;
  const refused = verdicts.filter((verdict) => verdict === "reject").length;
  if (refused >= candidates) return "reject";
  return refused > 0 ? "partly" : "undecided";
}

/** Later ones replace earlier ones; of one time, the later in the list. */
function latest(decisions: readonly Decision[]): Decision | undefined {
  let last: Decision | undefined;
  for (const decision of decisions) {
    if (last === undefined || compareTimes(decision.when, last.when) >= 0) last = decision;
  }
  return last;
}

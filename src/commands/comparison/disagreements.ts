/** What reviewers decided differently (D5), for the log and the reports: the later decision holds, but its maker should know. */
import type { Decision, DecisionConflict } from "../../merging/decisions.js";
import type { Log } from "../../runs/log.js";

const MOST_SHOWN = 10;

/** One line each, for the first of them. */
export function warnOfDisagreements(disagreements: readonly DecisionConflict[], log: Log): void {
  for (const { proposal, key, decisions } of disagreements.slice(0, MOST_SHOWN)) {
    const said = decisions.map(({ who = "somebody", decision }) => `${who}: ${decision}`).join(", ");
    log.warn(
      `reviewers disagree about ${proposal}${key === undefined ? "" : ` ${key}`} (${said}); the last one holds`,
    );
  }
  const more = disagreements.length - MOST_SHOWN;
  if (more > 0) log.warn(`reviewers disagree about ${more} more`);
}

/** A row of a report. */
export interface DisagreementRow {
  readonly proposal: string;
  readonly key?: string;
  /** The last one holds. */
  readonly decisions: Pick<Decision, "decision" | "who" | "when" | "note">[];
}

/** For a report. */
export function disagreementRow({ proposal, key, decisions }: DecisionConflict): DisagreementRow {
  const made = decisions.map(({ decision, who, when, note }) => ({ decision, who, when, note }));
  return { proposal, ...(key !== undefined && { key }), decisions: made };
}

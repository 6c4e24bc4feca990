/** What is judged of a feed before it is published, as cases of a JUnit suite. */
import type { JunitCase, JunitResult } from "./junit.js";
import type { HookReport, RunReport, SourceRunReport, ThresholdReport } from "./run-report.js";

/** In the order of a suite. */
const READABLE = "feed is readable";
const THRESHOLDS = { rejects: "rejects threshold", disappearance: "disappearance threshold" } as const;
const PUBLISHED = "published";
/** Why a limit was not held against anything, although the feed was read. */
const NOT_JUDGED = {
  rejects: "no limit is set",
  disappearance: "there is no earlier run to hold it against",
} as const;
/** The suite of what belongs to no source. */
const WHOLE_RUN = "run";

/** How the work on a feed ended; of `run`, of `convert` and of `diff`. */
export type JudgedFeed = Pick<SourceRunReport, "name" | "outcome" | "message" | "thresholds" | "seconds"> & {
  /** Whether all of it could be read and compared. */
  readonly counted: boolean;
};

/** The cases of all sources of a run and of its hooks: where one failed, the run's exit code is not 0. */
export function junitCases({ sources, hooks }: RunReport): JunitCase[] {
  return [
    ...sources.flatMap((source) => [
      ...feedCases({ ...source, counted: source.counts !== undefined }),
      ...source.hooks.map((hook) => hookCase(source.name, hook)),
    ]),
    ...hooks.map((hook) => hookCase(WHOLE_RUN, hook)),
  ];
}

function hookCase(suite: string, { when, command, exit_code, message, seconds }: HookReport): JunitCase {
  const name = `hook on ${when}`;
  const why = message ?? `${command} did not end with exit code 0`;
  return caseOf(suite, exit_code === 0 ? verdict(name, "passed") : verdict(name, "error", why), seconds);
}

/** The cases of one feed. All its time stands with the first, so that the sum is right. */
export function feedCases(feed: JudgedFeed): JunitCase[] {
  const { name: suite, seconds } = feed;
  const cases = [
    readable(feed),
    threshold("rejects", feed),
    threshold("disappearance", feed),
    published(feed),
  ];
  return cases.map((verdict, index) => caseOf(suite, verdict, index === 0 ? seconds : 0));
}

function caseOf(suite: string, verdict: Verdict, seconds: number): JunitCase {
  return { suite, ...verdict, seconds };
}

type Verdict = Pick<JunitCase, "name" | "result" | "message">;

function readable({ counted, outcome, message }: JudgedFeed): Verdict {
  if (counted) return verdict(READABLE, "passed");
  return outcome === "interrupted"
    ? verdict(READABLE, "skipped", "interrupted before the end of the feed")
    : verdict(READABLE, "error", message ?? "the feed could not be read");
}

function threshold(which: ThresholdReport["name"], { thresholds, counted, message }: JudgedFeed): Verdict {
  const name = THRESHOLDS[which];
  const found = thresholds.find((one) => one.name === which);
  if (found === undefined)
    return verdict(name, "skipped", counted ? NOT_JUDGED[which] : "the feed was not read");
  const { measured, of, limit, crossed } = found;
  if (!crossed) return verdict(name, "passed");
  const facts = `${measured} of ${of}, and the limit is ${limit}`;
  return verdict(name, "failure", message === undefined ? facts : `${message}\n${facts}`);
}

function published({ outcome, counted, thresholds, message }: JudgedFeed): Verdict {
  switch (outcome) {
    case "published":
      return verdict(PUBLISHED, "passed");
    case "unpublished":
      return verdict(PUBLISHED, "skipped", "a dry run publishes nothing");
    case "interrupted":
      return verdict(PUBLISHED, "error", message ?? "interrupted");
    case "refused":
      return thresholds.some(({ crossed }) => crossed)
        ? verdict(PUBLISHED, "skipped", "a threshold was crossed")
        : verdict(PUBLISHED, "failure", message ?? "refused");
    case "failed":
      return counted
        ? verdict(PUBLISHED, "error", message ?? "it failed")
        : verdict(PUBLISHED, "skipped", "the feed was not read");
  }
}

function verdict(name: string, result: JunitResult, message?: string): Verdict {
  return { name, result, ...(message !== undefined && { message }) };
}

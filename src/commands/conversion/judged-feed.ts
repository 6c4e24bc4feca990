/** How the work on one feed ended, for CI: `--junit FILE`, and the summary of the job in GitHub Actions. */
import { UsageError, exitCodeOf } from "../../runs/exit-codes.js";
import { appendJobSummary } from "../../runs/github-actions.js";
import { failureMessage } from "../../runs/interruption.js";
import { type JudgedFeed, feedCases } from "../../runs/junit-cases.js";
import { junitXml } from "../../runs/junit.js";
import type { Log } from "../../runs/log.js";
import { markdownText } from "../../runs/markdown-text.js";
import { type Output, openOutput } from "../../runs/output-file.js";
import { concealed } from "../../runs/secret.js";

/** What is known once all of a feed was read, whether it is published then or not. */
export interface FeedFacts {
  readonly thresholds: JudgedFeed["thresholds"];
  /** Markdown, ending in a line break. */
  readonly summary: string;
}

interface Judging {
  /** What the feed is called. */
  readonly name: string;
  /** Where JUnit XML goes; undefined: nowhere. */
  readonly junit: string | undefined;
}

/**
 * Does `work` on a feed and tells CI how it ended, whichever way: it throws what `work` throws. `work` says what it
 * knows as soon as it does, before it publishes: so a file that cannot be written keeps it from that. After a
 * UsageError nothing is written, as nothing was judged.
 */
export async function judged(
  { name, junit }: Judging,
  log: Log,
  work: (know: (facts: FeedFacts) => Promise<void>) => Promise<void>,
): Promise<void> {
  const begun = performance.now();
  let facts: FeedFacts | undefined;
  let output: Output | undefined;
  const open = async (): Promise<void> => {
    if (junit !== undefined) output ??= await openOutput(junit);
  };
  const tell = async (outcome: JudgedFeed["outcome"], message?: string): Promise<void> => {
    const feed = { name, outcome, ...(message !== undefined && { message }) };
    const { thresholds = [] } = facts ?? {};
    const seconds = (performance.now() - begun) / 1000;
    await appendJobSummary(summaryOf(feed, facts), log.settings.env, (warning) => log.warn(warning));
    await open();
    await output?.write(junitXml(feedCases({ ...feed, thresholds, seconds, counted: facts !== undefined })));
    await output?.commit();
  };
  const known = async (told: FeedFacts): Promise<void> => {
    facts = told;
    await open();
  };
  try {
    await work(known).catch(async (error: unknown) => {
      if (!(error instanceof UsageError)) await tellOfEnd(error, tell, log);
      throw error;
    });
    await tell("published");
  } finally {
    await output?.discard();
  }
}

/** What goes wrong in telling is only a warning: why the work ended matters more. */
async function tellOfEnd(
  error: unknown,
  tell: (outcome: JudgedFeed["outcome"], message?: string) => Promise<void>,
  log: Log,
): Promise<void> {
  const outcome = outcomeOf(error);
  const message = outcome === "published" ? undefined : failureMessage(error, false);
  await tell(outcome, message).catch((second: unknown) =>
    log.warn(second instanceof Error ? second.message : String(second)),
  );
}

/** That there are proposals (6), or that nobody reads on (0), does not keep a feed from being published. */
function outcomeOf(error: unknown): JudgedFeed["outcome"] {
  const code = exitCodeOf(error);
  if (code === 0 || code === 6) return "published";
  return code === 4 ? "refused" : "failed";
}

const LONGEST_MESSAGE = 600;

/** What the facts say, and before it why nothing was published; a summary that tells of vanished Locations does so. */
function summaryOf(
  { name, message }: Pick<JudgedFeed, "name" | "message">,
  facts: FeedFacts | undefined,
): string {
  if (message === undefined) return facts?.summary ?? "";
  if (facts?.thresholds.some(({ name: which, crossed }) => crossed && which === "disappearance") === true)
    return facts.summary;
  const why = `**Nothing was published of ${markdownText(name)}:** ${markdownText(concealed(message), LONGEST_MESSAGE)}\n`;
  return facts === undefined ? why : `${why}\n${facts.summary}`;
}

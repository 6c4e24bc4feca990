/** One source of a run, from its feed to its published folder. Whatever goes wrong with it, it returns what happened. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ThresholdError, exitCodeOf } from "../../runs/exit-codes.js";
import { counted } from "../../runs/counted.js";
import { failureMessage } from "../../runs/interruption.js";
import type { Log } from "../../runs/log.js";
import { makeSourceFolder, publish, recover, removeHidden, retain } from "../../runs/publication.js";
import type { SourceRunReport } from "../../runs/run-report.js";
import { STATE_AFTER, type SourceFolder, latestStamp, sourceFolder } from "../../runs/source-folder.js";
import { type Places, compared } from "./run-comparison.js";
import type { SourceConfig } from "./run-config.js";
import type { RunContext } from "./run-context.js";
import { type SourceFeeds, getFeeds } from "./run-feeds.js";
import type { ComparisonFacts } from "./run-source-report.js";

/**
 * Fetches, compares and publishes. Never throws but for what ends the whole run: the lock was lost. `tell`: told as soon
 * as it is published, as a run that is being ended waits for that, and for nothing after it.
 */
export async function runSource(
  source: SourceConfig,
  context: RunContext,
  log: Log,
  tell: (report: SourceRunReport) => void,
): Promise<SourceRunReport> {
  const began = performance.now();
  const published = publishedFolder(source, context.output);
  const target =
    context.scratch === undefined
      ? published
      : sourceFolder(join(context.scratch, source.name), join(context.scratch, source.name, STATE_AFTER));
  const known: { fetched?: SourceFeeds["fetched"]; facts: ComparisonFacts } = { facts: { thresholds: [] } };
  const report = (
    rest: Pick<SourceRunReport, "outcome" | "exit_code" | "message" | "folder">,
  ): SourceRunReport => ({
    name: source.name,
    ...rest,
    ...(known.fetched !== undefined && known.fetched.length > 0 && { fetched: [...known.fetched] }),
    ...known.facts,
    hooks: [],
    seconds: Math.round(performance.now() - began) / 1000,
  });
  // Who has the lock now may be at work on what is hidden here.
  const isOurs = async (): Promise<boolean> => context.lock === undefined || (await context.lock.isHeld());
  try {
    const feeds = await preparedFeeds(source, { published, target }, context, log);
    known.fetched = feeds.fetched;
    const failure = await compared(source, feeds.inputs, { published, target }, context, log, (facts) => {
      known.facts = facts;
    });
    if (failure !== undefined) throw failure;
    await context.stopping.passed();
    if (context.lock === undefined) {
      log.info(
        `a dry run: ${published.published(context.stamp)} would be published (${proposalsIn(known.facts)})`,
      );
      return report({ outcome: "unpublished", exit_code: 0 });
    }
    await context.lock.assertHeld();
    const folder = published.published(context.stamp);
    const success = () => report({ outcome: "published", exit_code: 0, folder });
    await context.stopping.finished(
      async () => {
        await publish(published, context.stamp);
        tell(success());
      },
      () => removeHidden(target),
    );
    log.info(`published ${folder} (${proposalsIn(known.facts)})`);
    await tidied(source, published, context, log);
    return success();
  } catch (error) {
    await context.stopping.passed();
    await context.lock?.assertHeld();
    const message = failureMessage(error, false) ?? "stopped";
    log.error(message);
    // Also then: a source that is refused for weeks must not fill the disk with what is fetched for it.
    if (context.lock !== undefined) await tidied(source, published, context, log, message);
    const outcome = error instanceof ThresholdError ? "refused" : "failed";
    return report({ outcome, exit_code: exitCodeOf(error), message });
  } finally {
    if (!context.stopping.isStopping && (await isOurs())) await removeHidden(target).catch(() => undefined);
  }
}

/** The folder a source is published to, and the state that counts. */
export function publishedFolder({ name, state }: SourceConfig, output: string): SourceFolder {
  return sourceFolder(join(output, name), state === undefined ? undefined : resolve(state));
}

async function preparedFeeds(
  source: SourceConfig,
  { published, target }: Places,
  context: RunContext,
  log: Log,
): Promise<SourceFeeds> {
  await makeSourceFolder(target);
  if (context.lock !== undefined) for (const told of await recover(published)) log.warn(told);
  const latest = await latestStamp(published);
  if (latest !== undefined && (await stat(published.state).catch(() => undefined)) === undefined)
    log.warn(
      `there is no state ${published.state}, though ${latest} was published: this is taken for the first run. ` +
        `If it was lost, copy ${join(published.latest, STATE_AFTER)} there`,
    );
  return getFeeds(source, { published, target, stamp: context.stamp }, log);
}

/** What cannot be tidied up is no failure of the source. `told`: why it has failed, which is told once. */
async function tidied(
  source: SourceConfig,
  folder: SourceFolder,
  { config }: RunContext,
  log: Log,
  told?: string,
): Promise<void> {
  try {
    const { removed, stuck } = await retain(folder, source.keep ?? config.keep);
    if (removed.length > 0) log.info(`${counted(removed.length, "older folder")} removed`);
    for (const path of stuck) log.warn(`${path} is older than what is kept, but could not be removed`);
  } catch (error) {
    const why = failureMessage(error, false) ?? "";
    if (why !== told) log.warn(`older folders could not be removed: ${why}`);
  }
}

function proposalsIn({ counts }: ComparisonFacts): string {
  const proposals = Object.values(counts?.proposals ?? {}).reduce((sum, count) => sum + count, 0);
  return counted(proposals, "proposal");
}

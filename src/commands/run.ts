/** `ocpi2osm run`: every source of a config fetched, compared and published, one after the other, each by itself. */
import { rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { counted } from "../runs/counted.js";
import { type ExitCode, RunError, exitCodeOf } from "../runs/exit-codes.js";
import { SIGNALS, onEarlyEnd } from "../runs/interruption.js";
import { acquireLock } from "../runs/lock.js";
import type { Log } from "../runs/log.js";
import type { HookReport, RunReport, SourceRunReport } from "../runs/run-report.js";
import { newestStamp } from "../runs/source-folder.js";
import { compareStamps, nextStamp } from "../runs/stamps.js";
import { TOOL } from "../version.js";
import type { RunConfig, SourceConfig } from "./nightly/run-config.js";
import { type RunContext, Stopping, makeOutput } from "./nightly/run-context.js";
import { runExtracts } from "./nightly/run-extracts.js";
import { runHooks } from "./nightly/run-hooks.js";
import { appendHistory, readHistory, tellJob, writeReports } from "./nightly/run-reports.js";
import { makeScratch, removeLeftScratch } from "./nightly/run-scratch.js";
import { environmentWithoutSecrets } from "./nightly/run-secret-places.js";
import { sourceLog } from "./nightly/run-source-log.js";
import { publishedFolder, runSource } from "./nightly/run-source.js";

export interface RunOptions {
  readonly config: RunConfig;
  /** The config's file, as given. */
  readonly file: string;
  /** Those to be done. */
  readonly sources: readonly SourceConfig[];
  readonly dryRun: boolean;
}

/** Not everything was published; the message tells how much, the exit code is that of the worst failure. */
class RunFailedError extends RunError {
  override readonly exitCode: ExitCode;
  override name = "RunFailedError";

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Does a run. Paths of the config are relative to the working directory.
 *
 * @throws {LockedError} (5) where another run is at it; {RunFailedError} where a source was not published, with the
 * smallest of their exit codes, or 1 where a hook of success or a report failed; {UsageError}, {OutputError} where the
 * output folder cannot be used.
 */
export async function run(options: RunOptions, log: Log): Promise<void> {
  const { config, dryRun } = options;
  const output = resolve(config.output);
  await removeLeftScratch();
  const scratch = dryRun ? await makeScratch() : undefined;
  if (!dryRun) await makeOutput(output);
  const lock = dryRun
    ? undefined
    : await acquireLock(join(output, ".lock"), {
        releasesAtEarlyEnd: false,
        waiting: (message) => log.info(message),
      });
  const extracts = runExtracts(output, scratch, log);
  const stopping = new Stopping();
  const cleanUp = async (): Promise<void> => {
    await extracts.close();
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true });
    await lock?.release();
  };
  try {
    const stamp = nextStamp(new Date(), await newestOf(config, output));
    const env: Record<string, string | undefined> = environmentWithoutSecrets(config, process.env);
    const context: RunContext = { config, stamp, output, lock, scratch, extracts, env, log, stopping };
    await new Run(options, context).toItsEnd(cleanUp);
  } finally {
    await cleanUp();
  }
}

/**
 * The newest name that any source of the config has seen, also one that this run leaves out. A source whose folder cannot
 * be read fails by itself, later.
 */
async function newestOf(config: RunConfig, output: string): Promise<string | undefined> {
  const stamps = await Promise.all(
    config.sources.map((source) => newestStamp(publishedFolder(source, output)).catch(() => undefined)),
  );
  return stamps.flatMap((stamp) => stamp ?? []).sort((a, b) => compareStamps(b, a))[0];
}

class Run {
  readonly #options: RunOptions;
  readonly #context: RunContext;
  readonly #started = new Date();
  readonly #began = performance.now();
  readonly #sources: SourceRunReport[] = [];
  #hooks: HookReport[] = [];

  constructor(options: RunOptions, context: RunContext) {
    this.#options = options;
    this.#context = context;
  }

  /** `cleanUp`: what is to be done last, also at an early end. */
  async toItsEnd(cleanUp: () => Promise<void>): Promise<void> {
    const offEarlyEnd = this.#watchEarlyEnd(cleanUp);
    try {
      const unwritten = await this.#done();
      await this.#context.stopping.passed();
      const failure = this.#failure(unwritten);
      if (failure !== undefined) throw failure;
    } catch (error) {
      if (!(error instanceof RunFailedError)) await this.#broughtDown(() => exitCodeOf(error));
      throw error;
    } finally {
      offEarlyEnd();
    }
  }

  /** Sources, one after the other, and reports. Returns how many reports could not be written. */
  async #done(): Promise<number> {
    const { sources } = this.#options;
    const { extracts, log, scratch, stamp, stopping } = this.#context;
    log.info(`run ${stamp}: ${counted(sources.length, "source")}`);
    for (const source of sources) {
      const ownLog = sourceLog(log, source.name);
      const place = this.#sources.length;
      const tell = (report: SourceRunReport) => void (this.#sources[place] = report);
      const report = await runSource(source, this.#context, ownLog, tell);
      await stopping.passed();
      // Before its hooks: whatever they do, it is told what became of it.
      tell(report);
      this.#sources[place] = { ...report, hooks: await this.#sourceHooks(source, report, ownLog) };
    }
    const { config, file } = this.#options;
    // The working directory is the config's.
    if (scratch === undefined) await extracts.removeOthers(resolve(basename(file)), config);
    return this.#reported();
  }

  async #sourceHooks(source: SourceConfig, report: SourceRunReport, log: Log): Promise<HookReport[]> {
    if (this.#options.dryRun) return [];
    const { outcome, exit_code, folder, name } = report;
    const when = outcome === "published" ? "success" : "failure";
    return runHooks(
      source.hooks,
      { when, exitCode: exit_code, source: name, folder, report },
      this.#context,
      log,
    );
  }

  /** Hooks of the run, reports, history. Returns how many reports could not be written. */
  async #reported(): Promise<number> {
    const { config, dryRun } = this.#options;
    const { output, log, stopping } = this.#context;
    const earlier = await readHistory(output, log);
    // What is being written at an early end is discarded, which is no news: all of it is written anew then.
    const warn: Log["warn"] = (...said) => void (stopping.isStopping || log.warn(...said));
    const write = (report: RunReport): Promise<number> =>
      stopping.finished(() => writeReports(report, config, output, earlier, { ...log, warn }));
    if (dryRun) {
      await tellJob(this.#report(this.#exitCode(0)), earlier, log);
      return 0;
    }
    // Before the hooks, so that they find them; and after, as hooks are part of what is reported.
    let unwritten = 0;
    const exitCode = this.#exitCode(0);
    const when = exitCode === 0 ? "success" : "failure";
    if (config.hooks[when] !== undefined) {
      const report = this.#report(exitCode);
      unwritten = await write(report);
      this.#hooks = await runHooks(
        config.hooks,
        { when, exitCode, folder: output, report },
        this.#context,
        log,
      );
    }
    const report = this.#report(this.#exitCode(unwritten));
    const failed = await write(report);
    await tellJob(report, earlier, log);
    const isKept = await stopping.finished(() => appendHistory(report, output, { ...log, warn }));
    return failed + (isKept ? 0 : 1);
  }

  /** Ends in order when a signal comes, or an error that nobody has caught. Returns what takes that back. */
  #watchEarlyEnd(cleanUp: () => Promise<void>): () => void {
    let exitCode = 1;
    const listeners = SIGNALS.map(({ signal, code }) => {
      const listener = () => {
        exitCode = code;
      };
      process.once(signal, listener);
      return () => process.off(signal, listener);
    });
    const off = onEarlyEnd(async () => {
      // Which signal it was is known only when all its listeners have been called.
      await this.#broughtDown(() => exitCode);
      await cleanUp();
    });
    return () => {
      off();
      for (const offSignal of listeners) offSignal();
    };
  }

  /** Stops what works, and tells in the reports how far the run came, unless they are another run's by now. */
  async #broughtDown(codeOf: () => number): Promise<void> {
    const { config, sources } = this.#options;
    const { lock, output, log, stopping } = this.#context;
    await stopping.stop();
    if (lock === undefined || !(await lock.isHeld().catch(() => false))) return;
    const exitCode = codeOf();
    const done = this.#sources.map(({ name }) => name);
    for (const { name } of sources) if (!done.includes(name)) this.#sources.push(interrupted(name, exitCode));
    const report = this.#report(exitCode);
    await writeReports(report, config, output, await readHistory(output, log), log);
    await appendHistory(report, output, log);
  }

  #report(exitCode: number): RunReport {
    return {
      run_report: 1,
      tool: { ...TOOL },
      config: this.#options.file,
      run: this.#context.stamp,
      dry_run: this.#options.dryRun,
      started: this.#started.toISOString(),
      finished: new Date().toISOString(),
      seconds: Math.round(performance.now() - this.#began) / 1000,
      exit_code: exitCode,
      sources: [...this.#sources],
      hooks: this.#hooks,
    };
  }

  /** 0, or the smallest of the sources' that is not; 1 where all is published and what comes after failed. */
  #exitCode(unwritten: number): ExitCode {
    const codes = this.#sources.map(({ exit_code }) => exit_code);
    const worst = ([1, 2, 3, 4] as const).find((code) => codes.includes(code));
    return worst ?? (unwritten > 0 || this.#failedHooks().length > 0 ? 1 : 0);
  }

  #failedHooks(): HookReport[] {
    const hooks = [...this.#sources.flatMap((source) => source.hooks), ...this.#hooks];
    return hooks.filter(({ when, message }) => when === "success" && message !== undefined);
  }

  #failure(unwritten: number): RunFailedError | undefined {
    const exitCode = this.#exitCode(unwritten);
    if (exitCode === 0) return undefined;
    const failed = this.#sources.filter(({ exit_code }) => exit_code !== 0);
    const what = failed.map(({ name, outcome, exit_code }) => `${name} (${outcome}, exit code ${exit_code})`);
    if (failed.length > 0)
      return new RunFailedError(
        `${failed.length} of ${counted(this.#sources.length, "source")} not published: ${what.join(", ")}; ` +
          "what was published before is as it was",
        exitCode,
      );
    const after = unwritten > 0 ? counted(unwritten, "report could", "reports could") : "a hook";
    return new RunFailedError(
      `all sources are published, but ${unwritten > 0 ? `${after} not be written` : `${after} failed`}; see the warnings`,
      exitCode,
    );
  }
}

function interrupted(name: string, exitCode: number): SourceRunReport {
  return {
    name,
    outcome: "interrupted",
    exit_code: exitCode,
    message: "the run was stopped before this source was done",
    thresholds: [],
    hooks: [],
    seconds: 0,
  };
}

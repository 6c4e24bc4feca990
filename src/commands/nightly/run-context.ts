/** What all sources of one run share. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { OutputError, UsageError, systemCode } from "../../runs/exit-codes.js";
import type { Log } from "../../runs/log.js";
import type { Lock } from "../../runs/lock.js";
import type { RunConfig } from "./run-config.js";
import type { Extracts } from "./run-extracts.js";

export interface RunContext {
  readonly config: RunConfig;
  /** Name of the run and of the folders it publishes. */
  readonly stamp: string;
  /** Where results are published; absolute. */
  readonly output: string;
  /** Undefined in a dry run, which changes nothing. */
  readonly lock: Lock | undefined;
  /** Where everything goes in a dry run; absolute. */
  readonly scratch: string | undefined;
  readonly extracts: Extracts;
  /** The environment of programs that are to know no secret. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** What must be stopped before the run can end early. */
  readonly stopping: Stopping;
}

/** Whether the run is being ended early, and what to do then. */
export class Stopping {
  isStopping = false;
  readonly #steps = new Set<() => Promise<void>>();

  /** Has `step` done when the run ends early. Returns what takes it off again. */
  on(step: () => Promise<void>): () => void {
    this.#steps.add(step);
    return () => void this.#steps.delete(step);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    for (const step of [...this.#steps].reverse()) await step().catch(() => undefined);
  }

  /** Does what must not be left halfway: a run that is being ended waits for it, and does `after` then. */
  async finished<Result>(work: () => Promise<Result>, after?: () => Promise<unknown>): Promise<Result> {
    await this.passed();
    const working = work();
    const off = this.on(async () => {
      await working.catch(() => undefined);
      await after?.();
    });
    try {
      const result = await working;
      await this.passed();
      return result;
    } finally {
      off();
    }
  }

  /** Goes on for ever once the run is being ended: nothing more is to be done then. */
  async passed(): Promise<void> {
    if (this.isStopping) await new Promise<never>(() => undefined);
  }
}

/** Makes the output folder, but not those above it. @throws {UsageError} where it cannot be made. */
export async function makeOutput(output: string): Promise<void> {
  await mkdir(output).catch(async (error: unknown) => {
    const code = systemCode(error);
    const cause = { cause: error };
    if (code === "EEXIST") {
      const about = await stat(output).catch(() => undefined);
      if (about?.isDirectory() === true) return;
      const what = about === undefined ? "a link that leads nowhere" : "a file";
      throw new UsageError(`${output} is ${what}; it must be a folder`, cause);
    }
    if (code === "ENOENT")
      throw new UsageError(
        `cannot make the folder ${output}: there is no folder ${dirname(output)}; create it first`,
        cause,
      );
    if (code === "EACCES" || code === "EPERM" || code === "EROFS")
      throw new UsageError(`cannot make the folder ${output}: no permission`, cause);
    throw new OutputError(
      `cannot make the folder ${output}: ${error instanceof Error ? error.message : String(error)}`,
      cause,
    );
  });
}

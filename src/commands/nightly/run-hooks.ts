/** The hooks of a run and of its sources. */
import { type Hook, runHook } from "../../runs/hook.js";
import { lengthOfTime } from "../../runs/length-of-time.js";
import type { Log } from "../../runs/log.js";
import type { HookReport } from "../../runs/run-report.js";
import { concealed, concealing } from "../../runs/secret.js";
import type { HooksConfig } from "./run-config.js";
import type { RunContext } from "./run-context.js";

export interface HookOccasion {
  readonly when: Hook["when"];
  readonly exitCode: number;
  /** Undefined: the whole run's hook. */
  readonly source?: string | undefined;
  /** Where results are. */
  readonly folder?: string | undefined;
  /** JSON, for its stdin. */
  readonly report: unknown;
}

/** Runs the hook of an occasion, where the config has one. Returns what became of it. */
export async function runHooks(
  hooks: HooksConfig,
  occasion: HookOccasion,
  context: Pick<RunContext, "env" | "stamp" | "stopping">,
  log: Log,
): Promise<HookReport[]> {
  const command = hooks[occasion.when];
  if (command === undefined) return [];
  await context.stopping.passed();
  const env = {
    ...context.env,
    OCPI2OSM_RUN: context.stamp,
    OCPI2OSM_EXIT_CODE: `${occasion.exitCode}`,
    ...(occasion.source !== undefined && { OCPI2OSM_SOURCE: occasion.source }),
    ...(occasion.folder !== undefined && { OCPI2OSM_FOLDER: occasion.folder }),
  };
  const stdin = `${JSON.stringify(occasion.report, concealing)}\n`;
  const timeout = lengthOfTime(hooks.timeout);
  let last = "";
  const report = await runHook({ command, when: occasion.when, timeout, env, stdin }, (line) => {
    log.info(`${command[0] ?? ""}: ${line}`);
    last = line;
  });
  await context.stopping.passed();
  if (report.message === undefined) return [report];
  const message = concealed(report.message);
  // With --quiet nothing else of what it said is seen.
  log.warn(`hook on ${report.when}: ${message}${last === "" ? "" : `; the last it said: ${last}`}`);
  return [{ ...report, message }];
}

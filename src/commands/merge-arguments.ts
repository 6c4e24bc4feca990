/** The options of `merge`, checked and completed. */
import { z } from "zod";
import type { Log } from "../runs/log.js";
import { PROGRESS_MODES } from "../runs/progress.js";
import { merge } from "./merge.js";

const mergeArguments = z.object({
  output: z.string(),
  report: z.string().optional(),
  rejects: z.string().optional(),
  junit: z.string().optional(),
  maxRejects: z.string().optional(),
  stateTo: z.string().optional(),
  exitCode: z.boolean().default(false),
  workers: z.number().optional(),
  progress: z.enum(PROGRESS_MODES),
});

/** Throws as `merge`. */
export async function mergeFromArguments(
  parts: readonly string[],
  options: unknown,
  log: Log,
): Promise<void> {
  const { output, report, rejects, junit, maxRejects, stateTo, exitCode, workers, progress } =
    mergeArguments.parse(options);
  await merge(
    { parts, output, report, rejects, junit, maxRejects, stateTo, exitCode, workers, progress },
    log,
  );
}

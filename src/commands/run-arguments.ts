/** The options of `run`, checked and completed. */
import { basename, dirname, resolve } from "node:path";
import { z } from "zod";
import { parseConfigText, readConfigFile } from "../runs/config-text.js";
import { counted } from "../runs/counted.js";
import { UsageError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { checkRun } from "./nightly/run-check.js";
import { type RunConfig, runConfigSchema } from "./nightly/run-config.js";
import { overwriteMistakes } from "./nightly/run-overwrites.js";
import { run } from "./run.js";

const runArguments = z.object({
  check: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  source: z.array(z.string()).optional(),
});

/**
 * Runs or checks a config. As its paths are relative to the folder it is in, that becomes the working directory.
 *
 * @throws {UsageError} with every mistake in the config; otherwise as `run`.
 */
export async function runFromArguments(file: string, options: unknown, log: Log): Promise<void> {
  const given = runArguments.parse(options);
  const text = await readConfigFile(file);
  process.chdir(dirname(resolve(file)));
  const config = parseConfigText(text, runConfigSchema, file, "the config");
  // The working directory is the config's.
  const overwritten = await overwriteMistakes(config.settings, resolve(basename(file)));
  if (overwritten.length > 0) throw config.mistaken(overwritten);
  const chosen = chosenSources(config.settings, given.source, file);
  if (given.check) {
    await checkRun(config, chosen, process.env);
    const names = chosen.map((index) => config.settings.sources[index]?.name ?? "");
    log.info(`${file}: no mistake found; ${counted(names.length, "source")}: ${names.join(", ")}`);
    return;
  }
  const sources = config.settings.sources.filter((_, index) => chosen.includes(index));
  await run({ config: config.settings, file, sources, dryRun: given.dryRun }, log);
}

/** Positions of the sources to be done: those named, or all that are not switched off. */
function chosenSources({ sources }: RunConfig, named: readonly string[] | undefined, file: string): number[] {
  const names = sources.map(({ name }) => name);
  for (const name of named ?? []) {
    if (!names.includes(name))
      throw new UsageError(`--source ${name}: ${file} has no such source; it has ${names.join(", ")}`);
  }
  const chosen = sources.flatMap(({ name, enabled }, index) =>
    (named === undefined ? enabled : named.includes(name)) ? [index] : [],
  );
  if (chosen.length === 0)
    throw new UsageError(`${file}: every source is switched off ("enabled": false); name one with --source`);
  return chosen;
}

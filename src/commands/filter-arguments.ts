/** The options of `convert --filter`, checked and completed. */
import { z } from "zod";
import { UsageError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { DIALECT_SIGNS } from "../sources/dialect-signs.js";
import {
  profileOf,
  readOptions,
  readingArguments,
  refuseOptions,
  taggingArguments,
  taggingOptions,
} from "./arguments.js";
import { refuseCompressedName } from "./compressed-name.js";
import { filter } from "./filter.js";

const filterArguments = readingArguments.extend(taggingArguments.shape).extend({
  output: z.string(),
  format: z.string().optional(),
  workers: z.number().optional(),
});

/** @throws {UsageError} for options that make no sense with `--filter`; otherwise as `filter`. */
export async function filterFromArguments(
  inputs: readonly string[],
  options: Readonly<Record<string, unknown>>,
  log: Log,
): Promise<void> {
  refuseOptions(
    options,
    ["shard", "report", "rejects", "junit", "maxRejects", "asOf"],
    "--filter knows of nothing but the line it reads; every record it does not emit has a line that says why",
  );
  const given = filterArguments.parse(options);
  const { source, format = "ndjson" } = given;
  if (format !== "ndjson") throw new UsageError(`--format ${format}: --filter writes lines of JSON`);
  refuseCompressedName(given.output, "-o -");
  if (given.reader !== "bytes") throw new UsageError("--reader tokens: --filter reads a record a line");
  if (source === "auto")
    throw new UsageError("--filter looks at each line alone: say what the lines are with --source");
  if (DIALECT_SIGNS[source].recordLists !== undefined)
    throw new UsageError(
      `--source ${source}: --filter reads a record a line, and tiles hold many that share parts; use --shard`,
    );
  const profile = await profileOf(given);
  const { connectorTypes } = await readOptions(given);
  await filter(
    {
      inputs,
      output: given.output,
      source,
      connectorTypes,
      tagging: await taggingOptions(given, profile),
      profile,
      workers: given.workers ?? 0,
    },
    log,
  );
}

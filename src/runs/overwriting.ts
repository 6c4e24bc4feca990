/** What must not be written to: the run's own inputs, and stdout twice. */
import { stat } from "node:fs/promises";
import { UsageError } from "./exit-codes.js";
import { type Input, fileIdentity } from "./inputs.js";

/**
 * Makes sure that no output (undefined: not asked for) is one of the inputs, by whatever name or link, so that a run
 * never replaces the feed it was given nor takes its own earlier output for a feed.
 *
 * @throws {UsageError} naming the file, also when more than one output is to go to stdout.
 */
export async function refuseOverwriting(
  inputs: readonly Input[],
  outputs: ReadonlyArray<string | undefined>,
): Promise<void> {
  const named = outputs.filter((name) => name !== undefined);
  if (named.filter((name) => name === "-" || name === "/dev/stdout").length > 1)
    throw new UsageError("two outputs would be written to stdout; give each its own file");
  const existing = new Map<string, string>();
  for (const name of named) {
    if (name === "-") continue;
    const file = fileIdentity(await stat(name).catch(() => undefined));
    if (file !== undefined) existing.set(file, name);
  }
  for (const { name, identity = "" } of inputs) {
    const output = existing.get(identity);
    if (output !== undefined)
      throw new UsageError(
        `${output} is both an input (${name === "-" ? "stdin" : name}) and an output; write to another file or folder`,
      );
  }
}

/** What must not be written to: the run's own inputs, and stdout twice. */
import { fstatSync, type Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { UsageError } from "./exit-codes.js";
import type { Input } from "./inputs.js";

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
    const file = identity(await stat(name).catch(() => undefined));
    if (file !== undefined) existing.set(file, name);
  }
  if (existing.size === 0) return;
  for (const { name } of inputs) {
    const about = name === "-" ? fstatSync(0) : await stat(name).catch(() => undefined);
    const output = existing.get(identity(about) ?? "");
    if (output !== undefined)
      throw new UsageError(
        `${output} is both an input (${name === "-" ? "stdin" : name}) and an output; write to another file or folder`,
      );
  }
}

/** Which plain file it is; devices and pipes can be both. */
function identity(about: Stats | undefined): string | undefined {
  return about?.isFile() ? `${about.dev}:${about.ino}` : undefined;
}

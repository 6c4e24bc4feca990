/** `inspect`: its options. */
import type { Command } from "commander";
import { log } from "./log.js";
import { withLog, withReading } from "./options.js";

export function addInspect(program: Command): void {
  withLog(withReading(program.command("inspect")))
    .description("what is this feed: format, counts, defects, unknown keys")
    .option("--json", "for programs")
    .option("--markdown", "for a CI summary")
    .action(async (inputs: string[], options: unknown) => {
      const { inspectFromArguments } = await import("../commands/inspect.js");
      await inspectFromArguments(inputs, options, log());
    });
}

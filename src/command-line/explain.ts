/** `explain`: its options. */
import type { Command } from "commander";
import { log } from "./log.js";
import { withLog, withReading, withTagging } from "./options.js";

export function addExplain(program: Command): void {
  withLog(withTagging(withReading(program.command("explain"))))
    .description("one Location: each tag with its rule and source, and what was withheld")
    .requiredOption("--id <id>", "the Location's id")
    .option("--json", "for programs")
    .action(async (inputs: string[], options: unknown) => {
      const { explainFromArguments } = await import("../commands/explain.js");
      await explainFromArguments(inputs, options, log());
    });
}

/** `merge`: its options. */
import type { Command } from "commander";
import { log } from "./log.js";
import { threads, withLog } from "./options.js";

export function addMerge(program: Command): void {
  withLog(program.command("merge"))
    .description("what `--shard` made in parts, finished as one run would have written it")
    .argument("<part...>", "all the parts of a run, in any order")
    .requiredOption("-o, --output <file or folder>", "what the one run would have written; - for stdout")
    .option("--report <file>", "what the run did, as JSON")
    .option("--rejects <file>", "records that were not written, as NDJSON")
    .option("--junit <file>", "whether the feed was readable and kept its limits, as JUnit XML for CI")
    .option("--max-rejects <n>", "in place of what the shards were given: at most N, or P%, else exit 4")
    .option("--state-to <file>", "diff: where the next state goes, if not over --state")
    .option("--exit-code", "diff: exit 6 when there are proposals")
    .option("--workers <n>", "diff: threads that look up sources; 0 for none", threads)
    .action(async (parts: string[], options: unknown) => {
      const { mergeFromArguments } = await import("../commands/merge-arguments.js");
      await mergeFromArguments(parts, options, log());
    });
}

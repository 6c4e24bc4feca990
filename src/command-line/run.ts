/** `run`: its options. */
import type { Command } from "commander";
import { log } from "./log.js";
import { withLog } from "./options.js";

export function addRun(program: Command): void {
  withLog(program.command("run"))
    .description("the nightly job: fetch, diff and publish every source of a config")
    .argument("<config>", "JSON with comments; its paths are relative to the folder it is in")
    .option("--source <name...>", "only these sources")
    .option("--check", "is the config right, and is all there that it names? no network, nothing written")
    .option("--dry-run", "do all but publish: no state, no hooks, no reports; the output stays as it is")
    .action(async (config: string, options: unknown) => {
      const { runFromArguments } = await import("../commands/run-arguments.js");
      await runFromArguments(config, options, log());
    });
}

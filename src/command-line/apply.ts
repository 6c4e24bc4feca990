/** `apply`: its options. */
import { type Command, Option } from "commander";
import { log } from "./log.js";
import { withLog } from "./options.js";

export function addApply(program: Command): void {
  withLog(program.command("apply"))
    .description("what reviewers accepted, as .osm or .osc for an editor")
    .argument("<folder>", "what diff or rebase wrote")
    .requiredOption("--decisions <file...>", "what reviewers decided: NDJSON, or changes.csv filled in")
    .requiredOption("-o, --output <file>", "name.osm or name.osc; - for stdout")
    .addOption(new Option("--format <format>", "default: by the output's name").choices(["osm", "osc"]))
    .option("--osm <extract...>", "newer extracts: what mappers changed since is refused (D8)")
    .option("--report <file>", "what was refused and why, as JSON, or as CSV by its name")
    .option("--profile <file>", "source profile instead of the one the folder was made with")
    .action(async (folder: string, options: unknown) => {
      const { applyFromArguments } = await import("../commands/apply-arguments.js");
      await applyFromArguments(folder, options, log());
    });
}

/** `rebase`: its options. */
import type { Command } from "commander";
import { log } from "./log.js";
import { withLog } from "./options.js";

export function addRebase(program: Command): void {
  withLog(program.command("rebase"))
    .description("is a diff still true against newer OSM? writes what is")
    .argument("<folder>", "what diff wrote")
    .requiredOption("--osm <extract...>", "a newer extract")
    .requiredOption("-o, --output <folder>", "where the results go")
    .action(async (folder: string, options: unknown) => {
      const { rebaseFromArguments } = await import("../commands/rebase.js");
      await rebaseFromArguments(folder, options, log());
    });
}

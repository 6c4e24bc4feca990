/** `verify`: its options. */
import type { Command } from "commander";
import { log } from "./log.js";
import { threads, withLog } from "./options.js";

export function addVerify(program: Command): void {
  withLog(program.command("verify"))
    .description("replay a diff from its own report and compare every byte")
    .argument("<folder>", "what diff wrote")
    .option("--workers <n>", "threads; 0 for none", threads)
    .action(async (folder: string, options: unknown) => {
      const { verifyFromArguments } = await import("../commands/verify.js");
      await verifyFromArguments(folder, options, log());
    });
}

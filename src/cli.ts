#!/usr/bin/env node
/** argv → a command; nothing else. Commands are loaded when they are called, so that `--help` is quick. */
import { Command, CommanderError } from "commander";
import { addApply } from "./command-line/apply.js";
import { addConvert } from "./command-line/convert.js";
import { addDiff } from "./command-line/diff.js";
import { addExplain } from "./command-line/explain.js";
import { addFetch } from "./command-line/fetch.js";
import { addInspect } from "./command-line/inspect.js";
import { log } from "./command-line/log.js";
import { addMerge } from "./command-line/merge.js";
import { addRebase } from "./command-line/rebase.js";
import { addRun } from "./command-line/run.js";
import { addVerify } from "./command-line/verify.js";
import { EXIT_CODES } from "./runs/exit-codes.js";
import { endWith, watchForEarlyEnd } from "./runs/interruption.js";
import { TOOL } from "./version.js";

const USAGE_EXIT = 2;

const program = new Command(TOOL.name)
  .description("From a charging-point feed to OpenStreetMap records a mapper can review.")
  .version(TOOL.version, "-V, --version")
  .exitOverride()
  .configureOutput({
    // Where commander has nothing to say but how it is used, it was given no command it knows.
    writeErr: (text) =>
      log().error(
        text
          .trim()
          .replace(/^error: |^(?=Usage: )/, (said) => (said === "" ? "no known command given\n\n" : "")),
      ),
  })
  .addHelpText(
    "after",
    [
      "\nExit codes:",
      ...EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`),
    ].join("\n"),
  );

addConvert(program);
addDiff(program);
addVerify(program);
addRebase(program);
addApply(program);
addInspect(program);
addExplain(program);
addFetch(program);
addRun(program);
addMerge(program);

watchForEarlyEnd((message) => log().error(message));
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT;
  else await endWith(error, (message) => log().error(message));
}

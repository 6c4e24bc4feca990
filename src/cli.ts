#!/usr/bin/env node
/** argv → a command; nothing else. Commands are loaded when they are called, so that `--help` is quick. */
import { Command, CommanderError, Option } from "commander";
import { addFetch } from "./command-line/fetch.js";
import { log } from "./command-line/log.js";
import { addMerge } from "./command-line/merge.js";
import { atLeastOne, date, threads, withLog, withReading, withTagging } from "./command-line/options.js";
import { addRun } from "./command-line/run.js";
import { FORM_NAMES } from "./proposals/output-form.js";
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
    "\nExit codes: 0 done · 1 unexpected failure · 2 bad usage · 3 unreadable input · 4 threshold crossed · 5 locked by another run · 6 proposals (diff --exit-code) · 130/143 interrupted",
  );

withLog(withTagging(withReading(program.command("convert"))))
  .description("write every Location as OSM records")
  .option("-o, --output <file>", "- for stdout", "-")
  .addOption(new Option("--format <format>", "default: by the output's name, else osm").choices(FORM_NAMES))
  .option("--report <file>", "what the run did, as JSON")
  .option("--rejects <file>", "records that were not written, as NDJSON")
  .option("--max-rejects <n>", "reject at most so many records, or P% of them, else exit 4")
  .option("--junit <file>", "whether the feed was readable and kept its limits, as JUnit XML for CI")
  .option("--shard <k/n>", "the k-th of n shares of the records only, into a part for merge")
  .option("--filter", "a line out for every line in, decided by it alone; for Spark, Hadoop, GNU parallel")
  .option("--as-of <date>", "date of the data, for the changeset's source", date)
  .option("--workers <n>", "threads; 0 for none (default: what this machine gains from)", threads)
  .action(async (inputs: string[], options: unknown) => {
    const { convertFromArguments } = await import("./commands/convert-arguments.js");
    await convertFromArguments(inputs, options, log());
  });

withLog(withTagging(withReading(program.command("diff"))))
  .description("what should change in OSM: proposals, matched to what is there, for mappers to review")
  .requiredOption("--osm <extract...>", "OSM extracts: .osm.pbf, .osm (gzip, bzip2), Overpass JSON with meta")
  .requiredOption("-o, --output <folder>", "where the results go")
  .option("--state <file>", "what earlier runs said, read and written (D3); keep it, in git or elsewhere")
  .option("--state-to <file>", "where the next state goes, if not over --state")
  .option("--decisions <file...>", "what reviewers decided (D5): NDJSON, or changes.csv filled in")
  .option("--patience <n>", "runs a Location must be missing before its closure is proposed", atLeastOne)
  .option("--max-disappear <n>", "at most so many Locations, or P% of them, may vanish in a run, else exit 4")
  .option("--shard <k/n>", "the k-th of n shares of the feed only, into a part for merge")
  .option("--split <how>", "changes.osm in parts: country, or the most elements a part may have")
  .addOption(
    new Option("--prefilter <when>", "have osmium-tool, where it is installed, filter the extract first")
      .choices(["auto", "never"])
      .default("never"),
  )
  .option("--report <file>", "report.json to this file too, also when nothing is published")
  .option("--rejects <file>", "rejects.ndjson to this file too, also when nothing is published")
  .option("--max-rejects <n>", "reject at most so many records, or P% of them, else exit 4")
  .option("--junit <file>", "whether the feed was readable and kept its limits, as JUnit XML for CI")
  .option("--as-of <date>", "date of the data, for the changeset's source", date)
  .option("--workers <n>", "threads; 0 for none (default: what this machine gains from)", threads)
  .option("--exit-code", "exit 6 when there are proposals")
  .action(async (inputs: string[], options: unknown) => {
    const { diffFromArguments } = await import("./commands/diff-arguments.js");
    await diffFromArguments(inputs, options, log());
  });

withLog(program.command("verify"))
  .description("replay a diff from its own report and compare every byte")
  .argument("<folder>", "what diff wrote")
  .option("--workers <n>", "threads; 0 for none", threads)
  .action(async (folder: string, options: unknown) => {
    const { verifyFromArguments } = await import("./commands/verify.js");
    await verifyFromArguments(folder, options, log());
  });

withLog(program.command("rebase"))
  .description("is a diff still true against newer OSM? writes what is")
  .argument("<folder>", "what diff wrote")
  .requiredOption("--osm <extract...>", "a newer extract")
  .requiredOption("-o, --output <folder>", "where the results go")
  .action(async (folder: string, options: unknown) => {
    const { rebaseFromArguments } = await import("./commands/rebase.js");
    await rebaseFromArguments(folder, options, log());
  });

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
    const { applyFromArguments } = await import("./commands/apply-arguments.js");
    await applyFromArguments(folder, options, log());
  });

withLog(withReading(program.command("inspect")))
  .description("what is this feed: format, counts, defects, unknown keys")
  .option("--json", "for programs")
  .option("--markdown", "for a CI summary")
  .action(async (inputs: string[], options: unknown) => {
    const { inspectFromArguments } = await import("./commands/inspect.js");
    await inspectFromArguments(inputs, options, log());
  });

withLog(withTagging(withReading(program.command("explain"))))
  .description("one Location: each tag with its rule and source, and what was withheld")
  .requiredOption("--id <id>", "the Location's id")
  .option("--json", "for programs")
  .action(async (inputs: string[], options: unknown) => {
    const { explainFromArguments } = await import("./commands/explain.js");
    await explainFromArguments(inputs, options, log());
  });

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

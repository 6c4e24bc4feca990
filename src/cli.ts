#!/usr/bin/env node
/** argv → a command; nothing else. Commands are loaded when they are called, so that `--help` is quick. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { FORM_NAMES } from "./proposals/output-form.js";
import { endWith, watchForEarlyEnd } from "./runs/interruption.js";
import { LOG_FORMATS, createLog } from "./runs/log.js";
import { PROGRESS_MODES } from "./runs/progress.js";
import { SOURCE_NAMES } from "./sources/dialect.js";
import { TOOL } from "./version.js";

const USAGE_EXIT = 2;
const MOST_WORKERS = 64;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > MOST_WORKERS) {
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${MOST_WORKERS}.`);
  }
  return value;
}

function runs(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < 1)
    throw new InvalidArgumentError("It must be a whole number above 0.");
  return value;
}

function date(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError("It must be a date such as 2026-11-21.");
  }
  return text;
}

function collected(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, ...text.split(",")];
}

/** Options of every command that reads a feed. */
function withReading(command: Command): Command {
  return command
    .argument("<input...>", "files, folders, patterns, or - for stdin; gzip is recognised")
    .addOption(
      new Option("--source <name>", "what the input is").choices(["auto", ...SOURCE_NAMES]).default("auto"),
    )
    .addOption(
      new Option("--reader <name>", "tokens: slower, for odd envelopes and huge records")
        .choices(["bytes", "tokens"])
        .default("bytes"),
    )
    .option(
      "--connector-types <file>",
      "HERE: a saved answer of countryMetadata?fields=connectorTypes, for ids whose plug is not public",
    );
}

/** Options of every command that tags. */
function withTagging(command: Command): Command {
  return command
    .option("--profile <file>", "source profile: licence, operator, switches (JSON with comments)")
    .addOption(new Option("--tags <set>", "extended: also the tags of rule T5.6").choices(["extended"]))
    .option("--charge-points", "also man_made=charge_point nodes (rule T6)")
    .option("--country <codes>", "keep only these countries (ISO codes, comma-separated)", collected);
}

function withLog(command: Command): Command {
  return command
    .option("--quiet", "only warnings and errors")
    .addOption(new Option("--log-format <format>", "of stderr").choices(LOG_FORMATS).default("text"))
    .addOption(new Option("--progress <when>", "a progress line").choices(PROGRESS_MODES).default("auto"));
}

/** The log the options ask for; looked up before parsing too, so that usage errors keep to it. */
function log() {
  const given = process.argv;
  const json = given.includes("--log-format=json") || given[given.indexOf("--log-format") + 1] === "json";
  return createLog({
    format: json && given.some((argument) => argument.startsWith("--log-format")) ? "json" : "text",
    quiet: given.includes("--quiet"),
    stream: process.stderr,
    env: process.env,
  });
}

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
    "\nExit codes: 0 done · 1 unexpected failure · 2 bad usage · 3 unreadable input · 4 threshold crossed · 6 proposals (diff --exit-code) · 130/143 interrupted",
  );

withLog(withTagging(withReading(program.command("convert"))))
  .description("write every Location as OSM records")
  .option("-o, --output <file>", "- for stdout", "-")
  .addOption(new Option("--format <format>", "default: by the output's name, else osm").choices(FORM_NAMES))
  .option("--report <file>", "what the run did, as JSON")
  .option("--rejects <file>", "records that were not written, as NDJSON")
  .option("--max-rejects <n>", "reject at most so many records, or P% of them, else exit 4")
  .option("--as-of <date>", "date of the data, for the changeset's source", date)
  .option("--workers <n>", "threads; 0 for none (default: what this machine gains from)", wholeNumber)
  .action(async (inputs: string[], options: unknown) => {
    const { convertFromArguments } = await import("./commands/convert-arguments.js");
    await convertFromArguments(inputs, options, log());
  });

withLog(withTagging(withReading(program.command("diff"))))
  .description("what should change in OSM: proposals, matched to what is there, for mappers to review")
  .requiredOption("--osm <extract...>", "OSM extracts: .osm.pbf, .osm (gzip, bzip2), Overpass JSON with meta")
  .requiredOption("-o, --output <folder>", "where the results go")
  .option("--state <file>", "what earlier runs said, read and written (D3); keep it, in git or elsewhere")
  .option("--decisions <file...>", "what reviewers decided (D5): NDJSON, or changes.csv filled in")
  .option("--patience <n>", "runs a Location must be missing before its closure is proposed", runs)
  .option("--max-disappear <n>", "at most so many Locations, or P% of them, may vanish in a run, else exit 4")
  .option("--split <how>", "changes.osm in parts: country, or the most elements a part may have")
  .addOption(
    new Option("--prefilter <when>", "have osmium-tool, where it is installed, filter the extract first")
      .choices(["auto", "never"])
      .default("never"),
  )
  .option("--report <file>", "report.json to this file too, also when nothing is published")
  .option("--rejects <file>", "rejects.ndjson to this file too, also when nothing is published")
  .option("--max-rejects <n>", "reject at most so many records, or P% of them, else exit 4")
  .option("--as-of <date>", "date of the data, for the changeset's source", date)
  .option("--workers <n>", "threads; 0 for none (default: what this machine gains from)", wholeNumber)
  .option("--exit-code", "exit 6 when there are proposals")
  .action(async (inputs: string[], options: unknown) => {
    const { diffFromArguments } = await import("./commands/diff-arguments.js");
    await diffFromArguments(inputs, options, log());
  });

withLog(program.command("verify"))
  .description("replay a diff from its own report and compare every byte")
  .argument("<folder>", "what diff wrote")
  .option("--workers <n>", "threads; 0 for none", wholeNumber)
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

watchForEarlyEnd((message) => log().error(message));
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT;
  else await endWith(error, (message) => log().error(message));
}

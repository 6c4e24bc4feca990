/** Options that several commands have, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { LOG_FORMATS } from "../runs/log.js";
import { PROGRESS_MODES } from "../runs/progress.js";
import { SOURCE_NAMES } from "../sources/dialect.js";
import { READER_NAMES } from "../sources/reader-name.js";

const MOST_WORKERS = 64;

/** A number of threads. */
export function threads(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > MOST_WORKERS) {
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${MOST_WORKERS}.`);
  }
  return value;
}

/** A whole number above 0. */
export function atLeastOne(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < 1)
    throw new InvalidArgumentError("It must be a whole number above 0.");
  return value;
}

/** A date such as 2026-11-21. */
export function date(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError("It must be a date such as 2026-11-21.");
  }
  return text;
}

/** Comma-separated, and given more than once. */
export function collected(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, ...text.split(",")];
}

/** Options of every command that reads a feed. */
export function withReading(command: Command): Command {
  return command
    .argument("<input...>", "files, folders, patterns, or - for stdin; gzip is recognised")
    .addOption(
      new Option("--source <name>", "what the input is").choices(["auto", ...SOURCE_NAMES]).default("auto"),
    )
    .addOption(
      new Option("--reader <name>", "tokens: slower, for odd envelopes and huge records")
        .choices(READER_NAMES)
        .default("bytes"),
    )
    .option(
      "--connector-types <file>",
      "HERE: a saved answer of countryMetadata?fields=connectorTypes, for ids whose plug is not public",
    );
}

/** Options of every command that tags. */
export function withTagging(command: Command): Command {
  return command
    .option("--profile <file>", "source profile: licence, operator, switches (JSON with comments)")
    .addOption(new Option("--tags <set>", "extended: also the tags of rule T5.6").choices(["extended"]))
    .option("--charge-points", "also man_made=charge_point nodes (rule T6)")
    .option("--country <codes>", "keep only these countries (ISO codes, comma-separated)", collected);
}

/** Options of every command that tells what it does. */
export function withLog(command: Command): Command {
  return command
    .option("--quiet", "only warnings and errors")
    .addOption(new Option("--log-format <format>", "of stderr").choices(LOG_FORMATS).default("text"))
    .addOption(new Option("--progress <when>", "a progress line").choices(PROGRESS_MODES).default("auto"));
}

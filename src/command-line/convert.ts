/** `convert`: its options. */
import { type Command, Option } from "commander";
import { FORM_NAMES } from "../proposals/output-form.js";
import { log } from "./log.js";
import { date, threads, withLog, withReading, withTagging } from "./options.js";

export function addConvert(program: Command): void {
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
      const { convertFromArguments } = await import("../commands/convert-arguments.js");
      await convertFromArguments(inputs, options, log());
    });
}

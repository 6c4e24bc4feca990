/** `diff`: its options. */
import { type Command, Option } from "commander";
import { log } from "./log.js";
import { atLeastOne, date, threads, withLog, withReading, withTagging } from "./options.js";

export function addDiff(program: Command): void {
  withLog(withTagging(withReading(program.command("diff"))))
    .description("what should change in OSM: proposals, matched to what is there, for mappers to review")
    .requiredOption(
      "--osm <extract...>",
      "OSM extracts: .osm.pbf, .osm (gzip, bzip2), Overpass JSON with meta",
    )
    .requiredOption("-o, --output <folder>", "where the results go")
    .option("--state <file>", "what earlier runs said, read and written (D3); keep it, in git or elsewhere")
    .option("--state-to <file>", "where the next state goes, if not over --state")
    .option("--decisions <file...>", "what reviewers decided (D5): NDJSON, or changes.csv filled in")
    .option("--patience <n>", "runs a Location must be missing before its closure is proposed", atLeastOne)
    .option(
      "--max-disappear <n>",
      "at most so many Locations, or P% of them, may vanish in a run, else exit 4",
    )
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
      const { diffFromArguments } = await import("../commands/diff-arguments.js");
      await diffFromArguments(inputs, options, log());
    });
}

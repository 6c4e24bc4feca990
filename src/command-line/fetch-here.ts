/** `fetch here`: its options. */
import type { Command } from "commander";
import { withHttp } from "./http-options.js";
import { log } from "./log.js";
import { atLeastOne, collected, withLog } from "./options.js";

export function addFetchHere(fetch: Command): void {
  withLog(withHttp(fetch.command("here")))
    .description("HERE EV Charge Points API v3: Locations by their ids")
    .requiredOption("-o, --output <file>", "NDJSON; compressed where the name ends in .gz")
    .option("--ids <file>", "a list of ids, one a line; - for stdin")
    .option("--ids-from <input...>", "feeds that hold the ids: a map export, or earlier records")
    .option("--api-key-env <name>", "variable that holds the API key (default: HERE_API_KEY)")
    .option("--api-key-file <file>", "file that holds the API key")
    .option(
      "--credentials <file>",
      "credentials.properties as HERE ships it (default, without a key: ~/.here/credentials.properties)",
    )
    .option(
      "--fields <names>",
      "what HERE is asked for (default: address,evses,locationInfo,connectorGroups)",
      collected,
    )
    .option("--base-url <address>", "of another region (default: https://evcp.hereapi.com/v3)")
    .option("--max-age <time>", "fetch records anew that are older: 30m, 12h, 7d; 0 for all")
    .option("--concurrency <n>", "requests at the same time (default: 4)", atLeastOne)
    .option("--missing <file>", "ids that HERE does not have, one a line")
    .action(async (options: unknown) => {
      const { fetchHereFromArguments } = await import("../commands/fetch-here-arguments.js");
      await fetchHereFromArguments(options, log());
    });
}

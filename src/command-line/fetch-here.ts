/** `fetch here`: its options. */
import { type Command, InvalidArgumentError } from "commander";
import { log } from "./log.js";
import { atLeastOne, collected, withLog } from "./options.js";

export function addFetchHere(fetch: Command): void {
  withLog(fetch.command("here"))
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
    .option("--rate <n>", "requests a second, at most", rate)
    .option("--attempts <n>", "of each request (default: 6)", atLeastOne)
    .option("--missing <file>", "ids that HERE does not have, one a line")
    .option("--report <file>", "what the download did, as JSON")
    .action(async (options: unknown) => {
      const { fetchHereFromArguments } = await import("../commands/fetch-here-arguments.js");
      await fetchHereFromArguments(options, log());
    });
}

/** Also less than one: 0.5 is a request every two seconds. */
function rate(text: string): number {
  const value = Number(text);
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(text) || value <= 0)
    throw new InvalidArgumentError("It must be a number above 0, such as 5 or 0.5.");
  return value;
}

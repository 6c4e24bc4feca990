/** `fetch ocpi`: its options. */
import { type Command, Option } from "commander";
import { AUTH_SCHEMES, TOKEN_ENCODINGS } from "../fetching/ocpi-access.js";
import { OCPI_VERSIONS } from "../fetching/ocpi-versions.js";
import { SOURCE_NAMES } from "../sources/dialect.js";
import { READER_NAMES } from "../sources/reader-name.js";
import { withHttp } from "./http-options.js";
import { log } from "./log.js";
import { atLeastOne, withLog } from "./options.js";

export function addFetchOcpi(fetch: Command): void {
  const command = fetch
    .command("ocpi")
    .description("a CPO's or hub's Locations, or an open-data file")
    .argument(
      "<url>",
      "a versions list, a version's details, a Locations endpoint or a file: its content tells",
    )
    .requiredOption("-o, --output <file>", "NDJSON; compressed where the name ends in .gz");
  withLog(withHttp(withList(withAccess(command)))).action(async (url: string, options: unknown) => {
    const { fetchOcpiFromArguments } = await import("../commands/fetch-ocpi-arguments.js");
    await fetchOcpiFromArguments(url, options, log());
  });
}

function withList(command: Command): Command {
  return command
    .addOption(new Option("--ocpi-version <version>", "of those in a versions list").choices(OCPI_VERSIONS))
    .option("--page-size <records>", "ask for so many a page", atLeastOne)
    .option("--deltas", "ask only for what has changed since the last time")
    .option(
      "--full-every <time>",
      "with --deltas: ask for all so often, as a delta cannot say what is gone",
      "7d",
    )
    .option(
      "--accept-incomplete",
      "take it although the server announces more than came, or says `data: null`",
    )
    .addOption(
      new Option("--source <name>", "what the records are")
        .choices(["auto", ...SOURCE_NAMES])
        .default("auto"),
    )
    .addOption(
      new Option("--reader <name>", "tokens: slower, for odd envelopes and huge records")
        .choices([...READER_NAMES])
        .default("bytes"),
    );
}

function withAccess(command: Command): Command {
  return command
    .option("--token-env <name>", "the variable that holds the token (OCPI_TOKEN, if there is one)")
    .option("--token-file <file>", "the file that holds the token and nothing else")
    .addOption(
      new Option("--token-encoding <encoding>", "auto: plain for 2.1.1, else base64, and the other on a 401")
        .choices(["auto", ...TOKEN_ENCODINGS])
        .default("auto"),
    )
    .addOption(
      new Option("--auth <scheme>", "how the token is sent; basic: it is user:password")
        .choices(AUTH_SCHEMES)
        .default("token"),
    )
    .option(
      "--header-env <header=name>",
      "one more header, from a variable: X-API-Key=NAME (repeatable)",
      (text: string, earlier: readonly string[] = []) => [...earlier, text],
    );
}

/** Options of the commands that download. */
import { type Command, InvalidArgumentError } from "commander";
import { atLeastOne } from "./options.js";

/** A number of requests a second; also less than one: 0.5 is a request every two seconds. */
function rate(text: string): number {
  const value = Number(text);
  if (!/^\d{1,4}(?:\.\d{1,3})?$/.test(text) || value <= 0 || value > 1000)
    throw new InvalidArgumentError("It must be a number above 0, such as 5 or 0.5.");
  return value;
}

/** How politely and how persistently it asks, and what it tells of that. */
export function withHttp(command: Command): Command {
  return command
    .option("--rate <n>", "requests a second, at most", rate)
    .option("--attempts <n>", "of each request (default: 6)", atLeastOne)
    .option("--max-time <time>", "the most it may take in all: 90m, 6h; 0 for any (default: 12h)")
    .option("--report <file>", "what the download did, as JSON");
}

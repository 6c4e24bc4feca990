/** The log that the options ask for. */
import { type Log, createLog } from "../runs/log.js";

/** Looked up in argv itself, so that usage errors keep to it too. */
export function log(): Log {
  const given = process.argv;
  const named = given.indexOf("--log-format");
  const json = given.includes("--log-format=json") || (named !== -1 && given[named + 1] === "json");
  return createLog({
    format: json ? "json" : "text",
    quiet: given.includes("--quiet"),
    stream: process.stderr,
    env: process.env,
  });
}

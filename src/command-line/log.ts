/** The log that the options ask for. */
import { type Log, createLog } from "../runs/log.js";

/** Looked up in argv itself, so that usage errors keep to it too. */
export function log(): Log {
  const given = process.argv;
  const json = given.includes("--log-format=json") || given[given.indexOf("--log-format") + 1] === "json";
  return createLog({
    format: json && given.some((argument) => argument.startsWith("--log-format")) ? "json" : "text",
    quiet: given.includes("--quiet"),
    stream: process.stderr,
    env: process.env,
  });
}

/** Answers of a service that say "no" and were saved as if they were a feed. */
import { memberOf } from "./dialect-signs.js";
import { OCPI_FIRST_ERROR } from "./envelope.js";

const OCPI_ERROR_CLASSES: ReadonlyArray<readonly [from: number, meaning: string]> = [
  [4000, "an error at the hub"],
  [3000, "an error at the server"],
  [OCPI_FIRST_ERROR, "a request the server would not answer"],
];

/** What an error body says, in words; `undefined` for anything else. */
export function errorBodyText(body: unknown): string | undefined {
  return ocpiError(memberOf(body, "statuscode"), memberOf(body, "statusmessage")) ?? hereError(body);
}

/** An OCPI status code that means an error, in words. */
export function ocpiError(code: unknown, message: unknown): string | undefined {
  const status = Number(code ?? 0);
  const meaning = OCPI_ERROR_CLASSES.find(([from]) => status >= from)?.[1];
  if (meaning === undefined) return undefined;
  return `OCPI status ${status}, ${meaning}${quoted(message)}`;
}

/** Two shapes: `title, status, code, cause, action` and `error, error_description, status`. */
function hereError(body: unknown): string | undefined {
  const status = memberOf(body, "status");
  const title = memberOf(body, "title") ?? memberOf(body, "error");
  const cause = memberOf(body, "cause") ?? memberOf(body, "errordescription");
  if (typeof title !== "string" || (typeof status !== "number" && cause === undefined)) return undefined;
  if (typeof status === "number" && status < 400) return undefined;
  const number = typeof status === "number" ? `status ${status}` : "an error";
  const action = memberOf(body, "action");
  return `${number}${quoted(title)}${quoted(cause)}${quoted(action)}`;
}

/** On one line, as it is part of a message. */
function quoted(text: unknown): string {
  const line = typeof text === "string" ? text.replaceAll(/\s+/g, " ").trim() : "";
  return line === "" ? "" : `: ${line.slice(0, 300)}`;
}

/** Ending before the end: whatever stops a run, its unfinished files are removed first. */
import { exitCodeOf, ReaderGoneError, RunError } from "./exit-codes.js";
import { concealed } from "./secret.js";

type Discard = () => void | Promise<void>;

const discards = new Set<Discard>();

/** Has `discard` called if the run ends early. Returns what takes it off the list again. */
export function onEarlyEnd(discard: Discard): () => void {
  discards.add(discard);
  return () => void discards.delete(discard);
}

/** Runs what `onEarlyEnd` registered, all of it, whatever fails. */
async function discardUnfinished(): Promise<void> {
  const running = [...discards].map(async (discard) => discard());
  discards.clear();
  await Promise.allSettled(running);
}

/** What ends the run first decides its exit code: stopping it makes other things fail. */
let ending = false;

/** Signals that end a run in order, and its exit code then. */
export const SIGNALS = [
  // Not kept from it by nohup: Node takes back what that does.
  { signal: "SIGHUP", code: 129, word: "stopped" },
  { signal: "SIGINT", code: 130, word: "interrupted" },
  { signal: "SIGTERM", code: 143, word: "stopped" },
] as const;

/**
 * Makes SIGHUP, SIGINT, SIGTERM and errors nobody caught end the process in order: unfinished files removed, a short
 * message, the right exit code (129, 130, 143, or that of the error). A second signal ends it at once.
 *
 * `say` writes a message to the user. To be called once, by the command line.
 */
export function watchForEarlyEnd(say: (message: string) => void): void {
  for (const { signal, code, word } of SIGNALS) {
    process.on(signal, () => {
      if (ending) process.exit(code);
      ending = true;
      say(`${word}: unfinished output removed, previous output unchanged`);
      void discardUnfinished().then(() => process.exit(code));
    });
  }
  const fail = (error: unknown) => void endWith(error, say);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  // A log nobody reads any more (`2>&1 | head`) is no reason to fail.
  process.stderr.on("error", () => undefined);
}

/** Ends the process because of `error`: unfinished files removed, its message, its exit code. Never returns. */
export async function endWith(error: unknown, say: (message: string) => void): Promise<never> {
  if (ending) return new Promise<never>(() => undefined);
  ending = true;
  await discardUnfinished();
  const message = failureMessage(error, process.env["OCPI2OSM_DEBUG"] === "1");
  if (message !== undefined) say(message);
  return process.exit(exitCodeOf(error));
}

/**
 * What to tell the user about an error: its message, with what it was thrown for when it is no RunError; the stack
 * only when debugging. Without secrets, whatever a library put into it. `undefined` when there is nothing to tell.
 */
export function failureMessage(error: unknown, debug: boolean): string | undefined {
  return error instanceof ReaderGoneError ? undefined : concealed(messageOf(error, debug));
}

function messageOf(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `unexpected failure: ${String(error)}`;
  if (debug) return error.stack ?? error.message;
  if (error instanceof RunError) return error.message;
  return `unexpected failure: ${error.message} (set OCPI2OSM_DEBUG=1 for the details a bug report needs)`;
}

/** Exit codes are a contract with scripts: the table is data, and each failure a command can meet is a class that knows its code. */

/** Every exit code and what it means. */
export const EXIT_CODES = [
  { code: 0, name: "done", meaning: "Done" },
  { code: 1, name: "unexpected", meaning: "An unexpected failure" },
  { code: 2, name: "usage", meaning: "Bad usage or configuration" },
  { code: 3, name: "input", meaning: "An input is unreadable or of no known format" },
  { code: 4, name: "threshold", meaning: "A threshold was crossed (rejects, disappearance)" },
  { code: 5, name: "locked", meaning: "Another run holds the lock" },
  { code: 6, name: "proposals", meaning: "`diff --exit-code` and there are proposals" },
  { code: 129, name: "sighup", meaning: "Stopped, as its terminal is gone (SIGHUP)" },
  { code: 130, name: "sigint", meaning: "Interrupted (SIGINT, Ctrl-C)" },
  { code: 143, name: "sigterm", meaning: "Stopped (SIGTERM)" },
] as const;

export type ExitCode = (typeof EXIT_CODES)[number]["code"];

/** A failure whose message is meant for the user as it stands: what happened, where, and what to do. */
export class RunError extends Error {
  readonly exitCode: ExitCode = 1;
  override name = "RunError";
}

/** The output could not be written (disk full, device error). The previous output is as it was. */
export class OutputError extends RunError {
  override name = "OutputError";
}

/** Whoever read our stdout has closed it (`| head`): nothing is wrong, and there is nothing left to do. */
export class ReaderGoneError extends RunError {
  override readonly exitCode = 0;
  override name = "ReaderGoneError";
}

/** Bad arguments, or a bad profile or config. */
export class UsageError extends RunError {
  override readonly exitCode = 2;
  override name = "UsageError";
}

/** An input is missing, cannot be read, or changed while it was being read. */
export class UnreadableInputError extends RunError {
  override readonly exitCode = 3;
  override name = "UnreadableInputError";
}

/** Too many rejects, or too many Locations vanished: nothing was published. */
export class ThresholdError extends RunError {
  override readonly exitCode = 4;
  override name = "ThresholdError";
}

/** Another run holds the lock. */
export class LockedError extends RunError {
  override readonly exitCode = 5;
  override name = "LockedError";
}

/** `diff --exit-code` found something to propose. The output is complete. */
export class ProposalsFoundError extends RunError {
  override readonly exitCode = 6;
  override name = "ProposalsFoundError";
}

/** The code a process must end with after this was thrown: that of a RunError, and 1 for anything else. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof RunError ? error.exitCode : 1;
}

/** The `code` of a Node system error (`ENOENT`), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** What a comparison remembers of earlier runs and of reviewers: state and decisions, read from their files. */
import { DecisionBook, parseDecisions } from "../merging/decisions.js";
import { MemoryLineError } from "../merging/memory-lines.js";
import { parseState } from "../merging/state.js";
import type { StateEntry } from "../merging/state-entry.js";
import { UnreadableInputError, UsageError } from "../runs/exit-codes.js";
import { readTextFile } from "../runs/text-file.js";

/** For the report's manifest. */
export interface MemoryFile {
  readonly file: string;
  readonly sha256: string;
  /** Entries of the state, or decisions. */
  readonly lines: number;
}

/**
 * The state's entries; none in a first run, when there is no such file yet.
 *
 * @throws {UsageError} when it is the state of another source, {UnreadableInputError} when it cannot be read.
 */
export async function readState(
  file: string | undefined,
  source: string,
): Promise<{ readonly entries: readonly StateEntry[]; readonly file: MemoryFile | undefined }> {
  const read = file === undefined ? undefined : await readTextFile(file);
  if (file === undefined || read === undefined) return { entries: [], file: undefined };
  const state = understood(() => parseState(read.lines(), file));
  if (state.source !== source) {
    throw new UsageError(
      `${file} is the state of ${state.source}, not of ${source}: give each source a state of its own (--state), or the profile the name it had`,
    );
  }
  return { entries: state.entries, file: { file, sha256: read.sha256, lines: state.entries.length } };
}

/** @throws {UnreadableInputError} when the file is missing or has a line that is no decision. */
export async function readDecisions(
  file: string | undefined,
): Promise<{ readonly book: DecisionBook; readonly file: MemoryFile | undefined }> {
  if (file === undefined) return { book: new DecisionBook([]), file: undefined };
  const read = await readTextFile(file);
  if (read === undefined) throw new UnreadableInputError(`${file}: no such file`);
  const decisions = understood(() => parseDecisions(read.lines(), file));
  return { book: new DecisionBook(decisions), file: { file, sha256: read.sha256, lines: decisions.length } };
}

function understood<Content>(parse: () => Content): Content {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof MemoryLineError)) throw error;
    throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
  }
}

/** What a comparison remembers of earlier runs and of reviewers: state and decisions, read from their files. */
import { basename } from "node:path";
import { type Decision, DecisionBook, parseDecisions } from "../../merging/decisions.js";
import { MemoryLineError } from "../../merging/memory-lines.js";
import { parseState } from "../../merging/state.js";
import type { StateEntry } from "../../merging/state-entry.js";
import { decisionsOfCsv } from "../../proposals/decisions-csv.js";
import { isCsv } from "../../proposals/csv-rows.js";
import { UnreadableInputError, UsageError } from "../../runs/exit-codes.js";
import { expandInputs } from "../../runs/inputs.js";
import { readTextFile } from "../../runs/text-file.js";

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
  const state = await understood(() => parseState(read.lines(), file));
  if (state.source !== source) {
    throw new UsageError(
      `${file} is the state of ${state.source}, not of ${source}: give each source a state of its own (--state), or the profile the name it had`,
    );
  }
  return { entries: state.entries, file: { file, sha256: read.sha256, lines: state.entries.length } };
}

/** What all files of decisions say together. */
export interface DecisionFiles {
  readonly book: DecisionBook;
  /** In the order of the files, which is that of their names, then of their lines. */
  readonly decisions: readonly Decision[];
  readonly files: readonly MemoryFile[];
}

/**
 * The decisions of all files: NDJSON, or changes.csv handed back. Names may be patterns; the order they are given in
 * does not matter (D7): the later decision holds, and of those without a time the one whose file comes later by name.
 *
 * @throws {UnreadableInputError} when a file is missing or has a line that is no decision.
 */
export async function readDecisions(names: readonly string[]): Promise<DecisionFiles> {
  const decisions: Decision[] = [];
  const files: MemoryFile[] = [];
  for (const file of names.length === 0 ? [] : await decisionFiles(names)) {
    const read = await readTextFile(file);
    if (read === undefined) throw new UnreadableInputError(`${file}: no such file`);
    const { sha256 } = read;
    const bytes = read.bytes();
    const made = await understood(() =>
      isCsv(bytes, file) ? decisionsOfCsv(bytes, file, basename(file)) : parseDecisions(read.lines(), file),
    );
    for (const decision of made) decisions.push(decision);
    files.push({ file, sha256, lines: made.length });
  }
  return { book: new DecisionBook(decisions), decisions, files };
}

/**
 * The files that --decisions names, sorted.
 *
 * @throws {UnreadableInputError} for what is missing or matches nothing; {UsageError} for stdin.
 */
async function decisionFiles(names: readonly string[]): Promise<readonly string[]> {
  if (names.includes("-"))
    throw new UsageError("--decisions -: decisions are read from files, not from stdin");
  const { inputs } = await expandInputs(names);
  return inputs.map(({ name }) => name);
}

async function understood<Content>(parse: () => Content | Promise<Content>): Promise<Content> {
  try {
    return await parse();
  } catch (error) {
    if (!(error instanceof MemoryLineError)) throw error;
    throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
  }
}

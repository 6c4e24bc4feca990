/**
 * GitHub Actions: annotations and the job's summary. The runner reads both stdout and stderr for commands, in two
 * spellings: a line that begins `::name …::`, blanks before it or not, and `##[name …]` anywhere in a line. Text of
 * feeds may hold either, so no text goes out as it is.
 */
import { appendFile, stat } from "node:fs/promises";
import { systemCode } from "./exit-codes.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether this is a step of a job (of Gitea and Forgejo as well, which set the same). */
export function inGitHubActions(env: Environment): boolean {
  return env["GITHUB_ACTIONS"] === "true";
}

/** The runner unescapes `%25` last, so one pass is enough and gives every text back. */
const DATA_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["%", "%25"],
  ["\r", "%0D"],
  ["\n", "%0A"],
]);
const PROPERTY_ESCAPES: ReadonlyMap<string, string> = new Map([...DATA_ESCAPES, [":", "%3A"], [",", "%2C"]]);

/**
 * The command that annotates a run: one line, without its line break. GitHub shows the first ten warnings and the first
 * ten errors of a step as annotations, and all of them in its log.
 */
export function annotation(level: "warning" | "error", title: string, message: string): string {
  return `::${level} title=${escaped(title, PROPERTY_ESCAPES)}::${escaped(message, DATA_ESCAPES)}`;
}

function escaped(text: string, escapes: ReadonlyMap<string, string>): string {
  return text.replaceAll(/[%\r\n:,]/g, (character) => escapes.get(character) ?? character);
}

/** Text in which the runner finds no command: a blank parts what would begin one. */
export function withoutCommands(text: string): string {
  // \u0085 is a blank to the runner, and none to a regular expression.
  return text.replaceAll(/^([\s\u0085]*):(?=:)/gm, "$1: ").replaceAll("##[", "## [");
}

/** Text for people, as it may go to a log: in GitHub Actions without commands, anywhere else as it is. */
export function harmlessText(text: string, env: Environment): string {
  return inGitHubActions(env) ? withoutCommands(text) : text;
}

/** A line of JSON in which the runner finds no command: `##[` can only stand in a string, and that stays the same value. */
export function jsonWithoutCommands(line: string): string {
  return line.replaceAll("##[", String.raw`##\u005b`);
}

/** A summary of a step that is larger is thrown away, all of it. */
export const MOST_SUMMARY_BYTES = 1 << 20;

const CUT =
  "\n*Cut off here: a job's summary may be no larger than 1 MiB. The whole text is in the report.*\n";

/**
 * Appends Markdown to the summary of the job, where there is one (GITHUB_STEP_SUMMARY). What does not fit is cut off at
 * the end of a line, and a sentence says so. A summary is never worth failing for: `warn` is told where it could not
 * be written.
 */
export async function appendJobSummary(
  markdown: string,
  env: Environment,
  warn: (message: string) => void,
): Promise<void> {
  const file = env["GITHUB_STEP_SUMMARY"] ?? "";
  if (!inGitHubActions(env) || file === "") return;
  try {
    const before = await sizeOf(file);
    const text = fitted(before === 0 ? markdown : `\n${markdown}`, MOST_SUMMARY_BYTES - before);
    if (text === "") warn(`the job's summary is full (1 MiB); nothing was added to it`);
    else await appendFile(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    warn(`the job's summary cannot be written (GITHUB_STEP_SUMMARY): ${why}`);
  }
}

/** The text, or as many of its lines as fit with the sentence that says so; "" where not even that does. */
function fitted(text: string, mostBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= mostBytes) return text;
  const room = mostBytes - Buffer.byteLength(CUT);
  if (room < 0) return "";
  const kept = bytes.subarray(0, room);
  return kept.subarray(0, kept.lastIndexOf("\n") + 1).toString() + CUT;
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    (error: unknown) => {
      if (systemCode(error) === "ENOENT") return 0;
      throw error;
    },
  );
}

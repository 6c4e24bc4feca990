/** What a run tells its user while it works: stderr only, as text for people or as JSON lines for machines. */
import { annotation, harmlessText, inGitHubActions, jsonWithoutCommands } from "./github-actions.js";
import { concealed, concealing } from "./secret.js";

export const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];
export type LogLevel = "info" | "warn" | "error";

/** What a log writes to: `process.stderr`, or something like it. */
export interface LogStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface LogSettings {
  readonly format: LogFormat;
  /** Only warnings and errors. */
  readonly quiet: boolean;
  readonly stream: LogStream;
  /** The environment, for NO_COLOR and TERM, and for what CI wants to be told. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Facts that belong to a message, for the JSON form; the text form shows the message alone. `source` is the name of
 * the source it is about, where a run has several.
 */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  readonly settings: LogSettings;
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
  /** The line that stays at the bottom of a terminal (progress); undefined takes it away. */
  status(line: string | undefined): void;
}

const COLOURS = { info: "", warn: "\u001B[33m", error: "\u001B[31m" } as const satisfies Record<
  LogLevel,
  string
>;
const PREFIXES = { info: "", warn: "warning: ", error: "error: " } as const satisfies Record<
  LogLevel,
  string
>;
/** Of an annotation; without one the page of the job shows no more than "Error". */
const TITLE = "ocpi2osm";
const ANNOTATIONS = { warn: "warning", error: "error" } as const;
const CLEAR_LINE = "\r\u001B[2K";

/**
 * Makes a log. Text is coloured on a terminal only, and not with NO_COLOR (https://no-color.org) or TERM=dumb. In
 * GitHub Actions warnings and errors of the text form are annotations, and no other text is taken for a command.
 */
export function createLog(settings: LogSettings): Log {
  const { format, quiet, stream, env } = settings;
  const terminal = stream.isTTY === true;
  const coloured = terminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const actions = inGitHubActions(env);
  let bottom = "";

  const say = (level: LogLevel, text: string, facts: LogFacts = {}) => {
    if (quiet && level === "info") return;
    const message = concealed(text);
    if (format === "json") {
      const time = new Date().toISOString();
      const line = JSON.stringify({ time, level, message, ...facts }, concealing);
      stream.write(`${actions ? jsonWithoutCommands(line) : line}\n`);
      return;
    }
    if (actions && level !== "info") {
      const { source } = facts;
      const title = source === undefined ? TITLE : `${TITLE}: ${printable(concealed(String(source)))}`;
      // A command must begin its line.
      stream.write(
        `${bottom === "" ? "" : "\n"}${annotation(ANNOTATIONS[level], title, printable(message))}\n`,
      );
      return;
    }
    const line = harmlessText(PREFIXES[level] + printable(message), env);
    const colour = coloured ? COLOURS[level] : "";
    const shown = colour === "" ? line : `${colour}${line}\u001B[39m`;
    stream.write(`${bottom === "" ? "" : CLEAR_LINE}${shown}\n${bottom}`);
  };
  return {
    settings,
    info: (message, facts) => say("info", message, facts),
    warn: (message, facts) => say("warn", message, facts),
    error: (message, facts) => say("error", message, facts),
    status(line) {
      if (line === undefined && bottom === "") return;
      // A line that wraps could not be cleared again. Some terminals say they have 0 columns.
      bottom =
        line === undefined
          ? ""
          : harmlessText(printable(concealed(line)), env).slice(0, (stream.columns || 80) - 1);
      stream.write(`${CLEAR_LINE}${bottom}`);
    },
  };
}

/** Feeds hold whatever they like, escape sequences included; on a terminal those would act. Line breaks may stay. */
export function printable(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g,
    (character) => (character === "\t" ? " " : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

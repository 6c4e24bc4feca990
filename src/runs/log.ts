/** What a run tells its user while it works: stderr only, as text for people or as JSON lines for machines. */

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
  /** The environment, for NO_COLOR and TERM. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Facts that belong to a message, for the JSON form; the text form shows the message alone. */
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
const CLEAR_LINE = "\r\u001B[2K";

/** Makes a log. Text is coloured on a terminal only, and not with NO_COLOR (https://no-color.org) or TERM=dumb. */
export function createLog(settings: LogSettings): Log {
  const { format, quiet, stream, env } = settings;
  const terminal = stream.isTTY === true;
  const coloured = terminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  let bottom = "";

  const say = (level: LogLevel, message: string, facts: LogFacts = {}) => {
    if (quiet && level === "info") return;
    if (format === "json") {
      stream.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...facts })}\n`);
      return;
    }
    const line = PREFIXES[level] + printable(message);
    const colour = coloured ? COLOURS[level] : "";
    const text = colour === "" ? line : `${colour}${line}\u001B[39m`;
    stream.write(`${bottom === "" ? "" : CLEAR_LINE}${text}\n${bottom}`);
  };
  return {
    settings,
    info: (message, facts) => say("info", message, facts),
    warn: (message, facts) => say("warn", message, facts),
    error: (message, facts) => say("error", message, facts),
    status(line) {
      if (line === undefined && bottom === "") return;
      // A line that wraps could not be cleared again. Some terminals say they have 0 columns.
      bottom = line === undefined ? "" : printable(line).slice(0, (stream.columns || 80) - 1);
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

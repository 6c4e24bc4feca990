/** How far a run has come: one line at the bottom of a terminal, or a line now and then in a log. */
import { counted } from "./counted.js";
import type { Log } from "./log.js";

export const PROGRESS_MODES = ["auto", "always", "never"] as const;
export type ProgressMode = (typeof PROGRESS_MODES)[number];

export interface ProgressState {
  readonly records: number;
  /** Bytes of input read so far, as `totalBytes` counts them. */
  readonly bytes: number;
}

export interface Progress {
  /** Cheap: to be called as often as one likes. */
  update(state: ProgressState): void;
  /** Takes the line away. */
  finish(): void;
}

/** Five redraws a second look alive; more are only work. */
const REDRAW_MS = 200;
/** Where lines stay (a log file), few are better. */
const LINE_MS = 5000;

/**
 * Shows progress on the log's stream. `auto` draws on a terminal, and in a JSON log writes a line every few seconds;
 * `--quiet` silences it. `always` also writes lines to a text log that is no terminal. `never` is never.
 *
 * `totalBytes` is undefined when an input is a pipe. `now` gives milliseconds.
 */
export function createProgress(
  log: Log,
  mode: ProgressMode,
  totalBytes: number | undefined,
  now: () => number = () => performance.now(),
): Progress {
  const { format, quiet, stream } = log.settings;
  const draws = format === "text" && stream.isTTY === true;
  const silent = mode === "never" || quiet || (mode === "auto" && format === "text" && !draws);
  if (silent) return { update: () => undefined, finish: () => undefined };

  const started = now();
  let shown = started;
  return {
    update(state) {
      const at = now();
      if (at - shown < (draws ? REDRAW_MS : LINE_MS)) return;
      shown = at;
      const seconds = (at - started) / 1000;
      const line = progressLine(state, totalBytes, seconds);
      if (draws) log.status(line);
      else
        log.info(line, {
          event: "progress",
          ...state,
          total_bytes: totalBytes,
          seconds: Math.round(seconds),
        });
    },
    finish: () => log.status(undefined),
  };
}

/** `12,345 records  118.2 of 241.8 MB (48 %)  85.1 MB/s  1 s left`. MB are 10^6 bytes. */
export function progressLine(state: ProgressState, totalBytes: number | undefined, seconds: number): string {
  const rate = seconds > 0 ? state.bytes / seconds : 0;
  const parts = [counted(state.records, "record")];
  if (totalBytes === undefined) parts.push(`${megabytes(state.bytes)} MB`);
  else {
    const share = totalBytes === 0 ? 100 : Math.min(100, Math.floor((100 * state.bytes) / totalBytes));
    parts.push(`${megabytes(state.bytes)} of ${megabytes(totalBytes)} MB (${share} %)`);
  }
  parts.push(`${megabytes(rate)} MB/s`);
  if (totalBytes !== undefined && rate > 0) parts.push(`${duration((totalBytes - state.bytes) / rate)} left`);
  return parts.join("  ");
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

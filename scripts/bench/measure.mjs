// @ts-check
/** Runs one command as its own process and measures it from outside. */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { performance } from "node:perf_hooks";

const GNU_TIME = "/usr/bin/time";
const hasGnuTime = spawnSync(GNU_TIME, ["-f", "%M", "true"]).status === 0;
const PEAK_MEMORY_HOOK = new URL("peak-memory.mjs", import.meta.url).href;

/**
 * @typedef {object} Command
 * @property {string} program
 * @property {readonly string[]} args
 * @property {string | undefined} [stdoutFile] where standard output goes; thrown away otherwise
 *
 * @typedef {object} Measurement
 * @property {number} seconds wall time, process start included
 * @property {number | undefined} peakBytes peak resident memory; undefined where it cannot be had
 * @property {string | undefined} failure what went wrong, in the program's own last words
 */

/**
 * @param {Command} command
 * @param {string} scratch a file name free for use
 * @returns {Promise<Measurement>}
 */
export async function measure({ program, args, stdoutFile }, scratch) {
  rmSync(scratch, { force: true });
  const hooked = !hasGnuTime && program === process.execPath;
  const [file, ...rest] = hasGnuTime
    ? [GNU_TIME, "-f", "%M", "-o", scratch, program, ...args]
    : [program, ...(hooked ? ["--import", PEAK_MEMORY_HOOK] : []), ...args];
  const stdout = stdoutFile === undefined ? "ignore" : openSync(stdoutFile, "w");
  const started = performance.now();
  const child = spawn(file, rest, {
    stdio: ["ignore", stdout, "pipe"],
    env: hooked ? { ...process.env, PEAK_MEMORY_FILE: scratch } : process.env,
  });
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    words = (words + text).slice(-2000);
  });
  /** @type {string | undefined} */
  const ending = await new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code === 0 ? undefined : `exit ${signal ?? code}`));
  });
  const seconds = (performance.now() - started) / 1000;
  if (typeof stdout === "number") closeSync(stdout);
  return {
    seconds,
    peakBytes: hasGnuTime || hooked ? peakBytes(scratch) : undefined,
    failure: ending === undefined ? undefined : `${ending}: ${lastWords(words)}`,
  };
}

/** The line that says what went wrong, where there is one. @param {string} words */
function lastWords(words) {
  const lines = words.trim().split("\n");
  return lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? "";
}

/** GNU time puts a line about the exit code before the figure when a command fails. @param {string} file */
function peakBytes(file) {
  if (!existsSync(file)) return undefined;
  const kibibytes = Number(readFileSync(file, "utf8").trim().split("\n").at(-1));
  rmSync(file, { force: true });
  return Number.isFinite(kibibytes) ? kibibytes * 1024 : undefined;
}

/** Whether a program can be started at all. @param {string} program */
export function isPresent(program) {
  return spawnSync(program, ["--version"]).status === 0;
}

/** A program of the user's that is run when something is done: no shell, the report on its stdin, and not for ever. */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as later } from "node:timers/promises";
import { systemCode } from "./exit-codes.js";
import { onEarlyEnd } from "./interruption.js";
import type { HookReport } from "./run-report.js";

export interface Hook {
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly when: HookReport["when"];
  /** Milliseconds; then it is stopped, with all it started. */
  readonly timeout: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: string;
}

/** Of what it says, so much is passed on: a hook that talks without end must not fill the log. */
const MOST_LINES = 200;
const LONGEST_LINE = 2000;
/** Milliseconds between asking it to stop and making it stop, and for the rest of what it says. */
const GRACE = 2000;

/** Runs it to its end; never throws. `say` gets each line of its stdout and stderr. */
export async function runHook(hook: Hook, say: (line: string) => void): Promise<HookReport> {
  const [program = "", ...args] = hook.command;
  const began = performance.now();
  const about = (facts: Partial<HookReport>): HookReport => ({
    command: program,
    when: hook.when,
    ...facts,
    seconds: Math.round(performance.now() - began) / 1000,
  });
  const child = startedHook(program, args, hook.env);
  if (child instanceof Error) return about({ message: cannotStart(program, child) });
  const ended = new Promise<HookReport>((done) => {
    child.on("error", (error) => done(about({ message: cannotStart(program, error) })));
    child.on("exit", (code, signal) => {
      if (code === 0) done(about({ exit_code: 0 }));
      else if (code !== null)
        done(about({ exit_code: code, message: `${program} ended with exit code ${code}` }));
      else done(about({ message: `${program} was ended by ${signal}` }));
    });
  });
  // It need not read what it is given.
  child.stdin.on("error", () => undefined);
  child.stdin.end(hook.stdin);
  let lines = 0;
  const pass = (line: string): boolean => {
    lines += 1;
    if (lines <= MOST_LINES) say(line);
    else if (lines === MOST_LINES + 1) say("… (it says more, which is left out)");
    return lines <= MOST_LINES;
  };
  const said = Promise.all([passLines(child.stdout, pass), passLines(child.stderr, pass)]);
  const stop = async (): Promise<void> => {
    signalGroup(child.pid, "SIGTERM");
    await Promise.race([ended, later(GRACE)]);
    signalGroup(child.pid, "SIGKILL");
  };
  const offEarlyEnd = onEarlyEnd(stop);
  const timer = new AbortController();
  const timedOut = later(hook.timeout, "timeout" as const, { signal: timer.signal }).catch(() => ended);
  try {
    const first = await Promise.race([ended, timedOut]);
    if (first !== "timeout") return first;
    await stop();
    return about({ message: `${program} was stopped, as it took longer than ${hook.timeout / 1000} s` });
  } finally {
    timer.abort();
    offEarlyEnd();
    // What it left behind in the background may keep these open for ever.
    await Promise.race([said, later(GRACE)]);
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
  }
}

/** In a group of its own, so that what it started can be stopped with it. Not all that goes wrong comes as an event. */
function startedHook(program: string, args: readonly string[], env: Hook["env"]) {
  try {
    return spawn(program, args, { env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Passes on each line, cut where it is too long. Whatever comes, it takes no memory and hardly any time. */
async function passLines(stream: Readable, pass: (line: string) => boolean): Promise<void> {
  let line = "";
  let isWanted = true;
  stream.setEncoding("utf8");
  stream.on("error", () => undefined);
  stream.on("data", (text: string) => {
    const [first = "", ...others] = isWanted ? text.split("\n") : [];
    line = `${line}${first}`.slice(0, LONGEST_LINE);
    for (const next of others) {
      isWanted &&= pass(line.replace(/\r$/, ""));
      line = next.slice(0, LONGEST_LINE);
    }
  });
  await new Promise((done) => stream.on("close", done));
  if (isWanted && line !== "") pass(line);
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it has ended.
  }
}

function cannotStart(program: string, error: Error): string {
  const code = systemCode(error);
  if (code === "ENOENT") return `${program} cannot be started: there is no such program`;
  if (code === "EACCES") return `${program} cannot be started: it is not executable`;
  return `${program} cannot be started: ${error.message}`;
}

/**
 * A command of this program as a process of its own, so that running out of memory or a crash ends it alone. What it
 * logs is passed on. It gets no secret: neither in its arguments nor in its environment.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as later } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Log } from "../../runs/log.js";

export interface ChildEnd {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** The last error it told. */
  readonly error: string | undefined;
}

export interface RunningChild {
  readonly ended: Promise<ChildEnd>;
  /** Has it end in order, or else at once; resolves when it has. */
  stop(): Promise<void>;
}

const GRACE = 10_000;
const LINE_LIMIT = 8000;

const lineSchema = z.looseObject({ level: z.enum(["info", "warn", "error"]), message: z.string() });
const factSchema = z.union([z.string(), z.number(), z.boolean()]);

/** Starts `ocpi2osm ARGUMENTS…`. */
export function startChild(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  log: Log,
): RunningChild {
  const tie = new URL("./run-child-tie.js", import.meta.url).href;
  const child = fork(
    fileURLToPath(new URL("../../cli.js", import.meta.url)),
    [...args, "--log-format", "json", "--progress", "never"],
    {
      // What CI is told is told by the run, once.
      env: { ...env, GITHUB_ACTIONS: undefined, GITHUB_STEP_SUMMARY: undefined },
      execArgv: [...process.execArgv, "--import", tie],
      // A group of its own: Ctrl-C is for `run`, which then stops it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  let error: string | undefined;
  const told = [child.stdout, child.stderr].map(async (stream) => {
    if (stream === null) return;
    const lines = createInterface({ input: stream, crlfDelay: Infinity });
    lines.on("line", (line) => {
      error = passOn(line.slice(0, LINE_LIMIT), log) ?? error;
    });
    await new Promise((done) => lines.on("close", done));
  });
  const exited = exitOf(child);
  const ended = exited.then(async ({ code, signal }) => {
    await Promise.all(told);
    return { code, signal, error };
  });
  return {
    ended,
    async stop() {
      child.kill("SIGTERM");
      const timer = new AbortController();
      const late = later(GRACE, "late" as const, { signal: timer.signal }).catch(() => undefined);
      if ((await Promise.race([exited, late])) === "late") child.kill("SIGKILL");
      await exited;
      timer.abort();
    },
  };
}

function exitOf(child: ChildProcess): Promise<Pick<ChildEnd, "code" | "signal">> {
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code, signal) => done({ code: code ?? undefined, signal: signal ?? undefined }));
  });
}

/** Logs what the child has logged, at its level. Returns the message of an error. What is no line of its log is Node's. */
function passOn(line: string, log: Log): string | undefined {
  const parsed = lineSchema.safeParse(valueOf(line));
  if (!parsed.success) {
    if (line.trim() !== "") log.warn(line);
    return undefined;
  }
  const { level, message, time: _time, ...others } = parsed.data;
  const facts = Object.entries(others).flatMap(([name, value]) => {
    const fact = factSchema.safeParse(value);
    return fact.success ? [[name, fact.data] as const] : [];
  });
  // Why it failed is told once, by the run, with what comes of it.
  if (level === "error") return message;
  log[level](message, Object.fromEntries(facts));
  return undefined;
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

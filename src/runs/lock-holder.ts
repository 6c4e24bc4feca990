/**
 * Who holds a lock, as its file tells: enough to say whether the holder still runs. Never by the clock, which may be set,
 * and never by a process number alone, which is given out again.
 */
import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { promisify } from "node:util";
import { z } from "zod";

const holderSchema = z.object({
  pid: z.int(),
  /** When the process began, in the system's own count since it started; where that can be told. */
  started: z.string().optional(),
  /** Names the numbering that `pid` belongs to: this start of this machine, and of this container. */
  numbering: z.string(),
  host: z.string(),
  /** For people only. */
  since: z.string(),
  /** Changes as long as the holder is at work. */
  beat: z.int(),
  released: z.boolean(),
});

/** What the file of a lock says. */
export type Holder = z.infer<typeof holderSchema>;

/** Rewriting as many bytes at the same place never leaves a mixture of two texts. */
const FILE_BYTES = 512;

/** The text of a lock's file: always of the same length. */
export function holderText(holder: Holder): string {
  const text = JSON.stringify(holder);
  const missing = FILE_BYTES - 1 - Buffer.byteLength(text);
  return `${text}${" ".repeat(Math.max(0, missing))}\n`;
}

/** What a lock's file says; undefined where it is not whole (a power cut, a disk that was full). */
export function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** This process as a holder. */
export async function thisHolder(): Promise<Holder> {
  return {
    pid: process.pid,
    started: (await processOf(process.pid))?.started,
    numbering: await numbering(),
    host: hostname().slice(0, 100),
    since: new Date().toISOString(),
    beat: 0,
    released: false,
  };
}

/**
 * Whether a holder still runs: `here` (on this machine, it does), `gone`, or `elsewhere`: on another machine or in
 * another container, or before this machine was started, so that nothing can be told from here.
 */
export async function whereabouts(holder: Holder): Promise<"here" | "gone" | "elsewhere"> {
  if (holder.released) return "gone";
  const ours = await numbering();
  if (holder.numbering !== ours) return "elsewhere";
  if (!isRunning(holder.pid)) return "gone";
  const now = await processOf(holder.pid);
  if (now === undefined) return "here";
  // One that was killed and whose parent has not asked for its end yet does nothing any more.
  if (now.state === "Z" || now.state === "X") return "gone";
  return holder.started === undefined || now.started === holder.started ? "here" : "gone";
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, but one that runs.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** State and start of a process, of /proc; counted from the last `)`, as the name before it may hold anything. */
async function processOf(pid: number): Promise<{ state: string; started: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const values = text?.slice(text.lastIndexOf(")") + 2).split(" ") ?? [];
  const [state] = values;
  const started = values[19];
  return state === undefined || started === undefined ? undefined : { state, started };
}

let known: Promise<string> | undefined;

/** `boot-id pid:[namespace]` on Linux; elsewhere what the system offers, at least the name of the machine. */
function numbering(): Promise<string> {
  known ??= (async () => {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => undefined);
    if (boot !== undefined) return `${boot.trim()} ${await readlink("/proc/self/ns/pid").catch(() => "")}`;
    const session = await promisify(execFile)("sysctl", ["-n", "kern.bootsessionuuid"]).catch(
      () => undefined,
    );
    return session === undefined ? `host ${hostname()}` : `${session.stdout.trim()} `;
  })();
  return known;
}

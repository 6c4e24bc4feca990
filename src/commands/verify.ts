/** `ocpi2osm verify DIR`: replays a diff from its own report and compares every byte (D7). */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { DiffReport } from "../runs/diff-report.js";
import { RunError, systemCode, UnreadableInputError, UsageError } from "../runs/exit-codes.js";
import { onEarlyEnd } from "../runs/interruption.js";
import { createLog, type Log } from "../runs/log.js";
import { PROGRESS_MODES, type ProgressMode } from "../runs/progress.js";
import { summaryMarkdown } from "../runs/summary-markdown.js";
import { TOOL } from "../version.js";
import { diff } from "./diff.js";
import { REPORT, STATE_BEFORE, SUMMARY } from "./comparison/diff-files.js";
import { readDiffFolder } from "./comparison/diff-report-file.js";
import type { DiffSettings } from "./comparison/diff-settings.js";

const verifyArguments = z.object({ workers: z.number().optional(), progress: z.enum(PROGRESS_MODES) });

/** @throws {UsageError} when the folder holds no diff; otherwise as `verify`. */
export async function verifyFromArguments(folder: string, options: unknown, log: Log): Promise<void> {
  const { workers, progress } = verifyArguments.parse(options);
  const files = await verify(folder, { workers, progress }, log);
  log.info(`${folder}: all ${files} files are what the same run writes again, byte for byte`);
}

/**
 * Runs the diff again, into a temporary folder and with the state it started from, and compares. Returns how many
 * files there were.
 *
 * @throws {UsageError} when the folder holds no diff or the run read stdin, {UnreadableInputError} when an input has
 * changed since, {RunError} naming every file that differs.
 */
export async function verify(
  folder: string,
  { workers, progress }: { readonly workers: number | undefined; readonly progress: ProgressMode },
  log: Log,
): Promise<number> {
  const { report: then, settings } = await readDiffFolder(folder);
  refuseStdin(settings, folder);
  if (then.tool.version !== TOOL.version)
    log.warn(
      `written by version ${then.tool.version}, replayed by ${TOOL.version}: differences may be intended`,
    );
  const scratch = await mkdtemp(join(tmpdir(), "ocpi2osm-verify-"));
  const remove = (): Promise<void> => rm(scratch, { recursive: true, force: true });
  const offEarlyEnd = onEarlyEnd(remove);
  try {
    await diff(
      {
        settings,
        output: scratch,
        workers,
        exitCode: false,
        progress,
        replayed: { stateFile: then.state === undefined ? undefined : join(folder, STATE_BEFORE) },
      },
      createLog({ ...log.settings, quiet: true }),
    );
    const { report: now } = await readDiffFolder(scratch);
    refuseChangedInputs(then, now, folder);
    const differing = await differences(then, now, folder);
    if (differing.length > 0)
      throw new RunError(`${folder} is not what the same run writes:\n${differing.join("\n")}`);
    return then.outputs.length + 2;
  } finally {
    offEarlyEnd();
    await remove();
  }
}

function refuseStdin({ inputs, osm }: DiffSettings, folder: string): void {
  if (inputs.includes("-") || osm.includes("-"))
    throw new UsageError(
      `${folder} was made from stdin, which cannot be read again; keep the feed in a file`,
    );
}

function refuseChangedInputs(then: DiffReport, now: DiffReport, folder: string): void {
  const before = new Map(inputsOf(then));
  const after = new Map(inputsOf(now));
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .sort();
  if (changed.length === 0) return;
  throw new UnreadableInputError(
    `${changed.join(", ")}: not what ${folder} was made from, as it has changed since; so nothing can be said of these results. ` +
      "Bring back what was there then, or verify newer results: a night of `run` keeps its feeds and its state, but not its extract",
  );
}

function inputsOf({ inputs, osm, state, decisions }: DiffReport): Array<[string, string]> {
  return [
    ...[...inputs, ...osm].map(({ name, sha256 }): [string, string] => [name, sha256]),
    ...(decisions ?? []).map(({ file, sha256 }): [string, string] => [file, sha256]),
    ...(state === undefined
      ? []
      : [["the state it started from", String(state.entries)] satisfies [string, string]]),
  ];
}

async function differences(then: DiffReport, now: DiffReport, folder: string): Promise<string[]> {
  const replayed = new Map(now.outputs.map(({ file, sha256 }) => [file, sha256]));
  const differing: string[] = [];
  for (const { file, sha256 } of then.outputs) {
    const present = await sha256Of(join(folder, file));
    if (present === undefined) differing.push(`  ${file}: missing`);
    else if (present !== sha256) differing.push(`  ${file}: edited since it was written`);
    else if (replayed.get(file) !== sha256) differing.push(`  ${file}: the replay gives another content`);
    replayed.delete(file);
  }
  for (const file of replayed.keys()) differing.push(`  ${file}: only the replay writes it`);
  const summary = await readFile(join(folder, SUMMARY), "utf8").catch(() => undefined);
  if (summary !== summaryMarkdown(then)) differing.push(`  ${SUMMARY}: edited since it was written`);
  if (JSON.stringify(withoutRun(then)) !== JSON.stringify(withoutRun(now)))
    differing.push(`  ${REPORT}: differs in more than its run block`);
  return differing;
}

/** What must be the same: where the state was read from is told by its entries. */
function withoutRun({ state, ...report }: DiffReport): unknown {
  return { ...report, run: undefined, tool: undefined, state: state?.entries };
}

async function sha256Of(file: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file)) if (chunk instanceof Uint8Array) hash.update(chunk);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
  return hash.digest("hex");
}

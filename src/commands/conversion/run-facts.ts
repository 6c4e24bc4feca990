/** What a run says of itself and its inputs, in its outputs, its report and its log. */
import type { OutputAbout } from "../../proposals/output-form.js";
import { counted } from "../../runs/counted.js";
import type { Input } from "../../runs/inputs.js";
import type { Log } from "../../runs/log.js";
import { type Profile, isLicensed } from "../../runs/profile.js";
import type { Report } from "../../runs/report.js";
import { defaultWorkers } from "../../runs/worker-pool.js";
import { foldedKey } from "../../sources/proto-json.js";
import { GENERATOR } from "../../version.js";
import { shortened } from "./bounded-tally.js";
import type { InputRun } from "./source-run.js";

/** JSON feeds compress about tenfold; by its name alone a file is only guessed to be compressed, which is enough here. */
const TYPICAL_COMPRESSION = 10;
const MOST_ERROR_ANSWERS_SHOWN = 3;

/** Keys of an envelope, folded: v2's for an answer that goes on, v3's (and what its prose calls it) for ids not found. */
const MORE_TO_COME = "hasmore";
const NOT_FOUND: readonly string[] = ["missingitems", "missing"];
const MOST_IDS_SHOWN = 3;

/** Bytes of all inputs as they stand; undefined when one is a pipe. */
export function totalSize(inputs: readonly Input[]): number | undefined {
  let total = 0;
  for (const { size } of inputs) {
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/** Threads that suit these inputs, unless so many are asked for. */
export function workersFor(inputs: readonly Input[], wanted: number | undefined): number {
  if (wanted !== undefined) return wanted;
  if (totalSize(inputs) === undefined) return defaultWorkers(undefined);
  const sizes = inputs.map(({ name, size = 0 }) =>
    /\.(?:gz|zst)$/i.test(name) ? size * TYPICAL_COMPRESSION : size,
  );
  return defaultWorkers(sizes.reduce((sum, size) => sum + size, 0));
}

/** What outputs say of the source: its licence and the changeset's tags. `asOf`: date of the data. */
export function aboutOutput(profile: Profile, asOf: string | undefined): OutputAbout {
  const source = profile.changeset.source ?? profile.name;
  return {
    generator: GENERATOR,
    source: profile.name,
    asOf,
    licensed: isLicensed(profile),
    changeset: {
      comment: profile.changeset.comment ?? `Charging stations from ${profile.name}`,
      source: asOf === undefined ? source : `${source}, ${asOf}`,
    },
    licence: profile.licence,
  };
}

/** Each is a rejected record as well, but what the service said stands nowhere else. */
export function warnOfErrorAnswers(runs: readonly InputRun[], log: Log): void {
  const answers = runs.filter(({ format }) => format.errorAnswer !== undefined);
  for (const { input, format } of answers.slice(0, MOST_ERROR_ANSWERS_SHOWN))
    log.warn(`${input.name}: ${format.description}; it counts as one rejected record`);
  const more = answers.length - MOST_ERROR_ANSWERS_SHOWN;
  if (more > 0)
    log.warn(`${counted(more, "more input is an error answer", "more inputs are error answers")}`);
}

/**
 * Answers that say themselves that they are not all there is: what they lack would otherwise pass for gone. Of pages
 * read together only the last one says that no more come, so one such answer speaks for all. Tiles have no pages.
 */
export function warnOfIncompleteAnswers(runs: readonly InputRun[], log: Log): void {
  const unfinished: string[] = [];
  const missing = new Set<string>();
  let isLastThere = false;
  for (const { input, format, facts } of runs) {
    if (facts === undefined || format.source.startsWith("hmc-")) continue;
    for (const [key, values] of facts.members) {
      const name = foldedKey(key);
      if (name === MORE_TO_COME) {
        const flags = values.map((value) => String(value).trim().toLowerCase());
        if (flags.includes("false")) isLastThere = true;
        else if (flags.includes("true")) unfinished.push(input.name);
      }
      if (NOT_FOUND.includes(name)) for (const id of values.filter(isId)) missing.add(String(id));
    }
  }
  const [first] = unfinished;
  if (first !== undefined && !isLastThere) {
    const others = unfinished.length > 1 ? ` (and ${unfinished.length - 1} more)` : "";
    log.warn(
      `${first}${others}: the answer says that more stations follow (hasMore), and no answer is the last one. ` +
        "Fetch the next page, until hasMore is false, and give all pages together",
    );
  }
  if (missing.size > 0) {
    const shown = [...missing].slice(0, MOST_IDS_SHOWN).map(shortened).join(", ");
    const more = missing.size > MOST_IDS_SHOWN ? ", …" : "";
    log.warn(
      `${counted(missing.size, "id")} asked for and not in the answer (missingItems): ${shown}${more}. ` +
        "Ask for these ids again before you take what is missing for gone",
    );
  }
}

function isId(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}

/** An input's row in the report's manifest (D7); it must have been read with fingerprints. */
export function aboutInput({ input, format, records, fingerprint }: InputRun): Report["inputs"][number] {
  const { sha256 = "", bytes = 0 } = fingerprint ?? {};
  return { name: input.name, format: format.description, sha256, bytes, records };
}

/** The report's `run` block, the only one with a clock. */
export function aboutRun(started: Date, workers: number): Report["run"] {
  const finished = new Date();
  return {
    started: started.toISOString(),
    finished: finished.toISOString(),
    // A clock may be set back meanwhile.
    seconds: Math.max(0, finished.getTime() - started.getTime()) / 1000,
    workers,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}

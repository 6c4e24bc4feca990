/** What a run says of itself and its inputs, in its outputs, its report and its log. */
import type { OutputAbout } from "../proposals/output-form.js";
import type { Input } from "../runs/inputs.js";
import type { Log } from "../runs/log.js";
import { type Profile, isLicensed } from "../runs/profile.js";
import type { Report } from "../runs/report.js";
import { defaultWorkers } from "../runs/worker-pool.js";
import { GENERATOR } from "../version.js";
import type { InputRun } from "./source-run.js";

/** JSON feeds compress about tenfold; by its name alone a file is only guessed to be compressed, which is enough here. */
const TYPICAL_COMPRESSION = 10;
const MOST_ERROR_ANSWERS_SHOWN = 3;

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
  if (more > 0) log.warn(`${more} more inputs are error answers`);
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
    seconds: (finished.getTime() - started.getTime()) / 1000,
    workers,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  };
}

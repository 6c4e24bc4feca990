/** What a run says of itself, its source and its inputs, in its outputs and its report. */
import type { OutputAbout } from "../../proposals/output-form.js";
import { type Profile, isLicensed } from "../../runs/profile.js";
import type { Report } from "../../runs/report.js";
import { GENERATOR } from "../../version.js";
import type { InputRun } from "./source-run.js";

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

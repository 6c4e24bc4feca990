/** Reports of runs, made up. */
import type { RunReport, SourceRunReport } from "./run-report.js";

const NO_PROPOSALS = { create: 0, modify: 0, relink: 0, review: 0, conflict: 0, close: 0 };

export interface SourceNumbers {
  readonly emitted?: number;
  readonly rejected?: Readonly<Record<string, number>>;
  readonly skipped?: Readonly<Record<string, number>>;
  readonly proposals?: Partial<typeof NO_PROPOSALS>;
  readonly reasons?: Readonly<Record<string, number>>;
}

/** A source that was published with these numbers. */
export function publishedSource(
  name: string,
  { emitted = 1000, rejected = {}, skipped = {}, proposals = {}, reasons = {} }: SourceNumbers = {},
): SourceRunReport {
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((a, b) => a + b, 0);
  return {
    name,
    outcome: "published",
    exit_code: 0,
    folder: `out/${name}/latest`,
    licensed: true,
    counts: {
      records: {
        read: emitted + total(rejected) + total(skipped),
        emitted,
        skipped: { ...skipped },
        rejected: { ...rejected },
      },
      locations: { matched: emitted, review: 0, new: 0, closed: 0, skipped: 0 },
      proposals: { ...NO_PROPOSALS, ...proposals },
      reasons: { ...reasons },
    },
    thresholds: [],
    hooks: [],
    seconds: 12.5,
  };
}

/** A source that failed before anything was read. */
export function failedSource(name: string, message: string, exit_code = 3): SourceRunReport {
  return { name, outcome: "failed", exit_code, message, thresholds: [], hooks: [], seconds: 1.5 };
}

/** The run of a night; `night` is a date such as 2026-03-01. */
export function runReport(
  night: string,
  sources: readonly SourceRunReport[],
  others: Partial<RunReport> = {},
): RunReport {
  return {
    run_report: 1,
    tool: { name: "ocpi2osm", version: "0.1.0" },
    config: "nightly.jsonc",
    run: `${night}T020000Z`,
    dry_run: false,
    started: `${night}T02:00:00.000Z`,
    finished: `${night}T02:03:20.500Z`,
    seconds: 200.5,
    exit_code: sources.every(({ exit_code }) => exit_code === 0) ? 0 : 3,
    sources: [...sources],
    hooks: [],
    ...others,
  };
}

/**
 * One line of `history.ndjson`: what a run came to, short enough to be kept for years. `history` is its version; members
 * are added, never changed, and what a reader does not know it leaves alone.
 */
import { z } from "zod";
import { OUTCOMES, type SourceRunReport } from "./run-report.js";

const count = z.int().nonnegative();
const byName = z.record(z.string(), count);
const seconds = z.number().nonnegative();

const historySourceSchema = z.object({
  name: z.string(),
  /** Whatever a later version may call it: only `published` matters to a trend. */
  outcome: z.union([z.enum(OUTCOMES), z.string()]),
  /** Absent where the source failed before they were known. */
  counts: z
    .object({
      read: count,
      emitted: count,
      /** By reason. */
      skipped: byName,
      /** By reason. */
      rejected: byName,
      /** By change. */
      proposals: byName,
      /** Tags of proposals, by reason. */
      reasons: byName,
    })
    .optional(),
  seconds,
});

export const HISTORY_VERSION = 1;

export const historyEntrySchema = z.object({
  history: z.int().positive(),
  run: z.string(),
  started: z.iso.datetime(),
  finished: z.iso.datetime(),
  dry_run: z.boolean(),
  exit_code: z.int(),
  seconds,
  sources: z.array(historySourceSchema),
});

export type HistoryEntry = z.infer<typeof historyEntrySchema>;
export type HistorySource = z.infer<typeof historySourceSchema>;
export type HistoryCounts = NonNullable<HistorySource["counts"]>;

/** Earlier runs. */
export interface History {
  /** In the order of the file, the oldest first. */
  readonly runs: readonly HistoryEntry[];
  /** Lines that could not be read. */
  readonly unread: readonly UnreadLine[];
}

/** A line that is torn or damaged, or of a later version with another shape. */
export interface UnreadLine {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
  /** A later version can read it: it stays in the file. What nobody can read does not. */
  readonly later: boolean;
}

/** What a source came to, as history keeps it. */
export function historySource({ name, outcome, counts, seconds }: SourceRunReport): HistorySource {
  if (counts === undefined) return { name, outcome, seconds };
  const { records, proposals, reasons } = counts;
  return { name, outcome, counts: { ...records, proposals, reasons }, seconds };
}

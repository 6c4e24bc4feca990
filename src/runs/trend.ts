/** How a run compares with those before it, source by source. */
import { total } from "./counted.js";
import { type History, type HistoryCounts, type HistorySource, historySource } from "./history-entry.js";
import type { RunReport } from "./run-report.js";
import { MEASURES, type Measure, NEW_REASON, OF_THE_FEED, TREND_RULES } from "./trend-rules.js";

/** One number of a source, now and before. */
export interface TrendChange {
  readonly of: Measure;
  /** Which reason, of the measures that are followed by reason. */
  readonly reason?: string;
  readonly now: number;
  /** In the previous published run. */
  readonly previous: number;
  /** Of the last published runs, at most seven. */
  readonly median: number;
  /** now − previous. */
  readonly difference: number;
  /** difference / previous; absent where there was nothing before. */
  readonly share?: number;
  /** Why a person should look (`trend-rules.ts`); absent: no need to. */
  readonly notable?: string;
}

export interface SourceTrend {
  readonly name: string;
  /** The run compared with: the last one that published this source. Absent: there is none, and so there is no trend. */
  readonly since?: string;
  /** How many runs in a row before this one did not publish it. */
  readonly missed: number;
  /** How many runs the median is of. */
  readonly runs: number;
  /**
   * Emitted, rejected, proposals; then what is by reason, where either run has any. Empty without a trend. Of a source
   * that was refused there are no proposals to compare: it was not compared with OSM.
   */
  readonly changes: readonly TrendChange[];
}

/** In the order of the report's sources. */
export interface Trend {
  readonly sources: readonly SourceTrend[];
}

const MEDIAN_OF = 7;

/** Compares a run with those before it; the run's own line, should the history hold it already, is left out. */
export function trendOf(report: RunReport, history: History): Trend {
  const earlier = history.runs.filter(({ run, dry_run }) => run !== report.run && !dry_run);
  return {
    sources: report.sources.map((source) => {
      const past = earlier.flatMap(({ run, sources }) =>
        sources.filter(({ name }) => name === source.name).map((of) => ({ run, of })),
      );
      return sourceTrend(historySource(source), past);
    }),
  };
}

interface PastRun {
  readonly run: string;
  readonly of: HistorySource;
}

function sourceTrend({ name, outcome, counts }: HistorySource, past: readonly PastRun[]): SourceTrend {
  const published = past.flatMap(({ run, of }) =>
    of.outcome === "published" && of.counts !== undefined ? [{ run, counts: of.counts }] : [],
  );
  const last = published.at(-1);
  const missed = past.length - 1 - past.findLastIndex(({ of }) => of.outcome === "published");
  const about = { name, ...(last !== undefined && { since: last.run }), missed };
  if (counts === undefined || last === undefined) return { ...about, runs: 0, changes: [] };
  const recent = published.slice(-MEDIAN_OF).map((run) => measured(run.counts));
  const all = past.flatMap(({ of }) => (of.counts === undefined ? [] : [measured(of.counts)]));
  const now = measured(counts);
  const before = measured(last.counts);
  const changes = (outcome === "refused" ? OF_THE_FEED : MEASURES).flatMap((of) => {
    const reasons = new Set([...now[of].keys(), ...before[of].keys()]);
    const ofMeasure = [...reasons].map((reason) => {
      const count = (run: Measured) => run[of].get(reason) ?? 0;
      const seen = all.some((run) => run[of].has(reason));
      const compared = {
        now: count(now),
        previous: count(before),
        median: median(recent.map(count)),
      };
      return change(of, reason, compared, seen);
    });
    return ofMeasure.sort(commonestFirst);
  });
  return { ...about, runs: recent.length, changes };
}

/** By measure and reason; what is not followed by reason has "" for it. Reasons that did not come are left out. */
type Measured = Readonly<Record<Measure, ReadonlyMap<string, number>>>;

function measured({ emitted, rejected, proposals, reasons }: HistoryCounts): Measured {
  return {
    emitted: new Map([["", emitted]]),
    rejected: new Map([["", total(rejected)]]),
    proposals: new Map([["", total(proposals)]]),
    rejected_reason: came(rejected),
    tag_reason: came(reasons),
  };
}

/** Those that came at all. */
function came(counts: Readonly<Record<string, number>>): Map<string, number> {
  return new Map(Object.entries(counts).filter(([, count]) => count > 0));
}

type Counts = Pick<TrendChange, "now" | "previous" | "median">;

function change(of: Measure, reason: string, counts: Counts, seen: boolean): TrendChange {
  const difference = counts.now - counts.previous;
  const notable = seen ? whyNotable(of, counts) : NEW_REASON;
  return {
    of,
    ...(reason !== "" && { reason }),
    ...counts,
    difference,
    ...(counts.previous > 0 && { share: difference / counts.previous }),
    ...(notable !== undefined && { notable }),
  };
}

function whyNotable(of: Measure, { now, previous, median }: Counts): string | undefined {
  const rules = TREND_RULES.filter((rule) => rule.of === of);
  const since = rules.find(({ holds }) => holds({ now, before: previous }));
  if (since !== undefined) return `${since.meaning} in the run before`;
  const lately = rules.find(({ holds }) => holds({ now, before: median }));
  return lately === undefined ? undefined : `${lately.meaning} in most of the last runs`;
}

/** Equal ones by name, so that the same runs give the same page. */
function commonestFirst(a: TrendChange, b: TrendChange): number {
  return b.now - a.now || ((a.reason ?? "") < (b.reason ?? "") ? -1 : 1);
}

/** Of two in the middle, what lies between them. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * A run as metrics for Prometheus, by node_exporter's textfile collector. The text is valid both as Prometheus's own
 * format and as OpenMetrics: gauges only, so that neither adds to a name. Every series has the config as a label: the
 * collector keeps only one of two series that are called the same, and a machine may have two configs.
 */
import type { History } from "./history-entry.js";
import { printable } from "./log.js";
import type { RunReport, SourceRunReport } from "./run-report.js";
import { concealed } from "./secret.js";
import { thresholdUse } from "./threshold-use.js";

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: (report: RunReport, earlier: History) => readonly Sample[];
}

/** By name, which is the order they are written in. */
const METRICS: readonly Metric[] = [
  {
    name: "ocpi2osm_run_duration_seconds",
    help: "How long the last run took.",
    samples: ({ seconds }) => [{ value: seconds }],
  },
  {
    name: "ocpi2osm_run_success",
    help: "Whether the last run ended with exit code 0.",
    samples: ({ exit_code }) => [{ value: flag(exit_code === 0) }],
  },
  {
    name: "ocpi2osm_run_timestamp_seconds",
    help: "When the last run ended, in Unix time.",
    samples: ({ finished }) => [{ value: unixTime(finished) }],
  },
  {
    name: "ocpi2osm_source_duration_seconds",
    help: "How long the source took in the last run.",
    samples: perSource(({ seconds }) => [{ value: seconds }]),
  },
  {
    name: "ocpi2osm_source_fetch_bytes",
    help: "Bytes received in the last run, as transferred.",
    samples: perSource((source) => fetched(source, "bytes")),
  },
  {
    name: "ocpi2osm_source_fetch_requests",
    help: "Requests made in the last run, retries included.",
    samples: perSource((source) => fetched(source, "requests")),
  },
  {
    name: "ocpi2osm_source_fetch_retries",
    help: "Requests that had to be made again in the last run.",
    samples: perSource((source) => fetched(source, "retries")),
  },
  {
    name: "ocpi2osm_source_last_success_timestamp_seconds",
    help: "When the source was last published, in Unix time.",
    samples: (report, earlier) =>
      report.sources.flatMap((source) => {
        const published = lastPublished(report, source, earlier);
        return published === undefined
          ? []
          : [{ labels: { source: source.name }, value: unixTime(published) }];
      }),
  },
  {
    name: "ocpi2osm_source_locations",
    help: "Locations of the last run by what the comparison with OSM came to.",
    samples: perSource((source) => labelled("verdict", comparedCounts(source)?.locations)),
  },
  {
    name: "ocpi2osm_source_proposals",
    help: "Proposals of the last run by what a mapper is asked.",
    samples: perSource((source) => labelled("change", comparedCounts(source)?.proposals)),
  },
  {
    name: "ocpi2osm_source_records",
    help: "Records read in the last run by what became of them, and why.",
    samples: perSource(({ counts }) => (counts === undefined ? [] : recordSamples(counts.records))),
  },
  {
    name: "ocpi2osm_source_success",
    help: "Whether the last run published the source.",
    samples: perSource(({ outcome }) => [{ value: flag(outcome === "published") }]),
  },
  {
    name: "ocpi2osm_source_threshold_ratio",
    help: "What was measured against a limit, as a share of what it allows. More than 1 has crossed it.",
    samples: perSource(({ thresholds }) =>
      thresholds.flatMap((threshold) => {
        const value = thresholdUse(threshold);
        return value === undefined ? [] : [{ labels: { name: threshold.name }, value }];
      }),
    ),
  },
];

/**
 * The text of a `.prom` file, to be put in place atomically: the collector reads at any time. `earlier` tells when a
 * source that failed tonight was last published. The same report gives the same text.
 */
export function openMetrics(report: RunReport, earlier: History): string {
  const families = METRICS.flatMap((metric) => family(metric, report, earlier));
  return `${[...families, "# EOF"].join("\n")}\n`;
}

/** Nothing where there are no series: a family without any is legal, but says nothing. */
function family({ name, help, samples }: Metric, report: RunReport, earlier: History): string[] {
  const lines = seriesOf(name, report.config, samples(report, earlier));
  return lines.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}

/** A line a series, sorted; of two of one name, which a collector would refuse with the whole file, the last. */
function seriesOf(name: string, config: string, samples: readonly Sample[]): string[] {
  const values = new Map(
    samples.map(({ labels, value }) => [`${name}${labelSet({ config, ...labels })}`, value]),
  );
  return [...values].map(([series, value]) => `${series} ${number(value)}`).sort();
}

function labelSet(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([label, value]) => `${label}="${labelValue(value)}"`);
  return `{${parts.join(",")}}`;
}

/** Text between the quotes of a label: one line, without control characters and lone surrogates. */
export function labelValue(text: string): string {
  return printable(concealed(text))
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
}

function number(value: number): string {
  return value === Infinity ? "+Inf" : String(value);
}

/** Samples of each source, with its name. */
function perSource(samplesOf: (source: SourceRunReport) => readonly Sample[]) {
  return ({ sources }: RunReport): Sample[] =>
    sources.flatMap((source) =>
      samplesOf(source).map(({ labels, value }) => ({ labels: { source: source.name, ...labels }, value })),
    );
}

/** A source that was refused was read, but not compared with OSM: zeros would say that nothing is left to propose. */
function comparedCounts({ outcome, counts }: SourceRunReport): SourceRunReport["counts"] {
  return outcome === "refused" ? undefined : counts;
}

function labelled(label: string, counts: Readonly<Record<string, number>> = {}): Sample[] {
  return Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }));
}

function recordSamples({
  emitted,
  skipped,
  rejected,
}: NonNullable<SourceRunReport["counts"]>["records"]): Sample[] {
  const byReason = (outcome: string, reasons: Readonly<Record<string, number>>) =>
    Object.entries(reasons).map(([reason, value]) => ({ labels: { outcome, reason }, value }));
  return [
    // Prometheus takes an empty label for none, but a family whose series all have the same labels is easier to query.
    { labels: { outcome: "emitted", reason: "" }, value: emitted },
    ...byReason("skipped", skipped),
    ...byReason("rejected", rejected),
  ];
}

function fetched({ fetched }: SourceRunReport, what: "requests" | "retries" | "bytes"): Sample[] {
  if (fetched === undefined) return [];
  return [{ value: fetched.reduce((sum, download) => sum + download[what], 0) }];
}

/** When a source was last published, by this run or an earlier one. */
function lastPublished(
  { finished }: RunReport,
  { name, outcome }: SourceRunReport,
  { runs }: History,
): string | undefined {
  if (outcome === "published") return finished;
  return runs.findLast(({ sources }) =>
    sources.some((source) => source.name === name && source.outcome === "published"),
  )?.finished;
}

function flag(holds: boolean): number {
  return holds ? 1 : 0;
}

function unixTime(time: string): number {
  return Date.parse(time) / 1000;
}

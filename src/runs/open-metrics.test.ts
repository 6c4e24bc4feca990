import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOSTILE_TEXTS, anyText } from "../osm/xml.test-support.js";
import { historyLine, parseHistory } from "./history.js";
import { labelValue, openMetrics } from "./open-metrics.js";
import { checkMetrics, importOpenMetrics } from "./promtool.test-support.js";
import { itWith } from "./tools.test-support.js";

/** Of a first run. */
const NO_HISTORY = parseHistory("");
import { failedSource, publishedSource, runReport } from "./run-report.test-support.js";
import { Secret } from "./secret.js";

const good = {
  ...publishedSource("lt-ignitis", {
    emitted: 1200,
    rejected: { "no-position": 3, "not-json": 1 },
    skipped: { planned: 10 },
    proposals: { create: 12 },
  }),
  fetched: [
    {
      from: "https://a.example",
      records: 1214,
      retrieved: 1214,
      missing: 0,
      not_modified: false,
      requests: 13,
      retries: 2,
      bytes: 5_000_000,
    },
    {
      from: "https://b.example",
      records: 1,
      retrieved: 1,
      missing: 0,
      not_modified: false,
      requests: 1,
      retries: 0,
      bytes: 100,
    },
  ],
  thresholds: [
    { name: "rejects" as const, limit: "2%", measured: 4, of: 1214, crossed: false },
    { name: "disappearance" as const, limit: "0", measured: 1, of: 1200, crossed: true },
  ],
};
const report = runReport("2026-03-02", [good, failedSource("de-other", "answered 503")]);
const earlier = parseHistory(historyLine(runReport("2026-03-01", [publishedSource("de-other")])));
const lines = (text: string) => text.trimEnd().split("\n");

describe("the metrics of a run", () => {
  test("tell when it was, how long it took and whether it went well", () => {
    expect(lines(openMetrics(report, earlier))).toEqual(
      expect.arrayContaining([
        'ocpi2osm_run_duration_seconds{config="nightly.jsonc"} 200.5',
        'ocpi2osm_run_success{config="nightly.jsonc"} 0',
        `ocpi2osm_run_timestamp_seconds{config="nightly.jsonc"} ${Date.UTC(2026, 2, 2, 2, 3, 20, 500) / 1000}`,
      ]),
    );
  });

  test("tell of each source what a person would ask", () => {
    expect(lines(openMetrics(report, earlier))).toEqual(
      expect.arrayContaining([
        'ocpi2osm_source_success{config="nightly.jsonc",source="de-other"} 0',
        'ocpi2osm_source_success{config="nightly.jsonc",source="lt-ignitis"} 1',
        'ocpi2osm_source_locations{config="nightly.jsonc",source="lt-ignitis",verdict="matched"} 1200',
        'ocpi2osm_source_records{config="nightly.jsonc",source="lt-ignitis",outcome="emitted",reason=""} 1200',
        'ocpi2osm_source_records{config="nightly.jsonc",source="lt-ignitis",outcome="rejected",reason="no-position"} 3',
        'ocpi2osm_source_records{config="nightly.jsonc",source="lt-ignitis",outcome="skipped",reason="planned"} 10',
        'ocpi2osm_source_proposals{config="nightly.jsonc",source="lt-ignitis",change="create"} 12',
        'ocpi2osm_source_fetch_requests{config="nightly.jsonc",source="lt-ignitis"} 14',
        'ocpi2osm_source_fetch_retries{config="nightly.jsonc",source="lt-ignitis"} 2',
        'ocpi2osm_source_fetch_bytes{config="nightly.jsonc",source="lt-ignitis"} 5000100',
        `ocpi2osm_source_threshold_ratio{config="nightly.jsonc",source="lt-ignitis",name="rejects"} ${4 / (0.02 * 1214)}`,
        'ocpi2osm_source_threshold_ratio{config="nightly.jsonc",source="lt-ignitis",name="disappearance"} +Inf',
      ]),
    );
  });

  test("keep the time of the last success of a source that failed, and have none where there never was one", () => {
    const success = (text: string) =>
      lines(text).filter((line) => line.startsWith("ocpi2osm_source_last_success_timestamp_seconds{"));
    const [first, second] = [Date.UTC(2026, 2, 1, 2, 3, 20, 500), Date.UTC(2026, 2, 2, 2, 3, 20, 500)];
    expect(success(openMetrics(report, earlier))).toEqual([
      `ocpi2osm_source_last_success_timestamp_seconds{config="nightly.jsonc",source="de-other"} ${first / 1000}`,
      `ocpi2osm_source_last_success_timestamp_seconds{config="nightly.jsonc",source="lt-ignitis"} ${second / 1000}`,
    ]);
    expect(success(openMetrics(report, NO_HISTORY))).toHaveLength(1);
    const before = historyLine(runReport("2026-02-28", [publishedSource("de-other")]));
    const after = historyLine(runReport("2026-03-01", [failedSource("de-other", "answered 503")]));
    const nights = before + historyLine(runReport("2026-03-01", [publishedSource("de-other")])) + after;
    expect(success(openMetrics(report, parseHistory(nights)))).toContain(
      `ocpi2osm_source_last_success_timestamp_seconds{config="nightly.jsonc",source="de-other"} ${first / 1000}`,
    );
  });

  test("have no counts of a source that failed before there were any: 0 would say that all stations are gone", () => {
    const ofFailed = lines(openMetrics(report, earlier)).filter((line) => line.includes('"de-other"'));
    expect(ofFailed.map((line) => line.split("{")[0])).toEqual([
      "ocpi2osm_source_duration_seconds",
      "ocpi2osm_source_last_success_timestamp_seconds",
      "ocpi2osm_source_success",
    ]);
  });

  test("have no comparison of a source that was refused: it was read, but not compared", () => {
    const refused = { ...good, name: "de-shrunk", outcome: "refused" as const, exit_code: 4 };
    const ofRefused = lines(openMetrics(runReport("2026-03-02", [refused]), NO_HISTORY));
    expect(ofRefused.filter((line) => /^ocpi2osm_source_(?:locations|proposals)/.test(line))).toEqual([]);
    expect(ofRefused.filter((line) => line.startsWith("ocpi2osm_source_records"))).toHaveLength(4);
  });

  test("of two configs on one machine share no series: the collector would keep only one of them", () => {
    const other = runReport("2026-03-02", [good], { config: "weekly.jsonc" });
    const seriesIn = (text: string) =>
      lines(text).flatMap((line) => (line.startsWith("#") ? [] : [line.replace(/ [^ ]+$/, "")]));
    const nightly = new Set(seriesIn(openMetrics(report, earlier)));
    expect(seriesIn(openMetrics(other, NO_HISTORY)).filter((series) => nightly.has(series))).toEqual([]);
  });

  test("name every series once, in families with HELP and TYPE, and end in EOF", () => {
    const text = openMetrics(report, earlier);
    expect(text.endsWith("\n# EOF\n")).toBe(true);
    const series = lines(text).filter((line) => !line.startsWith("#"));
    const names = series.map((line) => line.replace(/ [^ ]+$/, ""));
    expect(new Set(names).size).toBe(names.length);
    const families = [...new Set(names.map((name) => name.replace(/\{.*/, "")))];
    expect(lines(text).filter((line) => line.startsWith("# TYPE"))).toEqual(
      families.map((name) => `# TYPE ${name} gauge`),
    );
  });

  test("show no secret", () => {
    const key = new Secret("hunter2-hunter2").reveal();
    const text = openMetrics(runReport("2026-03-02", [publishedSource(`a ${key}`)]), NO_HISTORY);
    expect(text).not.toContain("hunter2");
  });

  test("of a name whatever it holds, a label stays one", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...HOSTILE_TEXTS)), (text) => {
        expect(labelValue(text)).toMatch(/^(?:[^"\\\n\r\p{Surrogate}]|\\[\\"n])*$/u);
      }),
    );
    expect(labelValue('a "b" \\ c\nd')).toBe('a \\"b\\" \\\\ c\\nd');
  });
});

describe("promtool", () => {
  const hostile = HOSTILE_TEXTS.map((name) => publishedSource(name, { rejected: { [`${name} again`]: 1 } }));
  const hostileText = openMetrics(runReport("2026-03-02", hostile), NO_HISTORY);

  itWith("promtool", "takes it as Prometheus text, and finds no fault with the names", () => {
    checkMetrics(openMetrics(report, earlier));
    checkMetrics(openMetrics(runReport("2026-03-02", []), NO_HISTORY));
    checkMetrics(hostileText);
  });

  itWith("promtool", "takes it as OpenMetrics", () => {
    importOpenMetrics(openMetrics(report, earlier));
    importOpenMetrics(hostileText);
  });
});

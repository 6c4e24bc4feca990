import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseHistory } from "../../src/runs/history.js";
import { openMetrics } from "../../src/runs/open-metrics.js";
import { failedSource, publishedSource, runReport } from "../../src/runs/run-report.test-support.js";
import { itWith } from "../../src/runs/tools.test-support.js";
import { RECIPES, recipe, scratchFolder } from "./recipe.js";

const RULES = "prometheus/ocpi2osm.rules.yml";

test("the alerts ask for metrics that run writes", () => {
  const near = { name: "rejects", limit: "100", measured: 90, of: 1000, crossed: false } as const;
  const sources = [{ ...publishedSource("a"), thresholds: [near] }, failedSource("b", "no connection")];
  const written = openMetrics(runReport("2026-11-21", sources), parseHistory(""));
  const asked = new Set(recipe(RULES).match(/\bocpi2osm_\w+/g));
  expect(asked.size).toBeGreaterThan(2);
  expect([...asked].filter((name) => !written.includes(`# TYPE ${name} gauge`))).toEqual([]);
});

interface Case {
  readonly alert: string;
  /** A series, and its values at the minutes from 0 on. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  readonly fires: ReadonlyArray<Readonly<Record<string, string>>>;
}

const LABELS = { instance: "box" };

const CASES: readonly Case[] = [
  {
    alert: "ChargingRunMissing",
    series: { 'ocpi2osm_run_timestamp_seconds{instance="box"}': "0+0x3000" },
    at: "35h",
    fires: [],
  },
  {
    alert: "ChargingRunMissing",
    series: { 'ocpi2osm_run_timestamp_seconds{instance="box"}': "0+0x3000" },
    at: "38h",
    fires: [{ severity: "warning" }],
  },
  {
    alert: "ChargingSourceStale",
    series: { 'ocpi2osm_source_last_success_timestamp_seconds{instance="box",source="hub"}': "0+0x5000" },
    at: "74h",
    fires: [{ severity: "critical", source: "hub" }],
  },
  {
    alert: "ChargingSourceFailed",
    series: {
      'ocpi2osm_source_success{instance="box",source="hub"}': "0+0x200",
      'ocpi2osm_source_success{instance="box",source="open"}': "1+0x200",
    },
    at: "2h",
    fires: [{ severity: "warning", source: "hub" }],
  },
  {
    alert: "ChargingThresholdNear",
    series: {
      'ocpi2osm_source_threshold_ratio{instance="box",source="hub",name="rejects"}': "0.9+0x200",
      'ocpi2osm_source_threshold_ratio{instance="box",source="hub",name="disappearance"}': "0.2+0x200",
    },
    at: "2h",
    fires: [{ severity: "info", source: "hub", name: "rejects" }],
  },
];

/** What `promtool test rules` reads: YAML, of which JSON is a part. Annotations are left to the rules. */
function promtoolTests(): string {
  return JSON.stringify({
    rule_files: ["ocpi2osm.rules.yml"],
    tests: CASES.map(({ series, alert, at, fires }) => ({
      interval: "1m",
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [
        {
          expr: `sum by (alertname, severity, source, name, instance) (ALERTS{alertname="${alert}",alertstate="firing"})`,
          eval_time: at,
          exp_samples: fires.map((labels) => ({
            labels: `{${Object.entries({ alertname: alert, ...LABELS, ...labels })
              .map(([name, value]) => `${name}="${value}"`)
              .join(",")}}`,
            value: 1,
          })),
        },
      ],
    })),
  });
}

itWith("promtool", "Prometheus takes the alerts, and they ring when they should", () => {
  const folder = scratchFolder();
  copyFileSync(join(RECIPES, RULES), join(folder, "ocpi2osm.rules.yml"));
  writeFileSync(join(folder, "tests.yml"), promtoolTests());
  for (const args of [
    ["check", "rules", "--lint-fatal", "ocpi2osm.rules.yml"],
    ["test", "rules", "tests.yml"],
  ]) {
    const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: folder, encoding: "utf8" });
    expect(status, `${stdout}${stderr}`).toBe(0);
  }
});

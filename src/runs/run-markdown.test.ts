import { describe, expect, test } from "vitest";
import { historyLine, parseHistory } from "./history.js";
import { runMarkdown } from "./run-markdown.js";
import type { RunReport, SourceRunReport } from "./run-report.js";
import { runReportSchema } from "./run-report.js";
import { failedSource, publishedSource, runReport } from "./run-report.test-support.js";
import { Secret } from "./secret.js";
import { trendOf } from "./trend.js";

/** The page of a run, after these. */
function pageOf(report: RunReport, ...earlier: RunReport[]): string {
  return runMarkdown(report, trendOf(report, parseHistory(earlier.map(historyLine).join(""))));
}
const attentionIn = (page: string) =>
  page.split("## What needs attention\n\n")[1]?.split("\n\n")[0]?.split("\n") ?? [];
const refused: SourceRunReport = {
  ...publishedSource("de-x", { emitted: 80 }),
  outcome: "refused",
  exit_code: 4,
  message: "20 of 100 known Locations vanished from the feed; nothing was published",
  thresholds: [{ name: "disappearance", limit: "5%", measured: 20, of: 100, crossed: true }],
};

test("the reports these tests are made of are as run writes them", () => {
  const report = runReport("2026-03-01", [publishedSource("a"), refused, failedSource("b", "x")]);
  expect(runReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

describe("the page of a run", () => {
  test("begins with how many sources came to what, and how long it took", () => {
    const page = pageOf(
      runReport("2026-03-01", [publishedSource("lt"), refused, failedSource("fr", "no answer")]),
    );
    expect(page.split("\n").slice(0, 3)).toEqual([
      "# ocpi2osm run 2026-03-01T020000Z",
      "",
      "**3 sources: 1 published, 1 refused, 1 failed.** Exit code 3. Begun 2026-03-01 02:00 UTC, took 3 min 21 s, the longest lt with 13 s.",
    ]);
  });

  test("then what needs attention, the worst first, with the message as it was", () => {
    const hook = {
      command: "notify.sh",
      when: "failure" as const,
      exit_code: 7,
      message: "notify.sh ended with exit code 7",
      seconds: 1,
    };
    const near = {
      ...publishedSource("lt"),
      thresholds: [{ name: "rejects" as const, limit: "2%", measured: 19, of: 1000, crossed: false }],
      hooks: [hook],
    };
    const message = `https://feed.example answered 503 ${"again ".repeat(30)}; try later`;
    const page = pageOf(runReport("2026-03-01", [near, refused, failedSource("fr", message)]));
    expect(attentionIn(page)).toEqual([
      "- **de-x** was refused (exit code 4): 20 of 100 known Locations vanished from the feed; nothing was published",
      expect.stringMatching(
        /^- \*\*fr\*\* failed \(exit code 3\): https\\:\/\/feed\.example answered 503 .*; try later$/,
      ),
      "- The hook on failure of **lt** failed: notify.sh ended with exit code 7",
      "- **lt** is near its limit: 19 records rejected of 1,000 records read (limit 2%)",
    ]);
  });

  test("tells of what fails night after night since when it does, of the first such night nothing", () => {
    const night = (day: number) => runReport(`2026-03-0${day}`, [failedSource("fr", "no answer")]);
    const good = runReport("2026-03-01", [publishedSource("fr")]);
    expect(attentionIn(pageOf(night(2), good))).toEqual(["- **fr** failed (exit code 3): no answer"]);
    expect(attentionIn(pageOf(night(4), good, night(2), night(3)))).toEqual([
      "- **fr** failed (exit code 3; not published for 3 runs, last by 2026-03-01T020000Z): no answer",
    ]);
    expect(attentionIn(pageOf(night(4), night(3)))).toEqual([
      "- **fr** failed (exit code 3; not published for 2 runs): no answer",
    ]);
  });

  test("has no such list after a night without anything", () => {
    const fine = {
      ...publishedSource("lt"),
      thresholds: [{ name: "rejects" as const, limit: "0", measured: 0, of: 1000, crossed: false }],
      hooks: [{ command: "notify.sh", when: "success" as const, exit_code: 0, seconds: 1 }],
    };
    expect(pageOf(runReport("2026-03-01", [fine]))).not.toContain("attention");
  });

  test("tells what changed notably, and marks small changes in the table", () => {
    const before = publishedSource("lt", {
      emitted: 1000,
      proposals: { create: 10 },
      reasons: { absent: 5 },
    });
    const now = publishedSource("lt", {
      emitted: 900,
      proposals: { create: 11 },
      reasons: { absent: 5, closed: 1 },
    });
    const page = pageOf(runReport("2026-03-02", [now]), runReport("2026-03-01", [before]));
    expect(attentionIn(page)).toEqual([
      "- **lt**: Locations emitted: 900, at least 2 % fewer than in the run before (then 1,000, lately 1,000)",
      "- **lt**: tags of proposals for the reason closed: 1, not seen before",
    ]);
    expect(page).toContain("| lt | published | 900 | 900 **▼ 10 %** | 0 | 11 ▲ 10 % | 13 s |");
  });

  test.each([
    [0.04, "0 s"],
    [9.94, "9.9 s"],
    [9.95, "10 s"],
    [59.4, "59 s"],
    [59.5, "1 min 0 s"],
    [3599.4, "59 min 59 s"],
    [3600, "1 h 0 min"],
    [3_599_970, "1,000 h 0 min"],
  ])("shows %d seconds as %s", (seconds, shown) => {
    const page = pageOf(runReport("2026-03-01", [publishedSource("lt")], { seconds }));
    expect(page).toContain(`**1 source: 1 published.** Begun 2026-03-01 02:00 UTC, took ${shown}.`);
  });

  test.each([
    [999, "999 B"],
    [1000, "1 kB"],
    [999_499, "999 kB"],
    [1_000_000, "1 MB"],
    [1_234_567_890, "1,234.6 MB"],
  ])("shows %d bytes as %s", (bytes, shown) => {
    const from = { from: "a", records: 1, retrieved: 1, missing: 0, not_modified: false };
    const fetched = [{ ...from, requests: 1, retries: 0, bytes }];
    const page = pageOf(runReport("2026-03-01", [{ ...publishedSource("lt"), fetched }]));
    expect(page).toContain(`| 1 | ${shown} |`);
  });

  test("tells of a limit from four fifths of it on, and of one that was crossed once", () => {
    const used = (measured: number) => ({
      ...publishedSource("lt"),
      thresholds: [{ name: "rejects" as const, limit: "20", measured, of: 1000, crossed: false }],
    });
    expect(attentionIn(pageOf(runReport("2026-03-01", [used(15)])))).toEqual([]);
    expect(attentionIn(pageOf(runReport("2026-03-01", [used(16)])))).toHaveLength(1);
    expect(attentionIn(pageOf(runReport("2026-03-01", [refused])))).toHaveLength(1);
  });

  test("of one source that changed altogether tells so much that the others are seen", () => {
    const reasons = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`reason-${index}`, 9 - index]),
    );
    const before = runReport("2026-03-01", [publishedSource("lt"), publishedSource("fr")]);
    const sources = [publishedSource("lt", { reasons }), publishedSource("fr", { emitted: 1 })];
    expect(attentionIn(pageOf(runReport("2026-03-02", sources), before))).toEqual([
      "- **lt**: tags of proposals for the reason reason-0: 9, not seen before",
      "- **lt**: tags of proposals for the reason reason-1: 8, not seen before",
      "- **lt**: tags of proposals for the reason reason-2: 7, not seen before",
      "- **lt**: tags of proposals for the reason reason-3: 6, not seen before; and 5 more changes of note",
      expect.stringContaining("**fr**"),
    ]);
  });

  test("has no number of proposals for a source that was refused: nobody looked for any", () => {
    const before = publishedSource("de-x", { emitted: 100, proposals: { create: 10 } });
    const page = pageOf(runReport("2026-03-02", [refused]), runReport("2026-03-01", [before]));
    expect(page).toContain("| de-x | **refused** | 80 | 80 **▼ 20 %** | 0 |  | 13 s |");
  });

  test("says where to look, and what is for comparing only", () => {
    const source = (name: string): SourceRunReport => ({
      ...publishedSource(name),
      folder: `/srv/out/${name}/2026-03-01T020000Z`,
    });
    const unlicensed = { ...source("fr"), licensed: false };
    const both = pageOf(runReport("2026-03-01", [failedSource("de", "x"), source("lt"), unlicensed]));
    expect(both).toContain("To look at: /srv/out/SOURCE/2026-03-01T020000Z/review.html");
    expect(both).toMatch(/^\| lt \| published \|/m);
    expect(both).toMatch(/^\| fr \| published, for comparing only \|/m);
    const one = pageOf(runReport("2026-03-01", [failedSource("de", "x"), source("lt")]));
    expect(one).toContain("To look at: /srv/out/lt/2026-03-01T020000Z/review.html");
    expect(pageOf(runReport("2026-03-01", [failedSource("de", "x")]))).not.toContain("To look at");
  });

  test("has no marks in a first run", () => {
    expect(pageOf(runReport("2026-03-01", [publishedSource("lt")]))).not.toMatch(/[▲▼]/);
  });

  test("shows reasons, the commonest first, and downloads", () => {
    const source: SourceRunReport = {
      ...publishedSource("lt", {
        skipped: { planned: 2 },
        rejected: { "no-position": 1, "not-json": 4 },
        proposals: { create: 3, review: 4 },
        reasons: { absent: 7 },
      }),
      fetched: [
        {
          from: "https://feed.example/locations",
          records: 1007,
          retrieved: 1007,
          missing: 2,
          not_modified: false,
          requests: 12,
          retries: 1,
          bytes: 1_234_567,
        },
      ],
    };
    const page = pageOf(runReport("2026-03-01", [source]));
    expect(page).toContain("| lt | planned 2 | not-json 4, no-position 1 | review 4, create 3 | absent 7 |");
    expect(page).toContain("| lt | https\\://feed.example/locations | 1,007 | 2 | 12 (1 retry) | 1.2 MB |");
  });

  test("says so where it was a dry run", () => {
    const source: SourceRunReport = { ...publishedSource("lt"), outcome: "unpublished" };
    const page = pageOf(runReport("2026-03-01", [source], { dry_run: true }));
    expect(page).toContain("**1 source: 1 not published (dry run).** A dry run: nothing was published");
    expect(page).not.toContain("attention");
  });

  test("stays a page, however much went wrong", () => {
    const reasons = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`reason-${index}`, index]));
    const sources = Array.from({ length: 10 }, (_, index) => ({
      ...refused,
      name: `source-${index}`,
      counts: publishedSource("x", { emitted: 10, rejected: reasons, skipped: reasons, reasons }).counts,
    }));
    const before = sources.map(({ name }) => publishedSource(name));
    const page = pageOf(runReport("2026-03-02", sources), runReport("2026-03-01", before));
    expect(page.split("\n").length).toBeLessThanOrEqual(80);
    expect(page).toMatch(/- and \d+ more of these \(`report\.json`\)/);
    const many = Array.from({ length: 500 }, (_, index) => publishedSource(`source-${index}`));
    expect(pageOf(runReport("2026-03-02", many)).split("\n").length).toBeLessThan(150);
  });

  test("shows names, messages and reasons as text", () => {
    const evil = "| [x](javascript:1) <b> @octocat\n# y";
    const page = pageOf(
      runReport(
        "2026-03-01",
        [failedSource(evil, evil), publishedSource("lt", { rejected: { [evil]: 1 } })],
        {
          config: evil,
        },
      ),
    );
    expect(page).not.toMatch(/[^\\]\[x\]|<b>|@octocat|\n# y/);
  });

  test("shows no secret, in whatever it stands", () => {
    const key = new Secret("s3cret_key*1").reveal();
    const told = `https://feed.example?key=${key} answered 403`;
    const hook = {
      command: key,
      when: "success" as const,
      exit_code: 1,
      message: told,
      seconds: 0,
    };
    const page = pageOf(
      runReport("2026-03-01", [{ ...failedSource("fr", told), hooks: [hook] }], { config: told }),
    );
    expect(page.replaceAll("\\", "")).not.toContain("s3cret");
  });
});

import { describe, expect, test } from "vitest";
import { historyLine, parseHistory } from "./history.js";
import type { RunReport } from "./run-report.js";
import { type SourceNumbers, failedSource, publishedSource, runReport } from "./run-report.test-support.js";
import { type TrendChange, trendOf } from "./trend.js";

const night = (day: number) => `2026-03-${String(day).padStart(2, "0")}`;
const historyOf = (...runs: RunReport[]) => parseHistory(runs.map(historyLine).join(""));
/** A run of one source a night, with these numbers. */
const nights = (...numbers: SourceNumbers[]) =>
  numbers.map((of, index) => runReport(night(index + 1), [publishedSource("a", of)]));

/** The trend of the last of these nights. */
function lastTrend(...numbers: SourceNumbers[]) {
  const runs = nights(...numbers);
  const [trend] = trendOf(runs.at(-1)!, historyOf(...runs.slice(0, -1))).sources;
  return trend!;
}

function changeOf(changes: readonly TrendChange[], of: TrendChange["of"], reason?: string) {
  return changes.find((change) => change.of === of && change.reason === reason);
}

describe("the trend", () => {
  test("of a first run is none", () => {
    const [run] = nights({});
    expect(trendOf(run!, historyOf())).toEqual({ sources: [{ name: "a", missed: 0, runs: 0, changes: [] }] });
  });

  test("compares with the run before, absolute and relative, and with the median", () => {
    const trend = lastTrend(
      { emitted: 100 },
      { emitted: 102 },
      { emitted: 108 },
      { emitted: 109 },
      { emitted: 105 },
    );
    expect(trend).toMatchObject({ since: "2026-03-04T020000Z", runs: 4 });
    expect(changeOf(trend.changes, "emitted")).toEqual({
      of: "emitted",
      now: 105,
      previous: 109,
      median: 105,
      difference: -4,
      share: -4 / 109,
      notable: expect.stringContaining("fewer than in the run before"),
    });
  });

  test("takes the median of seven, not of all", () => {
    const long = Array.from({ length: 20 }, (_, index) => ({ emitted: 1000 + index }));
    expect(changeOf(lastTrend(...long).changes, "emitted")).toMatchObject({ previous: 1018, median: 1015 });
  });

  test("leaves out runs that were not published, dry runs, other sources and its own line", () => {
    const [good, now] = nights({ emitted: 100 }, { emitted: 100 });
    const refused = { ...publishedSource("a", { emitted: 1 }), outcome: "refused" as const };
    const history = historyOf(
      good!,
      runReport("2026-02-02", [refused, publishedSource("b", { emitted: 7 })]),
      runReport("2026-02-03", [publishedSource("a", { emitted: 2 })], { dry_run: true }),
      runReport("2026-02-04", [failedSource("a", "no answer")]),
      now!,
    );
    expect(trendOf(now!, history).sources[0]).toMatchObject({ since: good!.run, runs: 1 });
    expect(changeOf(trendOf(now!, history).sources[0]!.changes, "emitted")).toMatchObject({ difference: 0 });
  });

  test("is none for a source that failed, and told for one that was refused", () => {
    const history = historyOf(...nights({ emitted: 100 }));
    const failed = runReport("2026-03-09", [failedSource("a", "no answer")]);
    expect(trendOf(failed, history).sources[0]).toEqual({
      name: "a",
      since: "2026-03-01T020000Z",
      missed: 0,
      runs: 0,
      changes: [],
    });
    const refused = { ...publishedSource("a", { emitted: 50 }), outcome: "refused" as const };
    const [source] = trendOf(runReport("2026-03-09", [refused]), history).sources;
    expect(changeOf(source!.changes, "emitted")).toMatchObject({ share: -0.5, notable: expect.any(String) });
  });

  test("of a source that was refused has nothing of a comparison, as there was none", () => {
    const history = historyOf(...nights({ proposals: { create: 30 }, reasons: { absent: 9 } }));
    const refused = { ...publishedSource("a"), outcome: "refused" as const };
    const [source] = trendOf(runReport("2026-03-09", [refused]), history).sources;
    expect(source!.changes.map(({ of }) => of)).toEqual(["emitted", "rejected"]);
  });

  test("counts the runs in a row that did not publish a source, and says which one did", () => {
    const failed = (day: number) => runReport(night(day), [failedSource("a", "no answer")]);
    const of = (...runs: RunReport[]) => trendOf(failed(9), historyOf(...runs)).sources[0];
    const good = runReport(night(2), [publishedSource("a")]);
    expect(of(failed(1), good, failed(3), failed(4))).toMatchObject({ since: good.run, missed: 2 });
    expect(of(good)).toMatchObject({ since: good.run, missed: 0 });
    expect(of(failed(1), failed(2), failed(3))).not.toHaveProperty("since");
    expect(of(failed(1), failed(2), failed(3))).toMatchObject({ missed: 3 });
    expect(of(good, runReport(night(3), [publishedSource("b")]))).toMatchObject({ missed: 0 });
  });

  test("has a row for every reason of either run, the commonest first", () => {
    const { changes } = lastTrend(
      { reasons: { absent: 4, differs: 5 }, rejected: { "no-position": 1 } },
      { reasons: { absent: 9, surveyed: 20 } },
    );
    expect(changes.map(({ of, reason, now, previous }) => [of, reason, now, previous])).toEqual([
      ["emitted", undefined, 1000, 1000],
      ["rejected", undefined, 0, 1],
      ["proposals", undefined, 0, 0],
      ["rejected_reason", "no-position", 0, 1],
      ["tag_reason", "surveyed", 20, 0],
      ["tag_reason", "absent", 9, 4],
      ["tag_reason", "differs", 0, 5],
    ]);
  });
});

describe("worth a look", () => {
  const notable = (before: SourceNumbers, now: SourceNumbers) =>
    lastTrend(before, now).changes.flatMap(({ of, reason, notable }) =>
      notable === undefined ? [] : [reason ?? of],
    );

  test.each<[string, SourceNumbers, SourceNumbers, string[]]>([
    ["a fiftieth fewer", { emitted: 1000 }, { emitted: 980 }, ["emitted"]],
    ["a little less than that", { emitted: 1000 }, { emitted: 981 }, []],
    ["a tenth more", { emitted: 1000 }, { emitted: 1100 }, ["emitted"]],
    ["two of forty: so few are no news", { emitted: 40 }, { emitted: 38 }, []],
    ["three of forty", { emitted: 40 }, { emitted: 37 }, ["emitted"]],
    ["all gone", { emitted: 2 }, { emitted: 0 }, ["emitted"]],
    ["a tenth more, but few", { emitted: 50 }, { emitted: 59 }, []],
    ["the same nothing", { emitted: 0 }, { emitted: 0 }, []],
    ["rejected twice as often", { rejected: { x: 3 } }, { rejected: { x: 6 } }, ["rejected", "x"]],
    ["so few that it does not matter", { rejected: { x: 2 } }, { rejected: { x: 4 } }, []],
    [
      "three times as many proposals",
      { proposals: { create: 10 } },
      { proposals: { create: 30 } },
      ["proposals"],
    ],
    ["twice as many proposals", { proposals: { create: 10 } }, { proposals: { create: 20 } }, []],
    ["a reason never seen", { reasons: { absent: 1 } }, { reasons: { absent: 1, closed: 1 } }, ["closed"]],
  ])("%s", (_, before, now, expected) => {
    expect(notable(before, now)).toEqual(expected);
  });

  test("a reason seen long ago is not new", () => {
    const trend = lastTrend({ reasons: { closed: 1 } }, { reasons: {} }, { reasons: { closed: 1 } });
    expect(changeOf(trend.changes, "tag_reason", "closed")).not.toHaveProperty("notable");
  });

  test("a slow loss, a hundredth a night, shows against the median", () => {
    const { changes } = lastTrend(...[1000, 990, 980, 970, 960, 951].map((emitted) => ({ emitted })));
    expect(changeOf(changes, "emitted")?.notable).toContain("most of the last runs");
  });
});

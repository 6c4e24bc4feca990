import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyLine, historyOfLater, historyWarning, historyWith, parseHistory } from "./history.js";
import { failedSource, publishedSource, runReport } from "./run-report.test-support.js";
import { Secret } from "./secret.js";

const first = runReport("2026-03-01", [
  publishedSource("a", {
    emitted: 90,
    rejected: { "no-position": 2 },
    skipped: { planned: 8 },
    proposals: { create: 3 },
    reasons: { absent: 7 },
  }),
  failedSource("b", "https://example.org: answered 503"),
]);
const second = runReport("2026-03-02", [publishedSource("a")]);

describe("history.ndjson", () => {
  test("keeps of a run what a trend needs, in one line", () => {
    const line = historyLine(first);
    expect(line).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(line)).toMatchObject({
      history: 1,
      run: "2026-03-01T020000Z",
      sources: [
        {
          name: "a",
          outcome: "published",
          counts: {
            read: 100,
            emitted: 90,
            skipped: { planned: 8 },
            rejected: { "no-position": 2 },
            proposals: { create: 3 },
            reasons: { absent: 7 },
          },
          seconds: 12.5,
        },
        { name: "b", outcome: "failed", seconds: 1.5 },
      ],
    });
  });

  test("holds no secret, and stays JSON whatever the secret is", () => {
    const [key, word] = [new Secret("hunter2-hunter2"), new Secret('"seconds":12.5')].map((one) =>
      one.reveal(),
    );
    const line = historyLine(runReport("2026-03-01", [publishedSource(`a ${key} ${word}`)]));
    expect(line).not.toContain("hunter2");
    expect(parseHistory(line).runs).toHaveLength(1);
  });

  test("gives its lines back in their order", () => {
    const { runs, unread } = parseHistory(historyLine(first) + historyLine(second));
    expect(runs.map(({ run }) => run)).toEqual([first.run, second.run]);
    expect(runs[0]).toEqual(JSON.parse(historyLine(first)));
    expect(unread).toEqual([]);
  });

  test("is read on past a line that a crash tore", () => {
    const torn = historyLine(first).slice(0, 150);
    const { runs, unread } = parseHistory(`${historyLine(first)}${torn}\n${historyLine(second)}`);
    expect(runs.map(({ run }) => run)).toEqual([first.run, second.run]);
    expect(unread).toEqual([{ line: 2, reason: "no JSON, perhaps cut off", later: false }]);
  });

  test("is read where a later version added members, and where it calls an outcome otherwise", () => {
    const later = { ...JSON.parse(historyLine(second)), history: 2, weather: "rain" };
    const text = JSON.stringify(later).replace('"published"', '"published-in-part"');
    expect(parseHistory(text)).toMatchObject({ runs: [{ run: second.run }], unread: [] });
  });

  test.each([
    ['{"history":1,"run":7}', /at run/],
    ["[]", /no line of a history/],
    ["\u0000\u0000", /no JSON/],
  ])("leaves out %j, says why once, and goes on without it", (line, reason) => {
    const text = `${line}\n${historyLine(second)}`;
    const history = parseHistory(text);
    expect(history.runs).toHaveLength(1);
    expect(history.unread).toEqual([{ line: 1, reason: expect.stringMatching(reason), later: false }]);
    expect(historyWarning(history, "out/history.ndjson")).toMatch(/^out\/history\.ndjson: 1 line .*line 1: /);
    expect(historyWith(first, text, 400)).toBe(historyLine(second) + historyLine(first));
  });

  test("keeps lines of a later version, which are nothing to warn of every night", () => {
    const later = '{"history":9,"runs":[]}\n';
    const history = parseHistory(later + historyLine(second));
    expect(history.runs).toHaveLength(1);
    expect(historyWarning(history, "history.ndjson")).toBeUndefined();
    expect(historyOfLater(history, "history.ndjson")).toMatch(/^history\.ndjson: 1 line of version 9/);
    expect(historyWith(first, later, 400)).toBe(later + historyLine(first));
  });

  test("keeps its newest lines, this run's among them, whatever ended the last one", () => {
    const old = historyLine(second);
    expect(historyWith(first, old.repeat(5), 3)).toBe(old + old + historyLine(first));
    expect(historyWith(first, `${old.trim()}\r\n${old.trim()}`, 400)).toBe(old + old + historyLine(first));
    expect(historyWith(first, "", 400)).toBe(historyLine(first));
  });

  test("has one line a run, the last it told, though another run may be called the same", () => {
    const stopped = { ...first, exit_code: 143 };
    const namesake = { ...first, started: "2026-03-01T02:00:00.500Z" };
    const text = historyLine(second) + historyLine(namesake) + historyLine(first);
    expect(historyWith(stopped, text, 400)).toBe(
      historyLine(second) + historyLine(namesake) + historyLine(stopped),
    );
  });

  test("nothing to warn of where all of it could be read", () => {
    expect(historyWarning(parseHistory(historyLine(first)), "history.ndjson")).toBeUndefined();
    expect(historyOfLater(parseHistory(historyLine(first)), "history.ndjson")).toBeUndefined();
    expect(parseHistory("")).toEqual({ runs: [], unread: [] });
  });

  test("whatever stands in the file, every line is either read or listed", () => {
    const line = fc.oneof(fc.string(), fc.json(), fc.constant(historyLine(first).trim()));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join("\n");
        const { runs, unread } = parseHistory(text);
        const written = text.split("\n").filter((one) => one.trim() !== "");
        expect(runs.length + unread.length).toBe(written.length);
      }),
    );
  });
});

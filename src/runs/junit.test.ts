import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { HOSTILE_TEXTS, anyText, readXml } from "../osm/xml.test-support.js";
import { junitCases } from "./junit-cases.js";
import { type JunitCase, junitXml } from "./junit.js";
import type { SourceRunReport } from "./run-report.js";
import { failedSource, publishedSource, runReport } from "./run-report.test-support.js";
import { Secret } from "./secret.js";

const limits = (crossed: boolean): SourceRunReport["thresholds"] => [
  { name: "rejects", limit: "2%", measured: 1, of: 100, crossed: false },
  { name: "disappearance", limit: "5%", measured: crossed ? 9 : 1, of: 100, crossed },
];
const good = { ...publishedSource("good"), thresholds: limits(false) };
const refused: SourceRunReport = {
  ...publishedSource("refused"),
  outcome: "refused",
  exit_code: 4,
  message: "9 of 100 known Locations vanished",
  thresholds: limits(true),
};

/** Results by case, of one source. */
function resultsOf(source: SourceRunReport): Record<string, string> {
  const cases = junitCases(runReport("2026-03-01", [source]));
  return Object.fromEntries(cases.map(({ name, result }) => [name, result]));
}

describe("the cases of a source", () => {
  test.each<[string, SourceRunReport, string[]]>([
    ["published", good, ["passed", "passed", "passed", "passed"]],
    ["published, without limits", publishedSource("a"), ["passed", "skipped", "skipped", "passed"]],
    ["refused", refused, ["passed", "passed", "failure", "skipped"]],
    [
      "refused for what is not among its limits",
      { ...good, outcome: "refused", exit_code: 4, message: "no" },
      ["passed", "passed", "passed", "failure"],
    ],
    ["that cannot be read", failedSource("a", "no answer"), ["error", "skipped", "skipped", "skipped"]],
    [
      "that could be read, but not written",
      { ...good, outcome: "failed", exit_code: 1, message: "disk full" },
      ["passed", "passed", "passed", "error"],
    ],
    ["of a dry run", { ...good, outcome: "unpublished" }, ["passed", "passed", "passed", "skipped"]],
    [
      "interrupted",
      { ...failedSource("a", "interrupted"), outcome: "interrupted" },
      ["skipped", "skipped", "skipped", "error"],
    ],
  ])("%s", (_, source, results) => {
    const names = ["feed is readable", "rejects threshold", "disappearance threshold", "published"];
    expect(resultsOf(source)).toEqual(Object.fromEntries(names.map((name, index) => [name, results[index]])));
  });
});

test("hooks are cases of their source or of the run: one that failed makes the exit code 1", () => {
  const hook = { command: "notify.sh", when: "success", exit_code: 0, seconds: 2 } as const;
  const failed = {
    command: "sync.sh",
    when: "success",
    message: "sync.sh was stopped",
    seconds: 60,
  } as const;
  const report = runReport("2026-03-01", [{ ...good, hooks: [hook] }], { hooks: [failed] });
  expect(junitCases(report).slice(4)).toEqual([
    { suite: "good", name: "hook on success", result: "passed", seconds: 2 },
    { suite: "run", name: "hook on success", result: "error", message: "sync.sh was stopped", seconds: 60 },
  ]);
});

test("a limit that was not held against anything says why", () => {
  const cases = junitCases(runReport("2026-03-01", [publishedSource("a")]));
  expect(cases.flatMap(({ result, message }) => (result === "skipped" ? [message] : []))).toEqual([
    "no limit is set",
    "there is no earlier run to hold it against",
  ]);
});

describe("JUnit XML", () => {
  test("is a suite a source, with sums that CI systems show", () => {
    const text = junitXml(
      junitCases(runReport("2026-03-01", [good, refused, failedSource("gone", "no answer")])),
    );
    const elements = readXml(text);
    const [root, ...others] = elements;
    expect(root).toEqual({
      name: "testsuites",
      attributes: { name: "ocpi2osm", tests: "12", failures: "1", errors: "1", skipped: "4", time: "26.500" },
    });
    expect(others.filter(({ name }) => name === "testsuite").map(({ attributes }) => attributes)).toEqual([
      { name: "good", tests: "4", failures: "0", errors: "0", skipped: "0", time: "12.500" },
      { name: "refused", tests: "4", failures: "1", errors: "0", skipped: "1", time: "12.500" },
      { name: "gone", tests: "4", failures: "0", errors: "1", skipped: "3", time: "1.500" },
    ]);
    expect(others.find(({ name }) => name === "failure")?.attributes).toEqual({
      message: "9 of 100 known Locations vanished\n9 of 100, and the limit is 5%",
      type: "failure",
    });
    expect(others.find(({ name }) => name === "error")?.attributes).toEqual({
      message: "no answer",
      type: "error",
    });
    expect(others.find(({ name }) => name === "testcase")?.attributes).toEqual({
      name: "feed is readable",
      classname: "ocpi2osm.good",
      time: "12.500",
    });
  });

  test("of nothing is an empty one", () => {
    expect(readXml(junitXml([]))).toMatchObject([{ name: "testsuites", attributes: { tests: "0" } }]);
  });

  const anyCase: fc.Arbitrary<JunitCase> = fc.record({
    suite: fc.oneof(anyText, fc.constantFrom(...HOSTILE_TEXTS)),
    name: fc.oneof(anyText, fc.constantFrom(...HOSTILE_TEXTS)),
    result: fc.constantFrom("passed", "failure", "error", "skipped"),
    message: fc.oneof(anyText, fc.constantFrom(...HOSTILE_TEXTS)),
    seconds: fc.double({ min: 0, max: 1e9, noNaN: true }),
  });
  // oxlint-disable-next-line no-control-regex
  const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\p{Surrogate}]/gu;

  test("is well-formed whatever the texts hold, and gives them back without control characters", () => {
    fc.assert(
      fc.property(fc.array(anyCase, { maxLength: 4 }), (cases) => {
        const told = readXml(junitXml(cases));
        const messages = told.flatMap(({ attributes }) => attributes["message"] ?? []).sort();
        const expected = cases.filter(({ result }) => result !== "passed").map(({ message = "" }) => message);
        expect(messages).toEqual(expected.map((text) => text.replaceAll(CONTROLS, "")).sort());
        expect(told.filter(({ name }) => name === "testcase")).toHaveLength(cases.length);
      }),
    );
  });

  test("has the whole message as the element's text too: some readers show only that", () => {
    const message = "a & b < c ]]> d\nsecond line";
    const text = junitXml([{ suite: "s", name: "n", result: "failure", message, seconds: 1 }]);
    const read: string[] = [];
    const parser = new SaxesParser();
    parser.on("text", (part) => read.push(part));
    parser.write(text).close();
    expect(read.join("").trim()).toBe(message);
  });

  test("shows no secret", () => {
    const key = new Secret("p&ssw<rd>1").reveal();
    const text = junitXml([{ suite: "s", name: "n", result: "error", message: `key ${key}`, seconds: 1 }]);
    expect(text).not.toMatch(/p&|ssw/);
  });

  test("is read by another XML reader", (context) => {
    const text = junitXml(
      HOSTILE_TEXTS.map((message) => ({
        suite: message,
        name: message,
        result: "failure",
        message,
        seconds: 0,
      })),
    );
    const python =
      "import sys,xml.etree.ElementTree as e; print(len(e.parse(sys.stdin.buffer).findall('.//failure')))";
    const { status, stdout, error } = spawnSync("python3", ["-c", python], { input: text, encoding: "utf8" });
    if (error !== undefined && process.env["CI"] === undefined) context.skip("python3 is not installed");
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${HOSTILE_TEXTS.length}\n` });
  });
});

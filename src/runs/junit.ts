/**
 * JUnit XML, for the test reports of CI systems: a source is a suite, what may keep it from being published is a case.
 * Of the many shapes of this format, the part that Jenkins, GitLab and the readers for GitHub all take: `testsuites`,
 * `testsuite`, `testcase` with `failure`, `error` or `skipped`.
 */
import { create } from "xmlbuilder2";
import { concealed } from "./secret.js";

/** `failure`: the feed did not pass. `error`: it could not be judged, or something else went wrong. */
export type JunitResult = "passed" | "failure" | "error" | "skipped";

export interface JunitCase {
  /** Name of the source. */
  readonly suite: string;
  /** What was judged. */
  readonly name: string;
  readonly result: JunitResult;
  /** Why, of what did not pass or was skipped. */
  readonly message?: string;
  readonly seconds: number;
}

/** The document. Suites and their cases stand in the order given; a suite's cases need not stand together. */
export function junitXml(cases: readonly JunitCase[]): string {
  const suites = new Map<string, JunitCase[]>();
  for (const one of cases) {
    const suite = suites.get(one.suite) ?? [];
    suites.set(one.suite, suite);
    suite.push(one);
  }
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const root = document.ele("testsuites", { name: "ocpi2osm", ...totals(cases) });
  for (const [name, ofSuite] of suites) {
    const suite = root.ele("testsuite", { name: attribute(name), ...totals(ofSuite) });
    for (const one of ofSuite) {
      const { result, message = "", seconds } = one;
      const element = suite.ele("testcase", {
        name: attribute(one.name),
        classname: attribute(`ocpi2osm.${name}`),
        time: time(seconds),
      });
      if (result === "skipped") element.ele("skipped", { message: attribute(message) });
      else if (result !== "passed")
        element.ele(result, { message: attribute(message), type: result }).txt(content(message));
    }
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function totals(cases: readonly JunitCase[]): Record<string, string> {
  const count = (result: JunitResult) => String(cases.filter((one) => one.result === result).length);
  return {
    tests: String(cases.length),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: time(cases.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
}

/** Seconds; a reader of Java takes no exponents. */
function time(seconds: number): string {
  return seconds.toFixed(3);
}

// oxlint-disable-next-line no-control-regex -- what XML 1.0 forbids, and control characters that a page would stumble over
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\p{Surrogate}]/gu;

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ["\t", "&#9;"],
  ["\n", "&#10;"],
  ["\r", "&#13;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

/**
 * xmlbuilder2 leaves line breaks, control characters and anything that looks like an entity (`AT&T;`) as they are,
 * so it is handed text that needs nothing more.
 */
function attribute(text: string): string {
  return legal(text).replaceAll(/[\t\n\r"'&<>]/g, (character) => REFERENCES.get(character) ?? "");
}

/** Text of an element, in which line breaks and quotes may stay. */
function content(text: string): string {
  return legal(text).replaceAll(/[\r&<>]/g, (character) => REFERENCES.get(character) ?? "");
}

function legal(text: string): string {
  return concealed(text).replaceAll(UNWANTED, "");
}

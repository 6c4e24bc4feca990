/** What is wrong with a setting, in words for the person who wrote it. */
import type { z } from "zod";

/** What JSON's kinds of values are called. */
const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

/**
 * The message of a mistake that zod has found; undefined: the schema's own, or zod's. Never shows the value, which may be a
 * secret that somebody has written into the config.
 */
export function settingMistake(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
    case "invalid_value":
    case "invalid_union": {
      if (issue.input === undefined) return "is missing";
      const expected = [...new Set(expectedOf(issue))];
      return expected.length === 0 ? undefined : `must be ${expected.join(" or ")}${butIs(issue)}`;
    }
    case "too_small":
      return issue.origin === "number" || issue.origin === "int"
        ? `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`
        : "must not be empty";
    case "too_big":
      return issue.origin === "number" || issue.origin === "int"
        ? `must be at most ${issue.maximum}`
        : undefined;
    case "invalid_format":
      return issue.format === "url"
        ? "must be a whole address that begins with http:// or https://"
        : undefined;
    default:
      return undefined;
  }
}

/** What would have been right, of an issue and of all alternatives in it. */
function expectedOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_type") return [KINDS[`${issue.expected}`] ?? `${issue.expected}`];
  if (issue.code === "invalid_value")
    return Array.isArray(issue.values) ? issue.values.map((value) => JSON.stringify(value)) : [];
  if (issue.code === "invalid_union" && Array.isArray(issue.errors))
    return issue.errors.flatMap((issues) =>
      Array.isArray(issues)
        ? issues.flatMap((inner) => (inner.path.length === 0 ? expectedOf(inner) : []))
        : [],
    );
  return [];
}

/** What it is instead, where that is another kind. */
function butIs(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  const kind = Array.isArray(input) ? "array" : input === null ? "null" : typeof input;
  if (typeof input === "boolean") return `, not ${input}`;
  if (issue.code === "invalid_value" && kind === "string") return "";
  const is = KINDS[kind];
  return is === undefined || expectedOf(issue).includes(is) ? "" : `, not ${is}`;
}

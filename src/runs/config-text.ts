/** Settings as people write them: JSON with comments and trailing commas. Every mistake is told with its line. */
import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from "jsonc-parser";
import { z } from "zod";
import { UsageError } from "./exit-codes.js";

/** A file of settings that has been read and checked. */
export interface ConfigText<Settings> {
  readonly settings: Settings;
  /** A place in it as messages begin with: `run.jsonc:12: sources.0.profile`. */
  place(path: readonly PropertyKey[]): string;
  /** The line of a place, from 1; of the nearest thing around it where the file does not have it. */
  line(path: readonly PropertyKey[]): number;
}

/**
 * Reads and checks a text; `file` is its name in messages, `whole` what all of it is called there ("the profile").
 *
 * @throws {UsageError} with every mistake in it: file, line, place, what is expected.
 */
export function parseConfigText<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  file: string,
  whole: string,
): ConfigText<z.output<Schema>> {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (tree === undefined || broken !== undefined) {
    const what = broken === undefined ? "the file is empty" : words(printParseErrorCode(broken.error));
    throw new UsageError(`${file}:${lineAt(source, broken?.offset ?? 0)}: ${what}`);
  }
  const line = (path: readonly PropertyKey[]): number => lineOf(path, tree, source);
  const place = (path: readonly PropertyKey[]): string => `${file}:${line(path)}: ${dotted(path, whole)}`;
  const result = schema.safeParse(getNodeValue(tree));
  if (result.success) return { settings: result.data, place, line };
  const mistakes = result.error.issues.flatMap((issue) => mistakesOf(issue, []));
  throw new UsageError(mistakes.map(({ path, what }) => `${place(path)}: ${what}`).join("\n"));
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly what: string;
}

function mistakesOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Mistake[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], what: "there is no such setting" }));
  if (issue.code === "invalid_union") {
    // What is of a right kind and wrong within is told by what is wrong within.
    const meant = issue.errors.find((issues) => !issues.some(isOfAnotherKind));
    if (meant !== undefined && meant.length > 0) return meant.flatMap((inner) => mistakesOf(inner, path));
  }
  return [{ path, what: issue.message }];
}

/** Whether an alternative was not even what the value is: a text where a list is. */
function isOfAnotherKind(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

/** The line of the value at a path or, where there is none, of the nearest thing around it. */
function lineOf(path: readonly PropertyKey[], tree: Node, source: string): number {
  const steps = path.filter((step) => typeof step !== "symbol");
  for (let length = steps.length; length >= 0; length -= 1) {
    const node = findNodeAtLocation(tree, steps.slice(0, length));
    if (node !== undefined) return lineAt(source, node.offset);
  }
  return 1;
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

function dotted(path: readonly PropertyKey[], whole: string): string {
  return path.length === 0 ? whole : path.map(String).join(".");
}

/** `CommaExpected` → `comma expected`. */
function words(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, " $&").toLowerCase();
}

/** Settings as people write them: JSON with comments and trailing commas. Every mistake is told with its line. */
import { readFile } from "node:fs/promises";
import {
  findNodeAtLocation,
  getNodePath,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from "jsonc-parser";
import { z } from "zod";
import { settingMistake } from "./config-words.js";
import { UsageError, systemCode } from "./exit-codes.js";

/** A file of settings that has been read and checked. */
export interface ConfigText<Settings> {
  readonly settings: Settings;
  /** The error to throw for mistakes that only show when more than the text is looked at: in the order of their lines. */
  mistaken(mistakes: readonly Mistake[]): UsageError;
}

/** A mistake, and where among the settings it is. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly what: string;
}

/** One whose path does not tell its line. */
interface LocatedMistake extends Mistake {
  readonly line?: number;
}

/**
 * Text of a file that holds settings; `shown`: what it is called in messages.
 *
 * @throws {UsageError} where it cannot be read, or is not UTF-8.
 */
export async function readConfigFile(file: string, shown = file): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = systemCode(error) ?? String(error);
    throw new UsageError(`${shown}: ${UNREADABLE[code] ?? `cannot be read (${code})`}`, { cause: error });
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`${shown}: is not UTF-8; save it as UTF-8`, { cause: error });
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "is a folder; name the file in it",
  EACCES: "no permission to read it",
};

/**
 * Reads and checks a text; `file` is its name in messages, `whole` what all of it is called there ("the profile").
 *
 * @throws {UsageError} with every mistake in it: file, line, place, what is expected. Where it is no JSON: the first one.
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
  const mistaken = (mistakes: readonly LocatedMistake[]): UsageError => {
    const lines = mistakes
      .map(({ path, what, line = lineOf(path, tree, source) }) => ({
        line,
        what: `${dotted(path, whole)}: ${what}`,
      }))
      .sort((a, b) => a.line - b.line)
      .map(({ line, what }) => `${file}:${line}: ${what}`);
    return new UsageError(lines.join("\n"));
  };
  const result = schema.safeParse(getNodeValue(tree), { error: settingMistake });
  const mistakes = [
    ...namedTwice(tree, source),
    ...(result.success ? [] : result.error.issues.flatMap((issue) => mistakesOf(issue, []))),
  ];
  if (!result.success || mistakes.length > 0) throw mistaken(mistakes);
  return { settings: result.data, mistaken };
}

/** Settings that stand in an object more than once: JSON lets the last one count, and nobody means that. */
function namedTwice(node: Node, source: string): LocatedMistake[] {
  const children = node.children ?? [];
  const inner = children.flatMap((child) => namedTwice(child, source));
  if (node.type !== "object") return inner;
  const seen = new Set<string>();
  for (const { offset, children: [key] = [] } of children) {
    const name = String(key?.value);
    if (seen.has(name))
      inner.push({
        path: [...getNodePath(node), name],
        what: "stands there more than once",
        line: lineAt(source, offset),
      });
    seen.add(name);
  }
  return inner;
}

function mistakesOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Mistake[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], what: "there is no such setting" }));
  if (issue.code === "invalid_union") {
    const apart = namesOfOtherKinds(issue.errors);
    if (apart !== undefined) return [{ path, what: `must have only one of ${apart}` }];
    // What is of a right kind and wrong within is told by what is wrong within.
    const meant = issue.errors.find((issues) => !issues.some(isOfAnotherKind));
    if (meant !== undefined && meant.length > 0) return meant.flatMap((inner) => mistakesOf(inner, path));
  }
  return [{ path, what: issue.message }];
}

/**
 * Names that each belong to one alternative, where nothing is wrong but that they stand together: `"env" and "file"`.
 * Undefined where something else is wrong, or is too.
 */
function namesOfOtherKinds(alternatives: readonly (readonly z.core.$ZodIssue[])[]): string | undefined {
  const foreign = alternatives.map((issues) =>
    issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" && issue.path.length === 0 ? [issue.keys] : [],
    ),
  );
  const isAllThereIs = alternatives.every(
    (issues, index) => issues.length === 1 && foreign[index]?.length === 1,
  );
  const names = [...new Set(foreign.flat(2))].sort();
  const isKnown = (name: string) => foreign.some((keys) => !keys.flat().includes(name));
  if (!isAllThereIs || !names.every(isKnown)) return undefined;
  return names.map((name) => JSON.stringify(name)).join(" and ");
}

/** Whether an alternative was not even what the value is: a text where a list is. */
function isOfAnotherKind(issue: z.core.$ZodIssue): boolean {
  return (issue.code === "invalid_type" || issue.code === "invalid_value") && issue.path.length === 0;
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
  return source.slice(0, offset).split(/\r\n|\r|\n/).length;
}

function dotted(path: readonly PropertyKey[], whole: string): string {
  return path.length === 0 ? whole : path.map(String).join(".");
}

/** `CommaExpected` → `comma expected`. */
function words(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, " $&").toLowerCase();
}

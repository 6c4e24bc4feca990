/** File patterns: `*`, `**`, `?`, `[a-z]`, `[!a-z]`. Node 20 has no glob of its own. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A set, a wildcard, or a character that means something to a regular expression. */
const TOKEN = /\[([!^]?)(\][^\]]*|[^\]]+)\]|[*?]|[\\^$.|+(){}[\]]/g;

/** Whether an argument holds a wildcard at all. */
export function isPattern(argument: string): boolean {
  return /[*?[]/.test(argument);
}

/**
 * One path segment of a pattern as a test for names. Wildcards never match a leading dot, as in a shell; a `[`
 * that is never closed is itself.
 */
export function segmentMatcher(segment: string): (name: string) => boolean {
  const source = segment.replaceAll(TOKEN, (token, not: string | undefined, set: string | undefined) => {
    if (token === "*") return ".*";
    if (token === "?") return ".";
    if (set !== undefined) return `[${not === "" ? "" : "^"}${set.replaceAll(/[\\\]^[]/g, "\\$&")}]`;
    return `\\${token}`;
  });
  const pattern = compile(`^${source}$`);
  return (name) => pattern.test(name) && (segment.startsWith(".") || !name.startsWith("."));
}

/** A range the wrong way round (`[z-a]`) matches nothing, as in a shell. */
function compile(source: string): RegExp {
  try {
    return new RegExp(source, "su");
  } catch {
    return /(?!)/;
  }
}

/** The paths of the files that a pattern matches, in no particular order. Folders that cannot be read hold none. */
export async function matchingFiles(pattern: string): Promise<string[]> {
  const segments = pattern.split("/");
  const found: string[] = [];
  await walk(pattern.startsWith("/") ? "/" : "", segments.filter(Boolean), found);
  return [...new Set(found)];
}

async function walk(folder: string, segments: readonly string[], found: string[]): Promise<void> {
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  if (segment === "**") {
    // Zero folders, or one more and again. `**` at the end stands for every file beneath.
    await walk(folder, rest.length === 0 ? ["*"] : rest, found);
    for (const entry of await entries(folder)) {
      if (entry.isDirectory() && !entry.name.startsWith("."))
        await walk(join(folder, entry.name), segments, found);
    }
    return;
  }
  if (!isPattern(segment)) return step(join(folder, segment), rest, found);
  const matches = segmentMatcher(segment);
  for (const entry of await entries(folder)) {
    if (matches(entry.name)) await step(join(folder, entry.name), rest, found);
  }
}

async function step(path: string, rest: readonly string[], found: string[]): Promise<void> {
  const about = await stat(path).catch(() => undefined);
  if (about === undefined) return;
  if (rest.length > 0) {
    if (about.isDirectory()) await walk(path, rest, found);
  } else if (!about.isDirectory()) found.push(path);
}

async function entries(folder: string) {
  return readdir(folder === "" ? "." : folder, { withFileTypes: true }).catch(() => []);
}

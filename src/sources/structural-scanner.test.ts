import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ScanWindow } from "./scan-window.js";

/** Brackets and strings one byte at a time, as plainly as it can be said. */
function slowly(text: string): { readonly spans: number[]; readonly closedAt: number | undefined } {
  const spans: number[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  let escaping = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const escaped: boolean = escaping;
    escaping = char === "\\" && !escaped;
    if (char === '"' && !escaped) inString = !inString;
    else if (inString) continue;
    else if (char === "{" || char === "[") {
      if (depth === 0) start = i;
      depth++;
    } else if (char === "}" || char === "]") {
      if (depth === 0) return { spans, closedAt: i };
      depth--;
      if (depth === 0) spans.push(start, i + 1);
    }
  }
  return { spans, closedAt: undefined };
}

/** The same by the scanner, the text arriving in chunks; `keep` says whether the window is moved along. */
function fast(text: string, sizes: readonly number[]): ReturnType<typeof slowly> {
  const window = new ScanWindow();
  const bytes = Buffer.from(text, "latin1");
  const spans: number[] = [];
  window.beginScan(0);
  const scanAll = (): boolean => {
    for (;;) {
      const before = window.position;
      const count = window.scan(false);
      for (let i = 0; i < count * 2; i++) spans.push(window.scanned(i));
      if (window.closed) return true;
      if (window.position === before) return false;
    }
  };
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    window.release(window.openedAt ?? window.position);
    window.append(bytes.subarray(at, (at += sizes[i % sizes.length] ?? 1)));
    if (scanAll()) return { spans, closedAt: window.position };
  }
  window.ended = true;
  return scanAll() ? { spans, closedAt: window.position } : { spans, closedAt: undefined };
}

const soup = fc.string({ unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", "a"), maxLength: 400 });
const slashes = fc.string({ unit: fc.constantFrom("\\", "\\", "\\", '"', "[", "]"), maxLength: 400 });
const sizes = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 4 });

describe("the structural scanner", () => {
  test.each([
    ["brackets, quotes and backslashes in any order", soup],
    ["long runs of backslashes", slashes],
  ])("finds what a plain loop finds: %s", (_, texts) => {
    fc.assert(
      fc.property(texts, sizes, (text, chunks) => {
        expect(fast(text, chunks)).toEqual(slowly(text));
      }),
      { numRuns: 1000 },
    );
  });

  test("a backslash run may end on any side of a 64-byte block", () => {
    for (let before = 55; before < 70; before++) {
      for (let run = 0; run < 70; run++) {
        const text = `${"a".repeat(before)}"${"\\".repeat(run)}"{}"[]`;
        expect(fast(text, [1000])).toEqual(slowly(text));
      }
    }
  });

  test("reports more containers than fit into one answer", () => {
    const text = "[]{}".repeat(10_000);
    expect(fast(text, [1 << 20]).spans).toHaveLength(40_000);
  });

  test("the committed module is what its source assembles to", () => {
    const script = fileURLToPath(new URL("../../scripts/build-scanner.mjs", import.meta.url));
    const committed = readFileSync(new URL("structural-scanner.generated.ts", import.meta.url), "utf8");
    expect(execFileSync(process.execPath, [script, "--print"], { encoding: "utf8" })).toBe(committed);
  });
});

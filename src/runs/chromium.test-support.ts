/** Chromium as the judge of what a browser makes of the pages written here. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { type TestContext, it } from "vitest";

const PLACES = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser"];
const executable = PLACES.find((place) => place !== undefined && existsSync(place));

/** Without anything that would speak to a network on its own. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium without a window. Throws Error where there is none. */
export async function openChromium(): Promise<Browser> {
  if (executable === undefined) throw new Error(MISSING);
  return chromium.launch({ executablePath: executable, args: FLAGS });
}

const MISSING = "Chromium is not installed; CI must have it (apt-get install chromium, or set CHROMIUM)";

/** A test that needs Chromium: skipped with a message where it is missing, failing in CI, which must have it. */
export function itInChromium(
  name: string,
  test: (context: TestContext) => Promise<void>,
  timeout = 30_000,
): void {
  it(
    name,
    async (context) => {
      if (executable === undefined && process.env["CI"] === undefined) context.skip(MISSING);
      if (executable === undefined) throw new Error(MISSING);
      await test(context);
    },
    timeout,
  );
}

/** Whether there is one, for what tests do before. */
export const hasChromium: boolean = executable !== undefined;

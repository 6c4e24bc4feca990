// @ts-check
/**
 * Writes the pictures of the review page that the README shows: docs/review.png and, narrow and dark,
 * docs/review-narrow.png. Made from the bundled demo by the built program (`npm run build`); letters are those of the
 * machine it runs on.
 *
 *   node scripts/screenshot.mjs [--program dist] [-o docs]
 *
 * Chromium: CHROMIUM, else /usr/bin/chromium.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

/** @import { Browser } from "playwright-core" */

/**
 * @typedef {object} Picture
 * @property {string} file
 * @property {number} width
 * @property {number} height
 * @property {"light" | "dark"} scheme
 * @property {string} shown id of the Location whose proposal is open
 * @property {readonly string[]} decided what is done before: Location id and key
 * @property {readonly string[]} pressed what is done in the open proposal
 * @property {readonly string[]} opened what is unfolded in it
 */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PROFILE = "fixtures/profiles/example.jsonc";
/** Pixels of the picture for one of the page: sharp enough, and not too large a file. */
const SHARPNESS = 1.25;
const DAY = "2026-11-01";

/** @type {readonly Picture[]} */
const PICTURES = [
  {
    file: "review.png",
    width: 1440,
    height: 840,
    scheme: "light",
    // A conflict: OSM, the last import and the feed say three different things.
    shown: "DEMO-06",
    decided: ["DEMO-05 a", "DEMO-08 a", "DEMO-11 d", "DEMO-00 r"],
    pressed: [],
    opened: [".more-tags summary"],
  },
  {
    file: "review-narrow.png",
    width: 400,
    height: 820,
    scheme: "dark",
    shown: "DEMO-02",
    decided: [],
    pressed: [],
    opened: [],
  },
];

const { values } = parseArgs({
  options: {
    program: { type: "string", default: "dist" },
    output: { type: "string", short: "o", default: "docs" },
  },
});

/** Compares the demo with its bit of OSM as an example source, whose profile has a licence. @param {string} folder */
function demoReview(folder) {
  const { name } = /"name":\s*"(?<name>[^"]+)"/.exec(readFileSync(join(ROOT, PROFILE), "utf8"))?.groups ?? {};
  const state = readFileSync(join(ROOT, "fixtures/osm/demo-state.ndjson"), "utf8");
  // The bundled state is that of the demo, which runs without a profile.
  writeFileSync(join(folder, "state.ndjson"), state.replace('"unnamed source"', JSON.stringify(name)));
  const program = join(values.program, "cli.js");
  const memory = ["--state", join(folder, "state.ndjson"), "--profile", PROFILE, "--as-of", DAY];
  const output = ["-o", join(folder, "diff"), "--quiet"];
  const args = ["diff", "fixtures/demo.json", "--osm", "fixtures/osm/demo.osm", ...memory, ...output];
  execFileSync(process.execPath, [program, ...args], { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
  return pathToFileURL(join(folder, "diff/review.html")).href;
}

/** @param {Browser} browser @param {string} url @param {Picture} picture */
async function take(browser, url, { file, width, height, scheme, shown, decided, pressed, opened }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    deviceScaleFactor: SHARPNESS,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector(".list .row");
  /** @param {string} id */
  const open = async (id) => {
    await page.locator(".row", { hasText: id }).click();
    await page.locator(".facts", { hasText: id }).waitFor();
  };
  for (const step of decided) {
    const [id = "", key = ""] = step.split(" ");
    await open(id);
    await page.keyboard.press(key);
  }
  await open(shown);
  for (const part of opened) await page.locator(part).first().click();
  for (const key of pressed) await page.keyboard.press(key);
  // A moment later nothing moves any more, and the focus is nowhere.
  await page.evaluate("document.activeElement?.blur()");
  await page.waitForTimeout(300);
  const path = join(values.output, file);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  process.stdout.write(`${path}: ${statSync(path).size} bytes\n`);
  await context.close();
}

const scratch = mkdtempSync(join(tmpdir(), "ocpi2osm-screenshot-"));
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
try {
  const url = demoReview(scratch);
  for (const picture of PICTURES) await take(browser, url, picture);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}

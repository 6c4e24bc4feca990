// @ts-check
/**
 * What a review page of many proposals costs in Chromium: until its list can be used, to filter, and frame by frame
 * while it scrolls.
 *
 *   node scripts/bench-review.mjs [--locations 48000] [--seed 1] [--program dist] [--page review.html] [--rounds 3]
 *
 * The page is that of a generated world (about 1.03 proposals a Location), kept in bench-data/ and used again; `--page`
 * takes another. Chromium: CHROMIUM, else /usr/bin/chromium.
 */
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

/** @import { Page } from "playwright-core" */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SECONDS_OF_SCROLLING = 4;
const SEARCHED = "Charge";

const { values } = parseArgs({
  options: {
    locations: { type: "string", default: "48000" },
    seed: { type: "string", default: "1" },
    program: { type: "string", default: "dist" },
    page: { type: "string" },
    rounds: { type: "string", default: "3" },
  },
});

/** Makes the world, unless it is there, and its review, unless it is newer than the built page. */
function reviewPage() {
  const folder = `${ROOT}bench-data/review-${values.locations}-${values.seed}`;
  const page = `${folder}/diff/review.html`;
  const built = statSync(resolve(ROOT, values.program, "review-page/page.html")).mtimeMs;
  if (existsSync(page) && statSync(page).mtimeMs > built) return page;
  /** @param {string[]} args */
  const node = (args) =>
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
  const world = ["--locations", values.locations, "--seed", values.seed, "--program", values.program];
  if (!existsSync(`${folder}/osm.osm`)) node(["scripts/generate-osm.mjs", "-o", folder, ...world]);
  const extract = ["--osm", `${folder}/osm.osm`, "-o", `${folder}/diff`, "--quiet"];
  node([`${values.program}/cli.js`, "diff", `${folder}/feed.ndjson`, ...extract]);
  return page;
}

/** In the page: notes when the list and the first proposal can be seen. */
function watchForFirst() {
  /** @type {Record<string, number>} */
  const seen = {};
  Object.assign(globalThis, { seen });
  const look = () => {
    if (seen["list"] === undefined && document.querySelector(".list .row")) seen["list"] = performance.now();
    if (seen["proposal"] === undefined && document.querySelector(".proposal-head h2"))
      seen["proposal"] = performance.now();
    if (seen["list"] === undefined || seen["proposal"] === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** In the page: scrolls the list by a screen a frame and notes how long each frame took. @param {number} seconds */
function scrolled(seconds) {
  return new Promise((done) => {
    const list = document.querySelector(".list");
    /** @type {number[]} */
    const frames = [];
    const start = performance.now();
    let last = start;
    let empty = 0;
    const step = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if (list) {
        if (list.querySelectorAll(".row").length === 0) empty += 1;
        list.scrollTop += list.clientHeight;
        if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) list.scrollTop = 0;
      }
      if (now - start < 1000 * seconds) requestAnimationFrame(step);
      else done({ frames: frames.slice(1), empty });
    };
    requestAnimationFrame(step);
  });
}

/** In the page: types a search and waits for the list that comes of it. @param {string} text */
function searched(text) {
  return new Promise((done) => {
    const field = document.querySelector("#search");
    const list = document.querySelector(".list-all");
    if (!(field instanceof HTMLInputElement) || !(list instanceof HTMLElement)) return done(-1);
    const height = list.style.height;
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const look = () => {
      if (list.style.height !== height) done(performance.now() - start);
      else if (performance.now() - start > 5000) done(-1);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** @param {number[]} sorted @param {number} share */
function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** @param {Page} page */
async function heapMegabytes(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

const file = values.page === undefined ? reviewPage() : resolve(values.page);
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);
say(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
for (let round = 1; round <= Number(values.rounds); round++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watchForFirst);
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector(".proposal-head h2", { timeout: 120_000 });
  const seen = await page.evaluate("seen");
  const of = await page.locator(".progress span").innerText();
  const { frames, empty } = await page.evaluate(scrolled, SECONDS_OF_SCROLLING);
  const search = await page.evaluate(searched, SEARCHED);
  const sorted = frames.toSorted((a, b) => a - b);
  say(
    `round ${round}: ${of.replaceAll("\n", " ")}; list after ${seen.list.toFixed(0)} ms, first proposal after ${seen.proposal.toFixed(0)} ms; ` +
      `search ${search.toFixed(0)} ms; scrolling ${frames.length} frames in ${SECONDS_OF_SCROLLING} s: median ${at(sorted, 0.5).toFixed(1)}, ` +
      `95 % ${at(sorted, 0.95).toFixed(1)}, longest ${at(sorted, 1).toFixed(0)} ms, ${empty} without rows; heap ${(await heapMegabytes(page)).toFixed(0)} MB`,
  );
  await context.close();
}
await browser.close();

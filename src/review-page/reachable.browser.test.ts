/** For every eye, hand and screen: axe-core, small and large, light and dark, keyboard alone, offline. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Proposal } from "../merging/proposal.js";
import { CREATE, MODIFY, REVIEW, WAY, WAY_NODES } from "../proposals/proposal.test-support.js";
import { LICENSED } from "../proposals/emitted.test-support.js";
import { reviewFiles } from "../proposals/review-page.js";
import { itInChromium } from "../runs/chromium.test-support.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import {
  decidedText,
  expectCalm,
  openPage,
  reviewAt,
  useChromium,
  violations,
} from "../commands/opened-review.test-support.js";
import { readReviewTemplate } from "../commands/comparison/review-template.js";

const chromium = useChromium();
const folder = temporaryFolder();
afterAll(() => folder.remove());

const ofWay: Proposal = {
  ...MODIFY,
  id: "modify/w",
  location: { ...MODIFY.location, key: "w", lat: 54.703, lon: 25.3, operator: "Long ".repeat(30) },
  target: WAY,
  wayNodes: WAY_NODES,
  runnerUp: { osm: "n77", score: 0.3, distance: 20, parts: [], lat: 54.7033, lon: 25.3002 },
};
const placed: Proposal = {
  ...REVIEW,
  candidates: REVIEW.candidates.map((one, index) =>
    Object.assign({}, one, { lat: 54.5 + index / 5000, lon: -25.25 }),
  ),
  nearby: [{ osm: "n9", version: 1, lat: 54.5003, lon: -25.2503 }],
};
const conflict: Proposal = {
  ...MODIFY,
  id: "conflict/c",
  change: "conflict",
  location: { ...MODIFY.location, key: "c" },
};
const close: Proposal = {
  ...MODIFY,
  id: "close/d",
  change: "close",
  location: { ...MODIFY.location, key: "d" },
};
const proposals = [CREATE, MODIFY, ofWay, placed, conflict, close];
let url: string;

beforeAll(async () => {
  url = await reviewAt(join(folder.path, "review.html"), proposals, { ...LICENSED, source: "Example" });
});

const SCREENS = [320, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((scheme) => ({ width, scheme })),
);

/** Shows the proposal of a row; on a narrow screen the list is a step back. */
async function openRow(page: Page, index: number, width: number): Promise<void> {
  if (width < 600)
    await page
      .locator(".back")
      .click({ timeout: 200 })
      .catch(() => undefined);
  await page.locator(".list .row").nth(index).click();
}

describe.each(SCREENS)("at $width px, $scheme", ({ width, scheme }) => {
  const screen = { viewport: { width, height: 800 }, colorScheme: scheme };

  itInChromium("axe finds nothing serious in list, proposals, filters and dialogs", async () => {
    const { page } = await openPage(await chromium.profile(screen), url, ".list .row");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("f");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("f");
    for (const key of ["e", "?"]) {
      await page.keyboard.press(key);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
    }
    for (const index of proposals.keys()) {
      await openRow(page, index, width);
      await page.waitForSelector(".proposal-head h2");
      if (index === 1) await page.keyboard.press("a");
      expect(await violations(page)).toEqual([]);
    }
  });

  itInChromium("nothing is wider than the screen", async () => {
    const { page } = await openPage(await chromium.profile(screen), url, ".list .row");
    const tooWide = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await tooWide()).toBeLessThanOrEqual(0);
    for (const index of proposals.keys()) {
      await openRow(page, index, width);
      await page.waitForSelector(".proposal-map");
      expect([index, await tooWide()]).toEqual([index, 0]);
      const inner = await page.evaluate(() => {
        const pane = document.querySelector(".proposal");
        return pane === null ? 0 : pane.scrollWidth - pane.clientWidth;
      });
      expect([index, inner]).toEqual([index, 0]);
    }
  });
});

describe("with keys alone", () => {
  itInChromium("everything that can be pressed can be reached, and shows that it is", async () => {
    const { page } = await openPage(await chromium.profile(), url);
    const pressable = await page.evaluate(
      () =>
        document.querySelectorAll("button:enabled, a[href], input, select, summary, [role=listbox]").length,
    );
    const reached = new Set<string>();
    const unseen: string[] = [];
    for (let step = 0; step < 3 * pressable; step++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        const { outlineStyle, boxShadow } = getComputedStyle(element);
        const isShown = outlineStyle !== "none" || boxShadow !== "none";
        const all = [...document.querySelectorAll("*")];
        return { at: String(all.indexOf(element)), html: element.outerHTML.slice(0, 80), isShown };
      });
      if (focused === undefined) continue;
      if (reached.has(focused.at)) break;
      reached.add(focused.at);
      if (!focused.isShown) unseen.push(focused.html);
    }
    expect(unseen).toEqual([]);
    expect(reached.size).toBeGreaterThanOrEqual(pressable);
  });

  itInChromium("a whole review is done, help and filters included", async () => {
    const watched = await openPage(await chromium.profile(), url);
    const { page } = watched;
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").innerText()).toMatch(/next proposal/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.waitForSelector("#note:focus");
    await page.keyboard.type("looked at it");
    await page.keyboard.press("Escape");
    for (const _ of proposals) await page.keyboard.press("r");
    expect(await decidedText(page)).toBe(`${proposals.length} of ${proposals.length} decided`);
    expect(await page.getByRole("status").first().innerText()).not.toBe("");
    expectCalm(watched);
  });
});

describe("without a network", () => {
  itInChromium("nothing is missing and nothing is asked for, in any proposal", async () => {
    const context = await chromium.profile({ offline: true });
    const watched = await openPage(context, url);
    for (const _ of proposals) {
      await watched.page.waitForSelector(".proposal-map svg.sketch");
      await watched.page.keyboard.press("j");
    }
    const missing = await watched.page.evaluate(() =>
      [...document.images].filter(({ naturalWidth }) => naturalWidth === 0).map(({ src }) => src),
    );
    expect(missing).toEqual([]);
    expectCalm(watched);
  });
});

describe("in parts", () => {
  itInChromium("the page of contents leads to them, and they back to it", async () => {
    const many = Array.from({ length: 5 }, (_, index) => {
      const key = `LT*X*${index}`;
      return { ...MODIFY, id: `modify/${key}`, location: { ...MODIFY.location, key } };
    });
    const about = { ...LICENSED, source: "Example" };
    const limits = { proposals: 2, characters: 1e9 };
    mkdirSync(join(folder.path, "parts"));
    for (const { file, pieces } of reviewFiles(many, about, await readReviewTemplate(), { limits })) {
      let html = "";
      for await (const piece of pieces) html += piece;
      writeFileSync(join(folder.path, "parts", file), html);
    }
    const contents = pathToFileURL(join(folder.path, "parts/review.html")).href;
    const watched = await openPage(
      await chromium.profile({ viewport: { width: 320, height: 800 } }),
      contents,
      "table",
    );
    const { page } = watched;
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "Part 3" }).click();
    await page.waitForSelector(".list .row");
    expect(await page.locator(".list .row").count()).toBe(1);
    await page.getByRole("link", { name: "All parts" }).click();
    await page.waitForSelector("table");
    expectCalm(watched);
  });
});

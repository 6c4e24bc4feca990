/** A review page as it is opened in Chromium from the disk, with an eye on all that must not happen. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { Proposal } from "../merging/proposal.js";
import { LICENSED } from "../proposals/emitted.test-support.js";
import type { OutputAbout } from "../proposals/output-form.js";
import { reviewFiles } from "../proposals/review-page.js";
import { hasChromium, openChromium } from "../runs/chromium.test-support.js";
import { readReviewTemplate } from "./comparison/review-template.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What an opened page did that a user would not want. */
export interface Watched {
  readonly page: Page;
  /** Everything it asked of a network. */
  readonly requests: readonly string[];
  /** Errors, warnings, dialogs. */
  readonly troubles: readonly string[];
}

/** A browser for the tests of a file, where there is Chromium. */
export function useChromium() {
  let browser: Awaited<ReturnType<typeof openChromium>> | undefined;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    if (hasChromium) browser = await openChromium();
  }, 60_000);
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
  });
  return {
    /** A browser profile of its own, with nothing kept in it. */
    async profile(options: BrowserContextOptions = {}): Promise<BrowserContext> {
      if (browser === undefined) throw new Error("no Chromium");
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: "en",
        ...options,
      });
      contexts.push(context);
      return context;
    },
  };
}

/** Opens a page and waits until a proposal is shown, or `until` is there. Whatever it asks of a network is refused. */
export async function openPage(
  context: BrowserContext,
  url: string,
  until = ".proposal-head h2",
): Promise<Watched> {
  const requests: string[] = [];
  const troubles: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (/^(?:https?|wss?|ftp):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(url);
  await page.waitForSelector(until);
  return { page, requests, troubles };
}

/** Writes review.html of these proposals; returns its URL. */
export async function reviewAt(
  file: string,
  proposals: readonly Proposal[],
  about: OutputAbout = { ...LICENSED, source: "Example" },
): Promise<string> {
  let html = "";
  for (const { pieces } of reviewFiles(proposals, about, await readReviewTemplate()))
    for await (const piece of pieces) html += piece;
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

/** Nothing was asked of a network, and nothing went wrong. */
export function expectCalm({ requests, troubles }: Watched): void {
  expect({ requests, troubles }).toEqual({ requests: [], troubles: [] });
}

/** The decisions that Export saves, as they stand in the file. */
export async function exported(page: Page): Promise<string> {
  await page.keyboard.press("e");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export decisions.ndjson" }).click();
  const stream = await (await download).createReadStream();
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  await page.keyboard.press("Escape");
  return text;
}

/** How many are decided, as the page says it: `3 of 12 decided`. */
export async function decidedText(page: Page): Promise<string> {
  return (await page.locator(".progress span").innerText()).replace(/ ·.*/s, "").trim();
}

/** The id of the proposal that is shown. */
export function shownProposal(page: Page): Promise<string> {
  return page.locator(".source dd bdi").first().innerText();
}

/** What a key did has come to be seen. */
export async function rendered(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  await page.waitForSelector(".proposal-head");
}

export interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

/** What axe-core finds that is serious or worse. It is put in by the debugger: the page's own policy forbids scripts. */
export async function violations(page: Page): Promise<readonly Violation[]> {
  const found: string = await page.evaluate(
    `(() => { ${AXE}; })(); axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => JSON.stringify(
      violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 160)) }))))`,
  );
  const all: Violation[] = JSON.parse(found);
  return all.filter(({ impact }) => impact === "serious" || impact === "critical");
}

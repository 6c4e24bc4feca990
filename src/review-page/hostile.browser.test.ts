/** Whatever stands in a feed or in OSM is text on the page, and nothing else. */
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import type { Proposal } from "../merging/proposal.js";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import { CREATE, MODIFY, REVIEW, proposalWith } from "../proposals/proposal.test-support.js";
import { LICENSED } from "../proposals/emitted.test-support.js";
import { itInChromium } from "../runs/chromium.test-support.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { expectCalm, openPage, reviewAt, useChromium } from "../commands/opened-review.test-support.js";

const chromium = useChromium();
const folder = temporaryFolder();
afterAll(() => folder.remove());

const TEXTS = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "javascript:alert(1)",
  "&lt;b&gt;bold&lt;/b&gt;",
  "\u202eRTL override",
  "👩‍🔧".repeat(51),
  "𝒳".repeat(255),
  "{{constructor.constructor('alert(1)')()}}",
  "${alert(1)}",
  "constructor",
  "-->",
  "[x](javascript:alert(1))",
  ...HOSTILE_TEXTS,
];

/** Each text in a proposal of its own, wherever a feed or a mapper can write. */
const hostile: readonly Proposal[] = TEXTS.map((text, index) => {
  const made = proposalWith(text);
  const id = `modify/${String(index).padStart(3, "0")}${text}`;
  return { ...made, id, location: { ...made.location, key: id, country: "LT" } };
});

itInChromium(
  "hostile texts are shown as they are: no script runs, nothing is asked of a network, nothing breaks",
  async () => {
    const about = {
      ...LICENSED,
      source: TEXTS.join(" "),
      asOf: "<b>",
      licence: { id: "<i>", url: "javascript:alert(1)" },
    };
    const url = await reviewAt(join(folder.path, "hostile.html"), hostile, about);
    const watched = await openPage(await chromium.profile({ viewport: { width: 1280, height: 3000 } }), url);
    const { page } = watched;
    expect(await page.locator(".list .row").count()).toBe(hostile.length);
    for (const { tags } of hostile) {
      const value = tags[0]?.old ?? "";
      const body = await page.evaluate(() => document.querySelector(".proposal")?.textContent ?? "");
      // What HTML cannot hold, browsers show as a sign for it; white space folds.
      const plain = (text: string): string =>
        text.replaceAll("\0", "").replace(/[\s\ufffd\ud800-\udfff]+/g, "");
      expect(plain(body)).toContain(plain(value));
      expect(
        await page.locator(".proposal img, .proposal script, .proposal a[href^=javascript]").count(),
      ).toBe(0);
      await page.keyboard.press("j");
    }
    expectCalm(watched);
  },
);

itInChromium("keys such as __proto__ are tags like any other", async () => {
  const tags = ["__proto__", "constructor", "hasOwnProperty"].map((key) =>
    Object.assign({}, MODIFY.tags[1], { key, new: "v" }),
  );
  const odd: Proposal = { ...MODIFY, tags: tags.flatMap((tag) => (tag.class === undefined ? [] : [tag])) };
  const url = await reviewAt(join(folder.path, "keys.html"), [odd]);
  const watched = await openPage(await chromium.profile(), url);
  const { page } = watched;
  for (const [index, { key }] of tags.entries()) {
    await page.keyboard.press(`${index + 1}`);
    expect(await page.locator(".decision-about").innerText()).toContain(key);
    await page.keyboard.press("r");
  }
  expectCalm(watched);
});

itInChromium("without a licence it says so, and has no way into an editor (D9)", async () => {
  const about = { ...LICENSED, licensed: false, licence: undefined };
  const url = await reviewAt(join(folder.path, "bare.html"), [CREATE, MODIFY, REVIEW], about);
  const watched = await openPage(await chromium.profile(), url);
  const { page } = watched;
  expect(await page.locator(".banner").innerText()).toMatch(/compare only: survey before you map/i);
  for (let step = 0; step < 3; step++) {
    expect(await page.locator("a[href*='127.0.0.1:8111']").count()).toBe(0);
    await page.keyboard.press("l");
    await page.keyboard.press("j");
  }
  expectCalm(watched);
});

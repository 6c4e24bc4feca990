/** A review as a mapper does it: open, filter, decide by keyboard, hand the decisions to the next run. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { apply } from "../commands/apply.js";
import { SILENT } from "../commands/convert.test-support.js";
import { asked, diffed, placeOf } from "../commands/diff.test-support.js";
import { mixedFeed, mixedWorld } from "../commands/mixed-world.test-support.js";
import { nodeOf } from "../commands/osm-world.test-support.js";
import { fixture } from "../commands/run-cli.test-support.js";
import { decisionSchema } from "../merging/decisions.js";
import { itInChromium } from "../runs/chromium.test-support.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import {
  decidedText,
  expectCalm,
  exported,
  openPage,
  rendered,
  shownProposal,
  useChromium,
} from "../commands/opened-review.test-support.js";

const chromium = useChromium();
const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
let world = mixedWorld();
let ids: readonly string[];
let url: string;

/** How to settle what is no plain yes: the candidate near Location 7 is it; the disused station at 5 is left alone. */
const YES: ReadonlyMap<string, readonly string[]> = new Map([
  ["review/LT*ABC*5", ["r"]],
  ["review/LT*ABC*7", ["1", "a"]],
]);

/** `diff` of the same feed and world, with these decisions. */
async function compared(name: string, decisions?: string) {
  writeFileSync(path("feed.json"), mixedFeed());
  const more = decisions === undefined ? {} : { decisions: path("decisions.ndjson") };
  if (decisions !== undefined) writeFileSync(path("decisions.ndjson"), decisions);
  const profile = fixture("profiles/example.jsonc");
  return diffed([path("feed.json")], world.saveTo(path("osm.osm")), path(name), { profile, ...more });
}

beforeAll(async () => {
  const { latitude, longitude } = placeOf(7);
  const north = (Number(latitude) + 0.0005).toFixed(7);
  world.add(nodeOf(71, north, longitude, { amenity: "charging_station", operator: "Somebody" }));
  const results = await compared("out");
  ids = results.proposals.map(({ id }) => id);
  url = pathToFileURL(path("out/review.html")).href;
  expect(ids).toEqual(expect.arrayContaining([...YES.keys(), "create/LT*ABC*8", "modify/LT*ABC*2"]));
});

const parsed = (lines: string) =>
  lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => decisionSchema.parse(JSON.parse(line)));

describe("the page of a diff", () => {
  itInChromium("shows every proposal of it, and each in full when it is gone to", async () => {
    const watched = await openPage(await chromium.profile(), url);
    const { page } = watched;
    expect(await page.locator(".list .row").count()).toBe(ids.length);
    const shown: string[] = [];
    for (const _ of ids) {
      shown.push(await shownProposal(page));
      await page.keyboard.press("j");
      await rendered(page);
    }
    expect(shown.sort()).toEqual([...ids].sort());
    expectCalm(watched);
  });

  itInChromium("lists what is ticked and searched for", async () => {
    const { page } = await openPage(await chromium.profile(), url);
    await page.keyboard.press("f");
    await page.getByRole("checkbox", { name: /^create/ }).check();
    const creates = ids.filter((id) => id.startsWith("create/"));
    expect(await page.locator(".list .row").count()).toBe(creates.length);
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await page.keyboard.press("f");
    await page.keyboard.press("/");
    await page.keyboard.type("no such station");
    await page.waitForSelector("text=Nothing here");
  });

  itInChromium("takes what is typed right after n or / as text, on a narrow screen, too", async () => {
    // As fast as a browser can hand keys out: each in a task of its own, none waiting for a frame.
    const typed = `(async () => {
      const next = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
      const press = (key) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      const reached = [];
      for (const key of ["n", "/"]) {
        press(key);
        await next();
        reached.push(document.activeElement?.id);
        press("a");
        await next();
        document.activeElement?.blur();
      }
      return reached;
    })()`;
    for (const width of [320, 1280]) {
      const narrow = { viewport: { width, height: 800 } };
      const { page } = await openPage(await chromium.profile(narrow), url, ".list .row");
      expect(await page.evaluate(typed)).toEqual(["note", "search"]);
      expect(await decidedText(page)).toBe(`0 of ${ids.length} decided`);
    }
  });

  itInChromium("decides nothing unseen: on a narrow screen the list goes to the proposal first", async () => {
    const narrow = { viewport: { width: 320, height: 800 } };
    const { page } = await openPage(await chromium.profile(narrow), url, ".list .row");
    await page.keyboard.press("r");
    expect(await page.locator(".proposal-head h2").isVisible()).toBe(true);
    expect(await decidedText(page)).toBe(`0 of ${ids.length} decided`);
    await page.keyboard.press("r");
    expect(await decidedText(page)).toBe(`1 of ${ids.length} decided`);
  });

  itInChromium("undoes as far back as decisions go", async () => {
    const { page } = await openPage(await chromium.profile(), url);
    for (const key of ["a", "r", "d", "a"]) await page.keyboard.press(key);
    expect(await decidedText(page)).toMatch(/^[34] of/);
    for (let step = 0; step < 4; step++) await page.keyboard.press("u");
    expect(await decidedText(page)).toBe(`0 of ${ids.length} decided`);
  });
});

describe("decisions", () => {
  itInChromium(
    "all to reject, made by keyboard and exported, leave the next diff nothing to ask",
    async () => {
      const { page } = await openPage(await chromium.profile(), url);
      for (const _ of ids) await page.keyboard.press("r");
      expect(await decidedText(page)).toBe(`${ids.length} of ${ids.length} decided`);
      const lines = await exported(page);
      const decisions = parsed(lines);
      expect(new Set(decisions.map(({ decision }) => decision))).toEqual(new Set(["reject"]));
      expect(asked(await compared("again", lines))).toEqual([]);
    },
  );

  itInChromium(
    "to accept, made by keyboard, become edits that leave the next diff none of it to ask",
    async () => {
      const { page } = await openPage(await chromium.profile(), url);
      for (const id of ids) {
        expect(await shownProposal(page)).toBe(id);
        for (const key of YES.get(id) ?? ["a"]) await page.keyboard.press(key);
        await rendered(page);
      }
      const lines = await exported(page);
      const accepted = new Set(parsed(lines).map(({ proposal }) => proposal));
      expect([...accepted].sort()).toEqual([...ids].sort());
      writeFileSync(path("accepted.ndjson"), lines);
      const edits = path("accepted.osm");
      const options = {
        decisions: [path("accepted.ndjson")],
        osm: [],
        report: undefined,
        profile: undefined,
      };
      await apply({ ...options, folder: path("out"), output: edits, format: "osm" }, SILENT);
      const before = world.copy();
      try {
        world.upload(readFileSync(edits, "utf8"));
        const again = asked(await compared("applied", lines));
        expect(again.filter((id) => accepted.has(id))).toEqual([]);
      } finally {
        world = before;
      }
    },
  );

  itInChromium("of a tag leave the others of the proposal as they are", async () => {
    const { page } = await openPage(await chromium.profile(), url);
    const several = page
      .locator(".list")
      .getByRole("option", { name: /modify.*[2-9] tags/ })
      .first();
    await several.click();
    await page.waitForSelector(".proposal-head h2");
    const proposal = await shownProposal(page);
    await page.keyboard.press("1");
    await page.keyboard.press("r");
    const lines = await exported(page);
    const [decision, ...more] = parsed(lines);
    expect(more).toEqual([]);
    expect(decision).toMatchObject({ proposal, decision: "reject" });
    expect(decision?.key).toBeDefined();
    const before = readFileSync(path("out/proposals.ndjson"), "utf8");
    const keysIn = (text: string): string[] => {
      const line = text.split("\n").find((one) => one.startsWith(`{"proposal":${JSON.stringify(proposal)},`));
      return [...(line ?? "").matchAll(/\{"key":"([^"]+)","class"/g)].map(([, key = ""]) => key);
    };
    await compared("tag", lines);
    const after = readFileSync(path("tag/proposals.ndjson"), "utf8");
    expect(keysIn(after)).toEqual(keysIn(before).filter((key) => key !== decision?.key));
  });

  itInChromium("stay when the page is opened again, with who made them", async () => {
    const profile = await chromium.profile();
    const first = await openPage(profile, url);
    await first.page.getByLabel("Reviewer").fill("Ona");
    await first.page.locator("#list").focus();
    await first.page.keyboard.press("d");
    await first.page.waitForTimeout(300);
    await first.page.close();
    const { page } = await openPage(profile, url);
    expect(await decidedText(page)).toBe(`1 of ${ids.length} decided`);
    expect(parsed(await exported(page))).toMatchObject([{ decision: "defer", who: "Ona" }]);
  });

  itInChromium(
    "of somebody else are taken in from a file, and what both disagree about is shown",
    async () => {
      const ona = await openPage(await chromium.profile(), url);
      await ona.page.getByLabel("Reviewer").fill("Ona");
      await ona.page.locator("#list").focus();
      for (const key of ["r", "d"]) await ona.page.keyboard.press(key);
      const hers = await exported(ona.page);

      const { page } = await openPage(await chromium.profile(), url);
      await page.getByLabel("Reviewer").fill("Jonas");
      await page.locator("#list").focus();
      await page.keyboard.press("d");
      await page.keyboard.press("e");
      await page.setInputFiles("input[type=file]", {
        name: "hers.ndjson",
        mimeType: "application/x-ndjson",
        buffer: Buffer.from(`${hers}not a decision\n`),
      });
      await page.waitForSelector(".report");
      expect(await page.locator(".report").innerText()).toMatch(/line 3/);
      expect(await page.locator(".conflicts").innerText()).toMatch(/Ona[^]*Jonas|Jonas[^]*Ona/);
      await page.keyboard.press("Escape");
      expect(await decidedText(page)).toBe(`2 of ${ids.length} decided`);
      const both = parsed(await exported(page));
      expect(both.map(({ who, decision }) => `${who} ${decision}`).sort()).toEqual([
        "Jonas defer",
        "Ona defer",
        "Ona reject",
      ]);
    },
  );
});

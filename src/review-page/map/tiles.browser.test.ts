/** The map: a sketch that needs nothing, and tiles only where they are asked for and may be had. */
import { readFileSync } from "node:fs";
import { type Server, createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { MODIFY } from "../../proposals/proposal.test-support.js";
import { itInChromium } from "../../runs/chromium.test-support.js";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import {
  expectCalm,
  openPage,
  reviewAt,
  useChromium,
  violations,
} from "../../commands/opened-review.test-support.js";

const chromium = useChromium();
const folder = temporaryFolder();
const next = { ...MODIFY, id: "modify/n", location: { ...MODIFY.location, key: "n", lat: 54.69 } };
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
let file: string;
let server: Server;
let served: string;

beforeAll(async () => {
  file = await reviewAt(join(folder.path, "review.html"), [MODIFY, next]);
  server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(readFileSync(fileURLToPath(file)));
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const address = server.address();
  served = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/review.html`;
});
afterAll(() => {
  server.close();
  folder.remove();
});

describe("the sketch", () => {
  itInChromium("says in words what it shows, and comes nearer and goes farther", async () => {
    const watched = await openPage(await chromium.profile(), file);
    const { page } = watched;
    const words = await page.locator("svg.sketch").getAttribute("aria-label");
    expect(words).toMatch(/node 123, [\d.]+ m south-west/);
    expect(await page.locator(".map-legend").innerText()).toMatch(/node 123, [\d.]+ m south-west/);
    const bar = () => page.locator(".scale-bar text").textContent();
    const metresOf = (text: string | null): number => Number.parseFloat(text ?? "");
    const metresBefore = metresOf(await bar());
    await page.getByRole("button", { name: "Nearer" }).click();
    expect(metresOf(await bar())).toBeLessThan(metresBefore);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(metresOf(await bar())).toBe(metresBefore);
    expectCalm(watched);
  });

  itInChromium("opened from a disk offers no tiles, and says how to have them", async () => {
    const watched = await openPage(await chromium.profile(), file);
    const { page } = watched;
    expect(await page.getByRole("button", { name: "OpenStreetMap's map" }).count()).toBe(0);
    await page.getByText("OpenStreetMap's map under it?").click();
    expect(await page.locator(".proposal-map").innerText()).toMatch(/localhost/);
    expectCalm(watched);
  });
});

describe("tiles", () => {
  itInChromium(
    "are asked for once switched on, from the right place, with the origin their policy wants",
    async () => {
      const context = await chromium.profile();
      const asked: { url: string; referer: string | undefined }[] = [];
      await context.route(/^https:/, async (route) => {
        asked.push({ url: route.request().url(), referer: route.request().headers()["referer"] });
        await route.fulfill({ contentType: "image/png", body: PIXEL });
      });
      const { page, troubles } = await openPage(context, served);
      await page.waitForTimeout(200);
      expect(asked).toEqual([]);
      await page.getByRole("button", { name: "OpenStreetMap's map" }).click();
      await page.waitForSelector(".leaflet-tile-loaded");
      for (const { url, referer } of asked) {
        expect(url).toMatch(/^https:\/\/tile\.openstreetmap\.org\/\d+\/\d+\/\d+\.png$/);
        expect(referer).toBe(new URL("/", served).href);
      }
      expect(await page.locator(".leaflet-control-attribution").innerText()).toBe(
        "© OpenStreetMap contributors",
      );
      expect(await page.locator(".tiles .tile-sign .sign").count()).toBe(2);
      expect(await violations(page)).toEqual([]);
      const before = asked.length;
      await page.keyboard.press("j");
      await expect.poll(() => asked.length).toBeGreaterThan(before);
      expect(troubles).toEqual([]);
    },
  );

  itInChromium("that do not come leave a message and the sketch", async () => {
    const context = await chromium.profile();
    await context.route(/^https:/, (route) => route.abort());
    const { page } = await openPage(context, served);
    await page.getByRole("button", { name: "OpenStreetMap's map" }).click();
    await page.waitForSelector("text=there is no network, or the tile server declined");
    expect(await page.locator("svg.sketch").isVisible()).toBe(true);
  });
});

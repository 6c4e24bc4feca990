import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Proposal } from "../merging/proposal.js";
import { HOSTILE_TEXTS, anyText } from "../osm/xml.test-support.js";
import { LICENSED, UNLICENSED } from "./emitted.test-support.js";
import type { OutputAbout } from "./output-form.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { proposalsNdjson } from "./proposal-line.js";
import { CREATE, MODIFY, REVIEW, fileText, proposalWith } from "./proposal.test-support.js";
import { CHUNK_LINES } from "./review-data.js";
import { REVIEW as REVIEW_FILE, reviewFiles } from "./review-page.js";
import { type PageLimits, reviewParts } from "./review-page-parts.js";
import { proposalsIn, readReviewPage } from "./review-page.test-support.js";

const TEMPLATE = "<!doctype html><title>t</title><!--DATA--><p>end</p>";
const MANY = 100;

/** Every file, by name. */
async function written(
  proposals: readonly Proposal[],
  about: OutputAbout = LICENSED,
  limits = { proposals: 1_000_000, characters: 1e12 },
): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const { file, pieces } of reviewFiles(proposals, about, TEMPLATE, { limits })) {
    files[file] = "";
    for await (const piece of pieces) files[file] += piece;
  }
  return files;
}

async function page(proposals: readonly Proposal[], about = LICENSED) {
  const { [REVIEW_FILE]: html = "" } = await written(proposals, about);
  return { html, ...readReviewPage(html) };
}

const json = (text: string): unknown => JSON.parse(text);
const manyOf = (count: number): Proposal[] =>
  Array.from({ length: count }, (_, number) => {
    const key = `LT*IGN*${String(number).padStart(6, "0")}`;
    const location = { ...MODIFY.location, key, country: ["LT", "LV", undefined][number % 3] };
    return { ...MODIFY, id: `modify/${key}`, location };
  });

describe("a page", () => {
  it("holds every proposal as proposals.ndjson does, in its order", async () => {
    const proposals = manyOf(2 * CHUNK_LINES + 1);
    const read = await page(proposals);
    expect(proposalsIn(read)).toBe(fileText(proposalsNdjson, proposals));
    expect([...read.chunks.keys()]).toEqual([0, CHUNK_LINES, 2 * CHUNK_LINES]);
    expect(json(read.index)).toMatchObject({ id: proposals.map(({ id }) => id) });
  });

  it("says what it was made from", async () => {
    const about = { ...LICENSED, source: "Example", asOf: "2026-01-01" };
    expect(json((await page([CREATE, MODIFY, REVIEW], about)).about)).toEqual({
      source: "Example",
      asOf: "2026-01-01",
      licensed: true,
      licence: LICENSED.licence,
      tool: LICENSED.generator,
      counts: { create: 1, modify: 1, relink: 0, review: 1, conflict: 0, close: 0 },
    });
    expect(json((await page([CREATE], UNLICENSED)).about)).toMatchObject({ licensed: false });
  });

  it("is whole without any proposal", async () => {
    const read = await page([]);
    expect([proposalsIn(read), json(read.index)]).toEqual(["", expect.objectContaining({ id: [] })]);
  });

  it("is the same bytes each time, with neither a time nor a system in them", async () => {
    const proposals = [CREATE, MODIFY, REVIEW];
    const [one, other] = [await page(proposals), await page(proposals)];
    expect(one.html).toBe(other.html);
    const [, index = ""] = /id="index">([^<]*)</.exec(one.html) ?? [];
    expect([...Buffer.from(index, "base64").subarray(4, 10)]).toEqual([0, 0, 0, 0, 0, 255]);
  });

  it("is refused where the built page has no place for data", () => {
    for (const template of ["<p>", "<!--DATA--><!--DATA-->"])
      expect(() => reviewFiles([], LICENSED, template)).toThrow(/<!--DATA-->/);
  });
});

describe("no value becomes markup", () => {
  const bare = TEMPLATE.replace("<!--DATA-->", "");
  const tagsOf = (html: string): number => html.split("<").length;

  it.each([...HOSTILE_TEXTS, "</script><img src=x onerror=alert(1)>", "{{x}}"])("of %j", async (text) => {
    const plain = await page([proposalWith("x")]);
    const about = { ...LICENSED, source: text, asOf: text, licence: { id: text, url: text } };
    const read = await page([proposalWith(text)], about);
    expect([read.rest, tagsOf(read.html)]).toEqual([bare, tagsOf(plain.html)]);
    expect(proposalsIn(read)).toBe(fileText(proposalsNdjson, [proposalWith(text)]));
    expect(json(read.about)).toMatchObject({ source: Buffer.from(text).toString(), asOf: text });
  });

  it("whatever it is, and all of it comes back", async () => {
    const check = async (proposals: readonly Proposal[], source: string): Promise<void> => {
      const read = await page(proposals, { ...LICENSED, source });
      expect(read.rest).toBe(bare);
      expect(proposalsIn(read)).toBe(fileText(proposalsNdjson, proposals));
      expect(json(read.index)).toMatchObject({ location: proposals.map(({ location }) => location.id) });
    };
    await fc.assert(fc.asyncProperty(anyProposals, anyText, check), { numRuns: 50 });
  });
});

describe("too many for one page", () => {
  const limits = { proposals: 30, characters: 1e12 };
  const countsSchema = z.object({ counts: z.object({ modify: z.number() }), part: z.unknown() });

  it("are put on pages that hold each once, with one that leads to them", async () => {
    const proposals = manyOf(MANY);
    const { [REVIEW_FILE]: contents = "", ...pages } = await written(proposals, LICENSED, limits);
    const files = ["review-1.html", "review-2.html", "review-3.html", "review-4.html"];
    expect(Object.keys(pages)).toEqual(files);
    const lines = Object.values(pages).map((html) => proposalsIn(readReviewPage(html)));
    const all = lines.flatMap((text) => text.split(/(?<=\n)/));
    expect(all.sort().join("")).toBe(fileText(proposalsNdjson, proposals));
    for (const [index, file] of files.entries()) {
      expect(contents).toContain(`href="${file}"`);
      const about = countsSchema.parse(json(readReviewPage(pages[file] ?? "").about));
      expect(about).toEqual({ counts: { modify: MANY }, part: { number: index + 1, of: 4, files } });
    }
  });

  it("also where it is their size that is too much", async () => {
    const half = fileText(proposalsNdjson, manyOf(MANY)).length / 2;
    const files = await written(manyOf(MANY), LICENSED, { proposals: 1e6, characters: half });
    expect(Object.keys(files).length).toBeGreaterThan(2);
  });

  it("are shared out the same way whether or not the length of all lines is known", async () => {
    const proposals = manyOf(MANY);
    const characters = fileText(proposalsNdjson, proposals).length;
    const idsOf = (pages: PageLimits, known?: number): unknown =>
      reviewParts(proposals, pages, known).map((part) => part.map(({ id }) => id));
    for (const most of [characters - 1, characters, characters / 3])
      for (const count of [30, MANY]) {
        const pages = { proposals: count, characters: most };
        expect(idsOf(pages, characters)).toEqual(idsOf(pages));
      }
  });

  it("are shared out the same way in whatever order they come", async () => {
    const idsOf = async (proposals: readonly Proposal[]): Promise<unknown[]> => {
      const { [REVIEW_FILE]: _contents, ...pages } = await written(proposals, LICENSED, limits);
      return Object.values(pages).map((html) => proposalsIn(readReviewPage(html)).split("\n").sort());
    };
    expect(await idsOf(manyOf(MANY).reverse())).toEqual(await idsOf(manyOf(MANY)));
  });

  it("keep what concerns one Location on one page", async () => {
    const both = manyOf(MANY).flatMap((one) => [one, { ...one, id: one.id.replace("modify", "review") }]);
    const { [REVIEW_FILE]: _contents, ...pages } = await written(both, LICENSED, { ...limits, proposals: 7 });
    for (const html of Object.values(pages)) {
      const index = z.object({ id: z.array(z.string()) }).parse(json(readReviewPage(html).index));
      const keys = index.id.map((id) => id.slice(id.indexOf("/")));
      expect(keys.length).toBe(2 * new Set(keys).size);
    }
  });

  it("have a page of contents where no name becomes markup, and that says so where there is no licence", async () => {
    const contentsOf = async (text: string, about: OutputAbout): Promise<string> => {
      const proposals = manyOf(MANY).map((one) =>
        Object.assign({}, one, { location: { ...one.location, operator: text } }),
      );
      return (await written(proposals, { ...about, source: text }, limits))[REVIEW_FILE] ?? "";
    };
    const tags = (html: string): string => html.replace(/>[^<]*</g, "><");
    const plain = tags(await contentsOf("x", LICENSED));
    for (const text of [...HOSTILE_TEXTS, "</title></style><img src=x onerror=alert(1)>", '" onload="x'])
      expect(tags(await contentsOf(text, LICENSED))).toBe(plain);
    expect(await contentsOf("x", UNLICENSED)).toContain("compare only: survey before you map");
    expect(plain).not.toContain('banner"');
  });
});

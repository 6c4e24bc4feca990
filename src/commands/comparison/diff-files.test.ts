import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { proposalsIn, readReviewPage } from "../../proposals/review-page.test-support.js";
import { isDiffFile } from "./diff-files.js";
import { diffed, fileAt, folderAt } from "../diff.test-support.js";
import { mixedFeed, mixedWorld } from "../mixed-world.test-support.js";
import { rebase } from "../rebase.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);

beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(path("feed.json"), mixedFeed());
});
afterEach(() => folder.remove());

const osm = () => mixedWorld().saveTo(path("osm.osm"));
const text = (name: string) => readFileSync(path(name), "utf8");

describe("files of a folder of results", () => {
  it.each(["review.html", "review-1.html", "review-12.html", "proposals.ndjson", "changes-LT-1.osm"])(
    "%s is one that a later run replaces",
    (name) => expect(isDiffFile(name)).toBe(true),
  );

  it.each(["review-a.html", "my-review.html", "review.html.bak", "decisions.ndjson", "notes.md"])(
    "%s is the user's",
    (name) => expect(isDiffFile(name)).toBe(false),
  );

  it("of an earlier, larger run go, and what reviewers decided stays", async () => {
    folderAt(path("out"));
    for (const name of ["review-1.html", "review-2.html", "decisions.ndjson"])
      fileAt(path(`out/${name}`), "x");
    await diffed([path("feed.json")], osm(), path("out"));
    const files = readdirSync(path("out"));
    expect(files).toEqual(expect.arrayContaining(["review.html", "decisions.ndjson"]));
    expect(files.filter((name) => name.startsWith("review-"))).toEqual([]);
  });
});

describe("review.html", () => {
  it("holds what proposals.ndjson holds, and is told in the report", async () => {
    const { report } = await diffed([path("feed.json")], osm(), path("out"), { asOf: "2026-01-02" });
    const page = readReviewPage(text("out/review.html"));
    expect(proposalsIn(page)).toBe(text("out/proposals.ndjson"));
    expect(JSON.parse(page.about)).toMatchObject({ source: report.source, asOf: "2026-01-02" });
    expect(report.outputs.map(({ file }) => file)).toContain("review.html");
  });

  it("is written of what rebase leaves, the same where nothing changed", async () => {
    await diffed([path("feed.json")], osm(), path("out"));
    await rebase(path("out"), [osm()], path("rebased"));
    expect(text("rebased/review.html")).toBe(text("out/review.html"));
  });
});

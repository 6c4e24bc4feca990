/** `fetch here` into a file that is there, or after a download that broke off. */
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentId, contentIds } from "../fetching/here-server.test-support.js";
import { BEGINNING, HereFolder, idsIn, outputOf } from "./fetch-here.test-support.js";

let folder: HereFolder;

beforeEach(() => {
  folder = new HereFolder();
});
afterEach(() => folder.close());

describe("what is there already", () => {
  it("is not fetched again, goes where the ids have it, and out where they do not", async () => {
    const server = await folder.here();
    const old = "2026-01-01T00:00:00Z";
    folder.write("out.ndjson", outputOf(["x", contentId(3), contentId(1)], old));
    const report = await folder.fetch(folder.feed(server.baseUrl, contentIds(3)));
    expect(server.lookups).toEqual([[contentId(2)]]);
    expect(folder.read("out.ndjson")).toBe(
      outputOf([contentId(1)], old) + outputOf([contentId(2)], BEGINNING) + outputOf([contentId(3)], old),
    );
    expect(report).toMatchObject({ kept: 2, retrieved: 1, left_out: 1 });
    expect(folder.said).toContain("1 record left out");
  });

  it("is fetched anew where it is too old, or says no time, or one to come", async () => {
    const server = await folder.here();
    const fresh = outputOf([contentId(1)], "2026-11-20T23:30:00Z");
    const others =
      outputOf([contentId(2)], "2026-11-20T22:30:00Z") +
      outputOf([contentId(3)], "yesterday") +
      outputOf([contentId(4)], "2027-11-21T00:00:00Z");
    folder.write("out.ndjson", fresh + others);
    await folder.fetch(folder.feed(server.baseUrl, contentIds(4), { maxAge: "1h" }));
    expect(server.lookups).toEqual([contentIds(3, 2)]);
    expect(folder.read("out.ndjson")).toBe(fresh + outputOf(contentIds(3, 2), BEGINNING));
  });

  it("is all fetched anew with a greatest age of 0, but what a broken-off download has stays", async () => {
    const server = await folder.here();
    folder.write("out.ndjson", outputOf(contentIds(3), BEGINNING));
    const begun = outputOf([contentId(1)], "2026-11-20T23:00:00Z");
    const longAgo = outputOf([contentId(2)], "2026-11-19T23:00:00Z");
    folder.write("out.ndjson.part", begun + longAgo);
    await folder.fetch(folder.feed(server.baseUrl, contentIds(3), { maxAge: "0" }));
    expect(server.lookups).toEqual([contentIds(2, 2)]);
    expect(folder.read("out.ndjson")).toBe(begun + outputOf(contentIds(2, 2), BEGINNING));
  });

  it("of a broken-off download is fetched anew as well where it is too old", async () => {
    const server = await folder.here();
    folder.write(
      "out.ndjson.part",
      outputOf([contentId(1)], "2026-11-20T23:30:00Z") + outputOf([contentId(2)], "2026-11-20T22:30:00Z"),
    );
    await folder.fetch(folder.feed(server.baseUrl, contentIds(2), { maxAge: "1h" }));
    expect(server.lookups).toEqual([[contentId(2)]]);
  });

  it("and that HERE does not have any more is left out", async () => {
    const server = await folder.here({ without: new Set([contentId(2)]) });
    folder.write("out.ndjson", outputOf(contentIds(3), "2026-01-01T00:00:00Z"));
    const report = await folder.fetch(folder.feed(server.baseUrl, contentIds(3), { maxAge: "7d" }));
    expect(report.missing).toEqual([contentId(2)]);
    expect(idsIn(folder.read("out.ndjson"))).toEqual([contentId(1), contentId(3)]);
  });

  it("of a download that was torn off anywhere is gone on with: every id once", async () => {
    const server = await folder.here();
    const whole = outputOf(contentIds(3), BEGINNING);
    const bytes = Buffer.from(whole);
    const feed = folder.feed(server.baseUrl, contentIds(3));
    for (let torn = 0; torn <= bytes.length; torn += 23) {
      folder.write("out.ndjson", "");
      folder.write("out.ndjson.part", bytes.subarray(0, torn).toString("latin1"));
      await folder.fetch(feed);
      expect(idsIn(folder.read("out.ndjson"))).toEqual(contentIds(3));
    }
  });

  it("and damaged within is fetched again", async () => {
    const server = await folder.here();
    const [one = "", two = "", three = ""] = contentIds(3).map((id) => outputOf([id], BEGINNING));
    folder.write("out.ndjson.part", `${one}${"\0".repeat(two.length - 1)}\n${three}`);
    await folder.fetch(folder.feed(server.baseUrl, contentIds(3)));
    expect(server.lookups).toEqual([[contentId(2)]]);
    expect(folder.read("out.ndjson")).toBe(one + two + three);
    expect(folder.said).toContain("damaged");
  });

  it("and is some other file is left alone", async () => {
    const server = await folder.here();
    folder.write("out.ndjson", "dear diary\n");
    await expect(folder.fetch(folder.feed(server.baseUrl, contentIds(1)))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("is not what fetch here writes (line 1"),
    });
    expect(folder.read("out.ndjson")).toBe("dear diary\n");
    expect(folder.names).not.toContain("out.ndjson.part");
    expect(server.requests).toEqual([]);
  });

  it("and is damaged gzip is left alone", async () => {
    const server = await folder.here();
    const output = folder.file("out.ndjson.gz");
    await folder.fetch(folder.feed(server.baseUrl, contentIds(50)), { output });
    const cut = readFileSync(output).subarray(0, 200);
    writeFileSync(output, cut);
    await expect(folder.fetch(folder.feed(server.baseUrl, contentIds(51)), { output })).rejects.toMatchObject(
      { exitCode: 3, message: expect.stringContaining("out.ndjson.gz is damaged") },
    );
    expect(readFileSync(output)).toEqual(cut);
  });
});

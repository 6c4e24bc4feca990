import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  download,
  envelope,
  folder,
  idsOf,
  linesOf,
  location,
  locations,
  page,
  server,
} from "./ocpi-server.test-support.js";
import { missingRecords } from "./ocpi-pages.js";
import {
  type Answer,
  answer,
  dropped,
  droppedAfter,
  inChunks,
  json,
  stuck,
  tooMany,
  wrongLength,
} from "./replay-server.test-support.js";

const ALL = locations(120);
const IDS = ALL.map(({ id }) => id);

describe("a list in pages", () => {
  it("is fetched to its end by its links, every record as its own line in the list's order", async () => {
    const { origin, requests } = await server((request) => page(request, ALL));
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/locations`, output);
    expect(fetched).toMatchObject({
      records: 120,
      retrieved: 120,
      pages: 3,
      announced: 120,
      not_modified: false,
    });
    expect(await linesOf(output)).toStrictEqual(ALL.map((record) => JSON.stringify(record)));
    expect(requests.map(({ query }) => query.get("offset"))).toStrictEqual([null, "50", "100"]);
  });

  it("is fetched by counting where the server announces more than came and names no next page", async () => {
    const { origin, requests } = await server((request) => page(request, ALL, { link: false }));
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/locations?country=LT`, output, { feed: { pageSize: 40 } });
    expect(await idsOf(output)).toStrictEqual(IDS);
    expect(requests.map(({ query }) => String(query))).toStrictEqual([
      "country=LT&limit=40",
      "country=LT&limit=40&offset=40",
      "country=LT&limit=40&offset=80",
    ]);
  });

  it("has every record once, whatever befalls the answers", async () => {
    const text = JSON.stringify(envelope(ALL.slice(0, 50)));
    const trouble: readonly Answer[] = [
      dropped,
      tooMany("1"),
      answer(503, "<html>busy</html>"),
      wrongLength(text, 400),
      droppedAfter(text, 3000),
      inChunks([text.slice(0, 5000)], false),
      // Whole as HTTP goes, and yet not.
      answer(200, text.slice(0, 7000)),
      json(envelope([], 3001)),
      stuck(text.slice(0, 6000)),
    ];
    for (const first of trouble) {
      const seen = new Map<string, number>();
      const { origin } = await server((request) => {
        const offset = request.query.get("offset") ?? "0";
        const times = (seen.get(offset) ?? 0) + 1;
        seen.set(offset, times);
        return times === 1 ? first : page(request, ALL);
      });
      const output = join(await folder(), "feed.ndjson");
      const fetched = await download(`${origin}/locations`, output);
      expect(await idsOf(output)).toStrictEqual(IDS);
      expect(fetched.counts.retries).toBeGreaterThan(0);
    }
  }, 60_000);

  it("that moves while it is read has each Location once, the newer one", async () => {
    const older = location("2", { name: "old", last_updated: "2026-01-01T00:00:00Z" });
    const newer = location("2", { name: "new", last_updated: "2026-02-01T00:00:00Z" });
    const undated = location("3", { last_updated: undefined });
    for (const [first, second] of [
      [older, newer],
      [newer, older],
    ] as const) {
      const { origin } = await server(({ query }) =>
        query.has("offset")
          ? json(envelope([second, { ...undated, name: "later" }, location("4")]), { "x-total-count": "4" })
          : json(envelope([location("1"), first, { ...undated, name: "earlier" }]), {
              link: '<?offset=3>; rel="next"',
            }),
      );
      const output = join(await folder(), "feed.ndjson");
      const fetched = await download(`${origin}/locations`, output);
      expect(await idsOf(output)).toStrictEqual(["1", "2", "3", "4"]);
      expect((await linesOf(output))[1]).toContain('"new"');
      expect((await linesOf(output))[2]).toContain('"later"');
      expect(fetched.repeated).toStrictEqual({ count: 2, ids: ["LT*ABC*2", "LT*ABC*3"] });
    }
  });

  it("keeps what one page has twice: that is the server's own doing, and counts as announced", async () => {
    const all = [location("1"), location("2"), location("1"), location("3")];
    const { origin } = await server((request) => page(request, all));
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/l`, output);
    expect(await idsOf(output)).toStrictEqual(["1", "2", "1", "3"]);
    expect(fetched).toMatchObject({ announced: 4, repeated: { count: 0 } });
    expect(fetched.log).not.toContain("warning");
  });

  it("that comes back to a page is an error, and leaves nothing behind", async () => {
    const { origin } = await server(() =>
      json(envelope(ALL.slice(0, 2)), { link: '</locations>; rel="next"' }),
    );
    const made = await folder();
    await expect(download(`${origin}/locations`, join(made, "feed.ndjson"))).rejects.toThrow(/no end/);
    expect(await readdir(made)).toStrictEqual([]);
  });

  it("that names ever new pages without anything new is an error", async () => {
    const { origin, requests } = await server(({ query }) => {
      const next = Number(query.get("page") ?? 0) + 1;
      return json(envelope(ALL.slice(0, 2)), { link: `<?page=${next}>; rel="next"` });
    });
    await expect(download(`${origin}/locations`, join(await folder(), "f"))).rejects.toThrow(/nothing new/);
    expect(requests.length).toBeLessThan(30);
  });

  it("has ended where all that was announced has come, whatever next page is named", async () => {
    const { origin, requests } = await server((request) => {
      const offset = Number(request.query.get("offset") ?? 0);
      const link = `<?offset=${offset + 50}&limit=50>; rel="next"`;
      return page(request, ALL, { headers: { link } });
    });
    const fetched = await download(`${origin}/locations`, join(await folder(), "f"));
    expect(fetched).toMatchObject({ records: 120, announced: 120 });
    expect(requests).toHaveLength(4);
    expect(fetched.log).not.toContain("warning");
  });

  it("that goes on with nothing but empty pages has ended, which is told", async () => {
    const { origin, requests } = await server((request) => {
      const offset = Number(request.query.get("offset") ?? 0);
      const link = `<?offset=${offset + 50}&limit=50>; rel="next"`;
      return page(request, ALL, { headers: { link }, total: false });
    });
    const fetched = await download(`${origin}/locations`, join(await folder(), "f"));
    expect(fetched.records).toBe(120);
    expect(fetched.log).toMatch(/warning: .*20 pages in a row were empty/);
    expect(requests).toHaveLength(23);
  });

  it("with an empty page in the middle goes on behind it", async () => {
    const { origin } = await server((request) => {
      const at = Number(request.query.get("page") ?? 0);
      const records = [ALL.slice(0, 50), [], ALL.slice(50)][at] ?? [];
      return json(envelope(records), at < 2 ? { link: `<?page=${at + 1}>; rel="next"` } : {});
    });
    const output = join(await folder(), "f");
    await download(`${origin}/locations`, output);
    expect(await idsOf(output)).toStrictEqual(IDS);
  });

  it("that ends long before what was announced is not taken, unless that is accepted", async () => {
    const { origin } = await server((request) => page(request, ALL, { total: 500, link: false }));
    const output = join(await folder(), "feed.ndjson");
    await expect(download(`${origin}/locations`, output)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/announces 500 records, and 120 came: 380 are missing/),
    });
    const fetched = await download(`${origin}/locations`, output, { feed: { acceptIncomplete: true } });
    expect(fetched.records).toBe(120);
    expect(fetched.log).toMatch(/warning: .*380 are missing/);
  });

  it("that lacks hardly anything is taken with a warning", async () => {
    const { origin } = await server((request) => page(request, ALL, { total: 121 }));
    const fetched = await download(`${origin}/locations`, join(await folder(), "f"));
    expect(fetched.log).toMatch(/warning: .*1 are missing/);
  });

  it("says what the server said where that is an error", async () => {
    const { origin, requests } = await server([json(envelope([], 2003))]);
    await expect(download(`${origin}/locations`, join(await folder(), "f"))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/OCPI status 2003.*said/),
    });
    expect(requests).toHaveLength(1);
    const late = await server((request) =>
      request.query.has("offset") ? json(envelope([location("x")], 2001)) : page(request, ALL),
    );
    await expect(download(`${late.origin}/locations`, join(await folder(), "f"))).rejects.toThrow(
      /OCPI status 2001/,
    );
  });

  it.each([
    ["an error without data", json({ status_code: 2001, status_message: "said" }), /OCPI status 2001/],
    ["an error with null", json(envelope(null, 2001)), /OCPI status 2001/],
    ["an error with an empty list", json(envelope([], 2001)), /OCPI status 2001/],
    ["an error of the server", json(envelope([], 3000)), /OCPI status 3000.*tried 6 times/],
    ["a page for people", answer(200, "<!doctype html><p>Sign in"), /HTML page/],
    ["a refusal", answer(403, "no"), /403/],
  ])("of which a later page is %s is not taken at all", async (_what, late, message) => {
    const { origin } = await server((request) => (request.query.has("offset") ? late : page(request, ALL)));
    const made = await folder();
    await expect(download(`${origin}/locations`, join(made, "f"))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(message),
    });
    expect(await readdir(made)).toStrictEqual([]);
  });

  it("gives up an error of the server that stays", async () => {
    const { origin, requests } = await server([json(envelope([], 3001))]);
    await expect(download(`${origin}/locations`, join(await folder(), "f"))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/OCPI status 3001.*tried 6 times/),
    });
    expect(requests).toHaveLength(6);
  });

  it("without any records is a feed that the other commands read as such", async () => {
    const { origin } = await server((request) => page(request, []));
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/locations`, output);
    expect(fetched).toMatchObject({ records: 0 });
    expect(await readFile(output, "utf8")).toBe("[]\n");
    expect(fetched.log).toMatch(/warning: .*no records/);
  });

  it("is compressed where the name of the output says so", async () => {
    const { origin } = await server((request) => page(request, ALL));
    const output = join(await folder(), "feed.ndjson.gz");
    await download(`${origin}/locations`, output);
    expect(await idsOf(output)).toStrictEqual(IDS);
  });
});

describe("fewer records than announced", () => {
  const account = { pages: 2, announced: 200, tooLarge: 0 };
  it("are warned of up to one in a hundred, and more are an error", () => {
    expect(missingRecords("https://a.example/l", account, 200, false)).toBeUndefined();
    expect(missingRecords("https://a.example/l", account, 198, false)).toMatch(/2 are missing/);
    expect(() => missingRecords("https://a.example/l", account, 197, false)).toThrow(
      /3 are missing.*--accept-incomplete/,
    );
    expect(missingRecords("https://a.example/l", account, 10, true)).toMatch(/190 are missing/);
  });

  it("are none where the address itself begins later in the list", async () => {
    const { origin } = await server((request) => page(request, ALL));
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/locations?offset=50`, output);
    expect(fetched).toMatchObject({ records: 70, announced: 70 });
    expect(fetched.log).not.toContain("missing");
  });
});

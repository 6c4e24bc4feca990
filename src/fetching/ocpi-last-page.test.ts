/** Which page is the last where the server does not say how many records there are. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  download,
  envelope,
  folder,
  idsOf,
  location,
  locations,
  server,
} from "./ocpi-server.test-support.js";
import { answer, json } from "./replay-server.test-support.js";

const ALL = locations(23);
const IDS = ALL.map(({ id }) => id);
const next = (query: string) => ({ link: `<?${query}>; rel="next"` });

/** Pages of five, of which none names one behind the last. */
function clamped(all: typeof ALL, query: (offset: number) => string, headers = {}) {
  return server((request) => {
    const offset = Number(request.query.get("offset") ?? 0);
    const records = all.slice(offset, offset + 5);
    return json(envelope(records), { ...next(query(Math.min(offset + 5, 20))), ...headers });
  });
}

describe("a page that names itself as the next one", () => {
  it.each([
    ["an asked limit", (offset: number) => `offset=${offset}&limit=5`, {}],
    ["the server's limit", (offset: number) => `offset=${offset}`, { "x-limit": "5" }],
    ["the pages before it", (offset: number) => `offset=${offset}`, {}],
  ])("is the last, which is told, where it is shorter than %s", async (_what, query, headers) => {
    const { origin, requests } = await clamped(ALL, query, headers);
    const output = join(await folder(), "f");
    const fetched = await download(`${origin}/locations`, output);
    expect(await idsOf(output)).toStrictEqual(IDS);
    expect(requests).toHaveLength(5);
    expect(fetched.log).toMatch(/warning: .*its next page is itself/);
  });

  it("is the last where it is the first, written out", async () => {
    const { origin } = await server([json(envelope(ALL.slice(0, 3)), next("offset=0&limit=50"))]);
    const output = join(await folder(), "f");
    await download(`${origin}/locations`, output);
    expect(await idsOf(output)).toStrictEqual(["1", "2", "3"]);
  });

  it("is the last where it is empty", async () => {
    const { origin } = await server(({ query }) =>
      json(envelope(query.has("offset") ? [] : ALL.slice(0, 5)), next("offset=5")),
    );
    const output = join(await folder(), "f");
    await download(`${origin}/locations`, output);
    expect(await idsOf(output)).toStrictEqual(["1", "2", "3", "4", "5"]);
  });

  it.each([
    ["is full", locations(25), (offset: number) => `offset=${offset}&limit=5`, { "x-limit": "5" }],
    ["is as long as those before it", locations(25), (offset: number) => `offset=${offset}`, {}],
  ])("is an error where it %s: there may be more", async (_what, all, query, headers) => {
    const { origin } = await clamped(all, query, headers);
    const made = await folder();
    await expect(download(`${origin}/locations`, join(made, "f"))).rejects.toThrow(/no end/);
    expect(await readdir(made)).toStrictEqual([]);
  });

  it("is an error where all name the second page, although the limit is larger than pages are", async () => {
    const { origin } = await server((request) => {
      const offset = Number(request.query.get("offset") ?? 0);
      return json(envelope(ALL.slice(offset, offset + 5)), { ...next("offset=5"), "x-limit": "1000" });
    });
    await expect(download(`${origin}/locations`, join(await folder(), "f"))).rejects.toThrow(/no end/);
  });
});

describe("a full page without a next one", () => {
  it.each([
    ["the server's limit", "", { "x-limit": "5" }],
    ["the limit that was asked for", "?limit=5", {}],
  ])("is taken with a warning where it has as many records as %s", async (_what, query, headers) => {
    const { origin } = await server([json(envelope(ALL.slice(0, 5)), headers)]);
    const fetched = await download(`${origin}/locations${query}`, join(await folder(), "f"));
    expect(fetched.records).toBe(5);
    expect(fetched.log).toMatch(/warning: .*the page is full \(5 records\), and names neither/);
  });

  it.each([
    ["it has fewer", ALL.slice(0, 4), { "x-limit": "5" }],
    ["the server tells how many there are", ALL.slice(0, 5), { "x-limit": "5", "x-total-count": "5" }],
    ["nobody speaks of a limit", ALL.slice(0, 5), {}],
  ])("is nothing to tell where %s", async (_what, records, headers) => {
    const { origin } = await server([json(envelope(records), headers)]);
    const fetched = await download(`${origin}/locations`, join(await folder(), "f"));
    expect(fetched.log).not.toContain("warning");
  });
});

describe("null where a list should be", () => {
  it("is no feed: all Locations would vanish", async () => {
    const { origin } = await server([json(envelope(null))]);
    const made = await folder();
    await expect(download(`${origin}/locations`, join(made, "f"))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/"data": null .*--accept-incomplete/),
    });
    expect(await readdir(made)).toStrictEqual([]);
  });

  it("is one without records where that is accepted", async () => {
    const { origin } = await server([json(envelope(null))]);
    const output = join(await folder(), "f");
    await download(`${origin}/locations`, output, { feed: { acceptIncomplete: true } });
    expect(await readFile(output, "utf8")).toBe("[]\n");
  });

  it("ends a list, and says that nothing has changed", async () => {
    const { origin } = await server(({ query }) =>
      query.has("offset") || query.has("date_from")
        ? json(envelope(null))
        : json(envelope([location("1")]), next("offset=1")),
    );
    const output = join(await folder(), "f");
    const settings = { feed: { deltas: true } };
    expect(await download(`${origin}/locations`, output, settings)).toMatchObject({ records: 1 });
    expect(await download(`${origin}/locations`, output, settings)).toMatchObject({
      records: 1,
      retrieved: 0,
      not_modified: true,
    });
  });
});

it("nothing at all is no feed without records, and is asked for again", async () => {
  const { origin, requests } = await server([answer(204), answer(200), json(envelope([location("1")]))]);
  const output = join(await folder(), "f");
  await download(`${origin}/locations`, output);
  expect(await idsOf(output)).toStrictEqual(["1"]);
  expect(requests).toHaveLength(3);
  const silent = await server([answer(204)]);
  await expect(download(`${silent.origin}/locations`, output)).rejects.toThrow(
    /\/locations: the answer is empty; .*tried 6 times/,
  );
});

it("what a server says in several lines is told in one: it must not look like a line of ours", async () => {
  const message = "gone\n::error::forged\nerror: forged";
  const { origin } = await server([json({ data: [], status_code: 2001, status_message: message })]);
  await expect(download(`${origin}/locations`, join(await folder(), "f"))).rejects.toThrow(
    /: gone ::error::forged error: forged\. Ask/,
  );
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  download,
  envelope,
  folder,
  idsOf,
  linesOf,
  location,
  locations,
  server,
} from "./ocpi-server.test-support.js";
import { answer, gzipped, json } from "./replay-server.test-support.js";

const ALL = locations(120);

describe("a plain file", () => {
  const LIST = ALL.slice(0, 3);

  it.each([
    ["a list", JSON.stringify(LIST, undefined, 2)],
    ["an envelope", JSON.stringify(envelope(LIST))],
    ["lines", LIST.map((record) => JSON.stringify(record)).join("\n")],
  ])("that is %s becomes lines of its records", async (_what, body) => {
    for (const sent of [answer(200, body), gzipped(body), answer(200, gzipSync(body))]) {
      const { origin } = await server([sent]);
      const output = join(await folder(), "feed.ndjson");
      await download(`${origin}/dump.json`, output);
      expect(await linesOf(output)).toStrictEqual(LIST.map((record) => JSON.stringify(record)));
    }
  });

  it("keeps what comes twice in it, and what is no record: nobody may drop that silently", async () => {
    const { origin } = await server([
      answer(200, `[{"id":"1","evses":[]}, {"id":"1","evses":[]}, null, {"id": 1 2}]`),
    ]);
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/dump.json`, output);
    expect(await linesOf(output)).toStrictEqual([
      '{"id":"1","evses":[]}',
      '{"id":"1","evses":[]}',
      "null",
      '{"id":1 2}',
    ]);
    expect(fetched.records).toBe(4);
  });

  it.each([
    ["etag", "if-none-match", '"v1"'],
    ["last-modified", "if-modified-since", "Sat, 21 Nov 2026 10:00:00 GMT"],
  ])("is not sent again while its %s is the same", async (sent, asked, tag) => {
    const { origin } = await server((request) =>
      request.headers[asked] === tag ? answer(304) : json(LIST, { [sent]: tag }),
    );
    const made = await folder();
    const output = join(made, "feed.ndjson");
    await download(`${origin}/dump.json`, output);
    const before = await readFile(output);
    const again = await download(`${origin}/dump.json`, output);
    expect(again).toMatchObject({ not_modified: true, records: 3, retrieved: 0 });
    expect(await readFile(output)).toStrictEqual(before);

    const elsewhere = join(made, "copy.ndjson.gz");
    expect(await download(`${origin}/dump.json`, elsewhere, { previous: output })).toMatchObject({
      not_modified: true,
    });
    expect(await linesOf(elsewhere)).toStrictEqual(await linesOf(output));
    expect(await download(`${origin}/dump.json`, elsewhere)).toMatchObject({
      not_modified: true,
      records: 3,
    });
  });

  it("that has a record too large to be held is taken without it, and that is told", async () => {
    const large = { ...location("2"), name: "x".repeat(17 << 20) };
    const { origin } = await server([json([location("1"), large, location("3")])]);
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/dump.json`, output);
    expect(fetched).toMatchObject({ records: 2, too_large: 1 });
    expect(fetched.log).toMatch(/warning: 1 record over 16 MB was left out/);
    const all = await download(`${origin}/dump.json`, output, { feed: { reader: "tokens" } });
    expect(all).toMatchObject({ records: 3, too_large: 0 });
  });

  it("is fetched whole where what is stored is not what was fetched", async () => {
    const { origin, requests } = await server((request) =>
      request.headers["if-none-match"] === undefined ? json(LIST, { etag: '"v1"' }) : answer(304),
    );
    const made = await folder();
    const output = join(made, "feed.ndjson");
    await download(`${origin}/dump.json`, output);
    await writeFile(output, "something else\n");
    expect(await download(`${origin}/dump.json`, output)).toMatchObject({ not_modified: false, records: 3 });
    await download(`${origin}/other.json`, output);
    expect(requests.map(({ headers }) => headers["if-none-match"])).toStrictEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is not taken for unchanged by a server that was not asked that", async () => {
    // Without a tag nothing can be asked of it, whether something was fetched before or not.
    const { origin } = await server([answer(304), json(LIST), answer(304)]);
    const output = join(await folder(), "f");
    const refused = { exitCode: 3, message: expect.stringMatching(/answered 304 .*nobody asked that/) };
    await expect(download(`${origin}/dump.json`, output)).rejects.toMatchObject(refused);
    await download(`${origin}/dump.json`, output);
    await expect(download(`${origin}/dump.json`, output)).rejects.toMatchObject(refused);
  });

  it.each([
    ["a page for people", "<!doctype html><html><body>Sign in</body></html>", /HTML page/],
    ["nothing", "", /empty/],
    ["an error of HERE", '{"title":"Forbidden","status":403,"cause":"no key"}', /error answer.*Forbidden/],
    [
      "a tile, whose records share parts",
      '{"chargingLocation":[{"evsesIndex":[0]}],"evse":[{}]}',
      /share parts/,
    ],
  ])("that is %s is refused, and the file stays as it was", async (_what, body, message) => {
    const { origin } = await server((request) => (request.path === "/good" ? json(LIST) : answer(200, body)));
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/good`, output);
    await expect(download(`${origin}/bad`, output)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(message),
    });
    expect(await idsOf(output)).toStrictEqual(["1", "2", "3"]);
  });
});

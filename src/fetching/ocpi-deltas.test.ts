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
import { json } from "./replay-server.test-support.js";

const ALL = locations(120);
const IDS = ALL.map(({ id }) => id);

describe("deltas", () => {
  const DAY = 86_400_000;
  const START = Date.UTC(2026, 10, 21, 12);
  const feed = { deltas: true } as const;

  it("put changed Locations in their places and new ones at the end; all others stay byte for byte", async () => {
    let all = locations(120);
    const { origin, requests } = await server((request) =>
      page(request, all, { headers: { date: new Date(START).toUTCString() } }),
    );
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/l`, output, { feed, date: START });
    const before = await linesOf(output);
    const changed = { last_updated: "2026-11-21T11:58:00Z", name: "changed" };
    all = [
      ...all.map((record) =>
        record.id === "7" || record.id === "99" ? location(record.id, changed) : record,
      ),
      location("new", changed),
    ].filter(({ id }) => id !== "50");
    const fetched = await download(`${origin}/l`, output, { feed, date: START + DAY });
    expect(requests.at(-1)?.query.get("date_from")).toBe("2026-11-21T11:55:00Z");
    expect(fetched).toMatchObject({
      records: 121,
      retrieved: 3,
      replaced: 2,
      added: 1,
      delta_from: "2026-11-21T11:55:00Z",
    });
    const after = await linesOf(output);
    for (const [index, line] of after.entries()) {
      if (index === 6 || index === 98 || index === 120) expect(line).toContain('"changed"');
      else expect(line).toBe(before[index]);
    }
    expect(await idsOf(output)).toStrictEqual([...IDS, "new"]);

    const nothing = await download(`${origin}/l`, output, { feed, date: START + 2 * DAY });
    expect(nothing).toMatchObject({ records: 121 });

    const full = await download(`${origin}/l`, output, { feed, date: START + 7 * DAY });
    expect(full.log).toMatch(/all is asked for, because .*7d/);
    expect((await idsOf(output)).includes("50")).toBe(false);
    expect(full).toMatchObject({ records: 120, retrieved: 120 });
  });

  it("build on the feed of another folder, compressed or not", async () => {
    let all = locations(3);
    const { origin } = await server((request) => page(request, all));
    const made = await folder();
    const first = join(made, "monday.ndjson.gz");
    await download(`${origin}/l`, first, { feed, date: START });
    all = [...all, location("4", { last_updated: "2026-12-01T00:00:00Z" })];
    const second = join(made, "tuesday.ndjson");
    const fetched = await download(`${origin}/l`, second, { feed, date: START + DAY, previous: first });
    expect(fetched).toMatchObject({ added: 1, replaced: 0, records: 4 });
    expect(await idsOf(first)).toStrictEqual(["1", "2", "3"]);
    expect(await idsOf(second)).toStrictEqual(["1", "2", "3", "4"]);
  });

  it("are asked for at the endpoint that discovery finds, not of the versions list", async () => {
    const { origin, requests } = await server((request) => {
      const base = `http://${String(request.headers["host"])}`;
      return request.path === "/start"
        ? json(
            envelope({
              version: "2.2.1",
              endpoints: [{ identifier: "locations", role: "SENDER", url: `${base}/l` }],
            }),
          )
        : page(request, ALL);
    });
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/start`, output, { feed, date: START });
    await download(`${origin}/start`, output, { feed, date: START + DAY });
    const asked = requests.filter(({ query }) => query.has("date_from")).map(({ path }) => path);
    expect(asked).toStrictEqual(["/l"]);
  });

  it("are not put into what another version said, whose Locations are identified otherwise", async () => {
    let version = "2.1.1";
    const { origin, requests } = await server((request) => {
      const base = `http://${String(request.headers["host"])}`;
      const url = `${base}/${version}/locations`;
      if (request.path === "/versions")
        return json(envelope({ version, endpoints: [{ identifier: "locations", role: "SENDER", url }] }));
      const parties = version === "2.1.1" ? {} : { country_code: "LT", party_id: "NEW" };
      return page(
        request,
        ["1", "2"].map((id) => location(id, parties)),
      );
    });
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/versions`, output, { feed, date: START });
    version = "2.2.1";
    const fetched = await download(`${origin}/versions`, output, { feed, date: START + DAY });
    expect(fetched.log).toMatch(/all is asked for, because .*another address/);
    expect(requests.some(({ query }) => query.has("date_from"))).toBe(false);
    expect(await linesOf(output)).toHaveLength(2);
    expect(fetched).toMatchObject({ records: 2, retrieved: 2, endpoint: `${origin}/2.2.1/locations` });
    await download(`${origin}/versions`, output, { feed, date: START + 2 * DAY });
    expect(requests.at(-1)?.query.has("date_from")).toBe(true);
  });

  it.each([
    ["far ahead", "Fri, 31 Dec 9999 23:59:59 GMT", "2026-11-21T11:55:00Z"],
    ["that no calendar has", "Fri, 31 Dec 20000 23:59:59 GMT", "2026-11-21T11:55:00Z"],
    ["behind ours", "Sat, 21 Nov 2026 10:00:00 GMT", "2026-11-21T09:55:00Z"],
    ["before all time", "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"],
  ])("miss nothing where the server's clock is %s", async (_how, date, asked) => {
    const { origin, requests } = await server((request) => page(request, ALL, { headers: { date } }));
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/l`, output, { feed, date: START });
    await download(`${origin}/l`, output, { feed, date: START + DAY });
    expect(requests.at(-1)?.query.get("date_from")).toBe(asked);
  });

  it("are not trusted to a clock that was set back", async () => {
    const { origin, requests } = await server((request) => page(request, ALL));
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/l`, output, { feed, date: START });
    const fetched = await download(`${origin}/l`, output, { feed, date: START - DAY });
    expect(fetched.log).toContain("clock was changed");
    expect(requests.some(({ query }) => query.has("date_from"))).toBe(false);
  });

  it("that a server does not know give all, which is as good", async () => {
    const { origin } = await server((request) => {
      request.query.delete("date_from");
      return page(request, ALL);
    });
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/l`, output, { feed, date: START });
    const before = await readFile(output);
    const fetched = await download(`${origin}/l`, output, { feed, date: START + DAY });
    expect(fetched).toMatchObject({ replaced: 120, added: 0, records: 120 });
    expect(await readFile(output)).toStrictEqual(before);
  });
});

describe("the output", () => {
  it("and what stands beside it are as before where publication is refused at the last moment", async () => {
    let all = locations(3);
    const { origin } = await server((request) => page(request, all));
    const made = await folder();
    const output = join(made, "feed.ndjson");
    await download(`${origin}/l`, output);
    const before = await Promise.all([output, `${output}.fetch.json`].map((file) => readFile(file)));
    all = locations(5);
    const refused = download(`${origin}/l`, output, {
      beforePublication: () => Promise.reject(new Error("no")),
    });
    await expect(refused).rejects.toThrow("no");
    expect(await Promise.all([output, `${output}.fetch.json`].map((file) => readFile(file)))).toStrictEqual(
      before,
    );
    expect((await readdir(made)).sort()).toStrictEqual(["feed.ndjson", "feed.ndjson.fetch.json"]);
  });
});

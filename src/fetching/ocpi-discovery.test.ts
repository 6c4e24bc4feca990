import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  download,
  envelope,
  folder,
  guarded,
  idsOf,
  location,
  locations,
  page,
  server,
} from "./ocpi-server.test-support.js";
import { answer, json } from "./replay-server.test-support.js";

const ALL = locations(120);
const IDS = ALL.map(({ id }) => id);

describe("discovery", () => {
  const TOKEN = "token-for-discovery";
  const BASE64 = `Token ${Buffer.from(TOKEN).toString("base64")}`;

  function hub(versions: readonly string[], encoded = true) {
    return server((request) => {
      const { path } = request;
      const base = `http://${String(request.headers["host"])}`;
      const authorization = encoded ? BASE64 : `Token ${TOKEN}`;
      if (path === "/versions")
        return guarded(
          authorization,
          request,
          json(envelope(versions.map((version) => ({ version, url: `${base}/${version}` })))),
        );
      if (path.endsWith("/locations")) return guarded(authorization, request, page(request, ALL));
      if (path.endsWith("/credentials"))
        return guarded(
          authorization,
          request,
          json(
            envelope({
              token: "their-own-token-for-us",
              url: "x",
              roles: [
                {
                  role: "CPO",
                  country_code: "LT",
                  party_id: "ABC",
                  business_details: { name: "Example Charging" },
                },
              ],
            }),
          ),
        );
      return guarded(
        authorization,
        request,
        json(
          envelope({
            version: path.slice(1),
            endpoints: [
              { identifier: "locations", role: "RECEIVER", url: `${base}/receiver` },
              { identifier: "credentials", role: "SENDER", url: `${base}${path}/credentials` },
              {
                identifier: "locations",
                ...(path !== "/2.1.1" && { role: "SENDER" }),
                url: `${base}${path}/locations`,
              },
            ],
          }),
        ),
      );
    });
  }

  it("takes the highest version that is read, and tells whom it serves but not their token", async () => {
    const { origin, requests } = await hub(["2.1.1", "2.2.1", "2.2", "3.0"]);
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/versions`, output, { token: TOKEN, feed: { pageSize: 60 } });
    expect(await idsOf(output)).toStrictEqual(IDS);
    expect(requests.map(({ path }) => path)).toStrictEqual([
      "/versions",
      "/2.2.1",
      "/2.2.1/credentials",
      "/2.2.1/locations",
      "/2.2.1/locations",
    ]);
    expect(fetched.endpoint).toBe(`${origin}/2.2.1/locations`);
    expect(fetched.log).toContain("it serves LT*ABC (Example Charging)");
    expect(fetched.log).not.toContain("their-own-token");
  });

  it("takes the version asked for, or says what there is", async () => {
    const { origin } = await hub(["2.1.1", "2.2.1"]);
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/versions`, output, {
      token: TOKEN,
      feed: { ocpiVersion: "2.1.1" },
    });
    expect(fetched.endpoint).toBe(`${origin}/2.1.1/locations`);
    await expect(
      download(`${origin}/versions`, output, { token: TOKEN, feed: { ocpiVersion: "2.3.0" } }),
    ).rejects.toThrow(/offers OCPI 2.1.1, 2.2.1, and not 2.3.0/);
  });

  it("begins as well with a version's details", async () => {
    const { origin } = await hub(["2.2.1"]);
    const output = join(await folder(), "feed.ndjson");
    await download(`${origin}/2.2.1`, output, { token: TOKEN });
    expect(await idsOf(output)).toStrictEqual(IDS);
  });

  it("finds out how a server wants its token, and remembers it", async () => {
    const { origin, requests } = await hub(["2.2.1"], false);
    const output = join(await folder(), "feed.ndjson");
    const fetched = await download(`${origin}/versions`, output, { token: TOKEN });
    expect(fetched.token_encoding).toBe("plain");
    expect(requests.filter(({ headers }) => headers["authorization"] === BASE64)).toHaveLength(1);
    await download(`${origin}/versions`, output, { token: TOKEN });
    expect(requests.filter(({ headers }) => headers["authorization"] === BASE64)).toHaveLength(1);
  });

  it("says what there is where there are no Locations to fetch", async () => {
    const { origin } = await server([
      json(
        envelope({
          version: "2.2.1",
          endpoints: [{ identifier: "cdrs", role: "SENDER", url: "https://x/" }],
        }),
      ),
    ]);
    await expect(download(`${origin}/2.2.1`, join(await folder(), "f"))).rejects.toThrow(
      /it has cdrs \(SENDER\)/,
    );
  });

  it("does not take an empty versions list for a feed without records", async () => {
    const { origin } = await hub([]);
    const output = join(await folder(), "f");
    await expect(download(`${origin}/versions`, output, { token: TOKEN })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("/versions should name versions or endpoints of OCPI"),
    });
  });

  it("goes on where the credentials endpoint fails", async () => {
    const { origin } = await server((request) => {
      const base = `http://${String(request.headers["host"])}`;
      if (request.path === "/credentials") return answer(500, "no");
      if (request.path === "/l") return page(request, ALL);
      const endpoints = [
        { identifier: "credentials", role: "SENDER", url: `${base}/credentials` },
        { identifier: "locations", role: "SENDER", url: `${base}/l` },
      ];
      return json(envelope({ version: "2.2.1", endpoints }));
    });
    const fetched = await download(`${origin}/2.2.1`, join(await folder(), "f"));
    expect(fetched.records).toBe(120);
  });
});

describe("secrets", () => {
  it("do not go to another host, whatever a link says", async () => {
    const other = await server((request) => page(request, ALL.slice(0, 3)));
    const { origin, requests } = await server([
      json(envelope([location("a")]), { link: `<${other.origin}/rest>; rel="next"` }),
    ]);
    const output = join(await folder(), "feed.ndjson");
    const secrets = { token: "token-not-for-others", headers: { "X-API-Key": "key-not-for-others" } };
    const fetched = await download(`${origin}/locations`, output, secrets);
    expect(requests[0]?.headers).toMatchObject({ "x-api-key": "key-not-for-others" });
    expect(await idsOf(output)).toStrictEqual(["a", "1", "2", "3"]);
    expect(JSON.stringify(other.requests)).not.toMatch(/not-for-others|authorization|dG9rZW4/);
    expect(fetched.log).toMatch(/warning: .*another host.*without token/);
  });
});

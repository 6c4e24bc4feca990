import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Answer, answer, droppedAfter, json, redirect } from "../fetching/replay-server.test-support.js";
import {
  envelope,
  folder,
  guarded,
  idsOf,
  locations,
  page,
  server,
} from "../fetching/ocpi-server.test-support.js";
import { ocpiReportSchema } from "../fetching/ocpi-report.js";
import { acquireLock } from "../runs/lock.js";
import { readJson, runCli, until } from "./run-cli.test-support.js";

const TOKEN = "s3cret-tok/en+of=the-tests";
const BASE64 = Buffer.from(TOKEN).toString("base64");
/** The environment of the tests must not lend a token. */
const env = { OCPI_TOKEN: "", CPO_TOKEN: TOKEN, CPO_KEY: "an-api-key-of-the-tests" };

/** Everything in a folder, as text. */
function everythingIn(made: string): string {
  return readdirSync(made)
    .map((name) => `${name}\n${readFileSync(join(made, name), "utf8")}`)
    .join("\n");
}

describe("ocpi2osm fetch ocpi", () => {
  it("writes the feed, what is known of it, a report and a summary, and never a secret", async () => {
    const { origin } = await server((request) =>
      guarded(`Token ${TOKEN}`, request, page(request, locations(120))),
    );
    const made = await folder();
    const output = join(made, "feed.ndjson");
    const report = join(made, "report.json");
    const args = ["fetch", "ocpi", `${origin}/l`, "-o", output, "--report", report, "--log-format", "json"];
    const access = ["--token-env", "CPO_TOKEN", "--header-env", "X-API-Key=CPO_KEY"];
    const ended = await runCli([...args, ...access], { env });
    expect(ended.stderr).toContain("120 records in");
    expect(ended.code).toBe(0);
    expect(await idsOf(output)).toHaveLength(120);
    expect(ocpiReportSchema.parse(readJson(report))).toMatchObject({
      records: 120,
      pages: 3,
      token_encoding: "plain",
    });
    const shown = ended.stderr + ended.stdout.toString() + everythingIn(made);
    for (const secret of [TOKEN, BASE64, encodeURIComponent(TOKEN), "an-api-key-of-the-tests"])
      expect(shown).not.toContain(secret);
  });

  it("does not show a secret that the server repeats, whatever becomes of the download", async () => {
    const said = `you sent ${TOKEN} (${BASE64}) and an-api-key-of-the-tests`;
    const answers: readonly Answer[] = [
      answer(401, JSON.stringify({ status_code: 2001, status_message: said })),
      answer(400, said),
      json({ data: [], status_code: 2001, status_message: said }),
      answer(200, `<html>${said}`),
      answer(200, `${said}: text`),
      answer(200, JSON.stringify({ [said]: said })),
      json(envelope([]), {
        link: `<http://${TOKEN}:x@127.0.0.1:1/?token=${encodeURIComponent(TOKEN)}>; rel="next"`,
      }),
    ];
    for (const sent of answers) {
      const { origin } = await server([sent]);
      const made = await folder();
      const access = ["--token-env", "CPO_TOKEN", "--header-env", "X-API-Key=CPO_KEY", "--attempts", "1"];
      const ended = await runCli(["fetch", "ocpi", `${origin}/l`, "-o", join(made, "f"), ...access], {
        env: { ...env, OCPI2OSM_DEBUG: "1" },
      });
      expect(ended.code).toBe(3);
      const shown = ended.stderr + everythingIn(made);
      for (const secret of [TOKEN, BASE64, encodeURIComponent(TOKEN), "an-api-key-of-the-tests"])
        expect(shown).not.toContain(secret);
    }
  });

  it("takes the token of OCPI_TOKEN, of a file, or none", async () => {
    const { origin, requests } = await server((request) => page(request, locations(1)));
    const made = await folder();
    const file = join(made, "token");
    writeFileSync(file, `${TOKEN}\n`);
    const args = ["fetch", "ocpi", `${origin}/l`, "-o", join(made, "feed.ndjson")];
    const own = { ...env, OCPI_TOKEN: TOKEN };
    expect((await runCli(args, { env: own })).code).toBe(0);
    expect((await runCli([...args, "--auth", "none"], { env: own })).code).toBe(0);
    expect((await runCli([...args, "--token-file", file, "--token-encoding", "plain"], { env })).code).toBe(
      0,
    );
    expect((await runCli([...args, "--token-file", file, "--auth", "bearer"], { env })).code).toBe(0);
    expect(requests.map(({ headers }) => headers["authorization"])).toStrictEqual([
      `Token ${BASE64}`,
      undefined,
      `Token ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
  });

  it.each([
    [["--token-env", "NO_SUCH"], /no NO_SUCH/],
    [["--token-env", "CPO_TOKEN", "--token-file", "x"], /the one that is to be used/],
    [["--auth", "basic"], /--token-env.*need a secret/],
    [["--header-env", "X-API-Key"], /header and the variable/],
    // Who takes it for the header itself has its value on the command line, but not in a log as well.
    [["--header-env", "X-API-Key: my-own-key=="], /^(?!.*my-own-key).*header and the variable/],
    [["--full-every", "often"], /--full-every/],
    [["--rate", "0"], /above 0/],
  ])("refuses %j in words", async (args, message) => {
    const made = await folder();
    const ended = await runCli(["fetch", "ocpi", "http://127.0.0.1:1/", "-o", join(made, "f"), ...args], {
      env,
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(message);
  });

  it("warns where secrets go over a network unencrypted", async () => {
    const output = join(await folder(), "f");
    const ended = await runCli(
      ["fetch", "ocpi", "http://cpo.example/l", "-o", output, "--attempts", "1", "--token-env", "CPO_TOKEN"],
      { env: { ...env, HTTP_PROXY: "http://127.0.0.1:1", http_proxy: "", NO_PROXY: "", no_proxy: "" } },
    );
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("warning: http://cpo.example/l is not encrypted");
    const { origin } = await server((request) => page(request, locations(1)));
    const local = await runCli(["fetch", "ocpi", `${origin}/l`, "-o", output, "--token-env", "CPO_TOKEN"], {
      env,
    });
    expect(local.stderr).not.toContain("not encrypted");
  });

  it("refuses what is no address, and no file to write to", async () => {
    const made = await folder();
    const withUser = await runCli([
      "fetch",
      "ocpi",
      "https://me:pass-of-tests@x.example/",
      "-o",
      join(made, "f"),
    ]);
    expect(withUser.code).toBe(2);
    expect(withUser.stderr).toContain("--auth basic");
    expect(withUser.stderr).not.toContain("pass-of-tests");
    const noAddress = await runCli(["fetch", "ocpi", "ftp://x/y", "-o", join(made, "f")], { env });
    expect(noAddress.code).toBe(2);
    expect(noAddress.stderr).toContain("no address");
    expect((await runCli(["fetch", "ocpi", "http://127.0.0.1:1/", "-o", "-"], { env })).code).toBe(2);
    const noFolder = await runCli(["fetch", "ocpi", "http://127.0.0.1:1/", "-o", join(made, "no", "f")], {
      env,
    });
    expect(noFolder.code).toBe(2);
  });

  it("says what a 401 means and what to do", async () => {
    const { origin } = await server([answer(401)]);
    const args = ["fetch", "ocpi", `${origin}/l`, "-o", join(await folder(), "f")];
    const without = await runCli(args, { env });
    expect(without.stderr).toMatch(/401.*no token was sent.*--token-env/);
    const refused = await runCli([...args, "--token-env", "CPO_TOKEN"], { env });
    expect(refused.stderr).toMatch(/refused as it is and encoded in base64/);
    expect(refused.code).toBe(3);
  });

  it("says where secrets are sent where another host, to which it was sent on, wants them", async () => {
    const other = await server([answer(401)]);
    const { origin } = await server([redirect(302, `${other.origin}/l`)]);
    const args = [
      "fetch",
      "ocpi",
      `${origin}/l`,
      "-o",
      join(await folder(), "f"),
      "--token-env",
      "CPO_TOKEN",
    ];
    const ended = await runCli(args, { env });
    expect(ended.stderr).toContain(`if ${other.origin} is to get them`);
    expect(other.requests.every(({ headers }) => headers["authorization"] === undefined)).toBe(true);
  });

  it("does nothing while another run writes the same file", async () => {
    const { origin, requests } = await server((request) => page(request, locations(1)));
    const output = join(await folder(), "feed.ndjson");
    const lock = await acquireLock(`${output}.lock`);
    const ended = await runCli(["fetch", "ocpi", `${origin}/l`, "-o", output], { env });
    await lock.release();
    expect(ended.code).toBe(5);
    expect(requests).toHaveLength(0);
  });

  it("killed in the middle leaves the file of before, and the next run nothing of that one", async () => {
    let hangs = false;
    const { origin, requests } = await server((request) => {
      if (hangs && request.query.has("offset")) return () => new Promise(() => undefined);
      return page(request, locations(hangs ? 200 : 120));
    });
    const made = await folder();
    const output = join(made, "feed.ndjson");
    const args = ["fetch", "ocpi", `${origin}/l`, "-o", output];
    expect((await runCli(args, { env })).code).toBe(0);
    const before = readFileSync(output);
    for (const signal of ["SIGKILL", "SIGTERM"] as const) {
      hangs = true;
      const seen = requests.length;
      const ended = await runCli(args, {
        env,
        started: (child) => void until(() => requests.length >= seen + 2).then(() => child.kill(signal)),
      });
      expect(ended.code).toBe(signal === "SIGKILL" ? null : 143);
      expect(readFileSync(output)).toStrictEqual(before);
      hangs = false;
    }
    expect((await runCli(args, { env })).code).toBe(0);
    const left = readdirSync(made).filter((name) => !name.startsWith(".feed.ndjson.lock."));
    expect(left.sort()).toStrictEqual(["feed.ndjson", "feed.ndjson.fetch.json"]);
  });
});

const FEEDS = "../shared/feeds";
const feeds = existsSync(FEEDS) ? readdirSync(FEEDS).filter((name) => name.endsWith(".json")) : [];

describe.skipIf(feeds.length === 0)(`real feeds (${feeds.length} in ${FEEDS})`, () => {
  it.each(feeds)("%s in pages of 50, some of which fail, gives what the file gives", async (name) => {
    const value: unknown = JSON.parse(readFileSync(join(FEEDS, name), "utf8"));
    const data = typeof value === "object" && value !== null && "data" in value ? value.data : value;
    const all = Array.isArray(data) ? data : [data];
    const seen = new Set<string>();
    const { origin } = await server(({ query, path }) => {
      const offset = Number(query.get("offset") ?? 0);
      const body = JSON.stringify(envelope(all.slice(offset, offset + 50)), undefined, 1);
      const key = `${offset}`;
      // Every third page breaks off the first time.
      if (offset % 150 === 50 && !seen.has(key)) {
        seen.add(key);
        return droppedAfter(body, body.length / 2);
      }
      const next = offset + 50 < all.length ? { link: `<${path}?offset=${offset + 50}>; rel="next"` } : {};
      return answer(200, body, { "x-total-count": `${all.length}`, ...next });
    });
    const made = await folder();
    const output = join(made, basename(name, ".json") + ".ndjson");
    const fetched = await runCli(["fetch", "ocpi", `${origin}/locations`, "-o", output], { env });
    expect(fetched.stderr).toContain("records in");
    const [ofFile, ofFetched] = await Promise.all(
      [join(FEEDS, name), output].map((input) =>
        runCli(["convert", input, "-o", "-", "--format", "osm", "--quiet"]),
      ),
    );
    expect(ofFile?.code).toBe(0);
    expect(ofFetched?.stdout.equals(ofFile?.stdout ?? Buffer.alloc(0))).toBe(true);
  });
});

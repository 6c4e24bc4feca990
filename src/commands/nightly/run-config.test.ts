/** Mistakes in a config: all at once, each with its line; and that `--check` finds them without doing anything. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { parseConfigText } from "../../runs/config-text.js";
import { runConfigJsonSchema, runConfigSchema } from "./run-config.js";
import { Night, source, treeOf } from "../run.test-support.js";

/** A night is several processes, and other tests run beside it. */
vi.setConfig({ testTimeout: 120_000 });

const parse = (value: unknown) =>
  parseConfigText(JSON.stringify(value, undefined, 1), runConfigSchema, "run.jsonc", "the config");

const config = (...sources: unknown[]) => ({ output: "out", sources });

describe("a config", () => {
  it("needs an output and a source with a feed and an extract; all else has a default", () => {
    const { settings } = parse(config({ name: "lakd", feed: { files: ["a.json"] }, osm: "lt.osm.pbf" }));
    expect(settings).toMatchObject({
      keep: 14,
      hooks: { timeout: "60s" },
      sources: [{ enabled: true, decisions: [], thresholds: {} }],
    });
  });

  it("may hold a profile, feeds of servers, and places of secrets", () => {
    const ocpi = { url: "https://cpo.example/ocpi/versions", token: { env: "CPO_TOKEN" } };
    const here = { ids: "ids.txt", apiKey: { file: "key" } };
    const { settings } = parse(config(source("a", { feed: [{ ocpi }, { here }, { files: ["x"] }] })));
    expect(settings.sources[0]?.feed).toMatchObject([
      { ocpi: { token: { env: "CPO_TOKEN" } } },
      { here },
      {},
    ]);
  });

  test.each([
    ["a name that leads elsewhere", source("../x"), "sources.0.name: letters, digits"],
    ["a name that links have", source("Latest"), 'sources.0.name: "latest" is what links are called'],
    ["a feed of no kind", source("a", { feed: {} }), "sources.0.feed: must have exactly one of"],
    [
      "a feed of two kinds",
      source("a", { feed: { files: ["x"], here: { ids: "x" } } }),
      "sources.0.feed: must have exactly one of",
    ],
    [
      "a secret in clear text",
      source("a", { feed: { ocpi: { url: "https://x.org", token: "abc" } } }),
      "sources.0.feed.ocpi.token: ",
    ],
    [
      "a setting there is none of",
      source("a", { tresholds: {} }),
      "sources.0.tresholds: there is no such setting",
    ],
    [
      "a mistake in its profile",
      source("a", { profile: { name: "a", licence: { id: "MIT" } } }),
      "sources.0.profile.licence.id: ",
    ],
    ["a hook for a shell", source("a", { hooks: { success: "rm -rf /" } }), "sources.0.hooks.success: "],
    [
      "a time that is none",
      source("a", { hooks: { timeout: "soon" } }),
      "sources.0.hooks.timeout: not a length of time such as 60s",
    ],
    ["no time", source("a", { hooks: { timeout: "0" } }), "sources.0.hooks.timeout: must be at least 1s"],
    // Longer than timers count: it would be over at once.
    [
      "a time without end",
      source("a", { hooks: { timeout: "600h" } }),
      "hooks.timeout: must be at least 1s and at",
    ],
    [
      "a limit that is none",
      source("a", { thresholds: { maxRejects: "lots", maxDisappear: "150%" } }),
      /thresholds\.maxRejects: "lots" is neither.*\n.*thresholds\.maxDisappear: "150%" is neither/,
    ],
    [
      "a limit in its profile that is none",
      source("a", { profile: { name: "a", thresholds: { maxRejects: "1.5" } } }),
      'sources.0.profile.thresholds.maxRejects: "1.5" is neither',
    ],
    ["parts that are too large", source("a", { split: 10_001 }), "sources.0.split: OSM takes no more"],
    ["nothing to keep", source("a", { keep: 0 }), "sources.0.keep: "],
  ])("with %s is refused", (_, given, message) => {
    expect(() => parse(config(given))).toThrow(message);
    expect(() => parse(config(given))).toThrow(/^run\.jsonc:\d+: /);
  });

  it("with two sources of one name, or of one state, is refused", () => {
    const twice = [source("a", { state: "s" }), source("A", { state: "s" })];
    expect(() => parse(config(...twice))).toThrow(
      /sources\.1\.name: another source.*\n.*sources\.1\.state: another source/,
    );
  });

  test.each<readonly [string, readonly unknown[], object, RegExp]>([
    [
      "one state under two names",
      [source("a", { state: "s" }), source("b", { state: "./x/../s" })],
      {},
      /sources\.1\.state: another source keeps its state there/,
    ],
    [
      "a state where another source's is without being said",
      [source("a"), source("b", { state: "out/a/state.ndjson.gz" })],
      {},
      /sources\.1\.state: another source keeps its state there/,
    ],
    [
      "a report that would overwrite a state",
      [source("a")],
      { reports: { json: "out/a/state.ndjson.gz" } },
      /reports\.json: sources\.0\.state goes to the same file/,
    ],
    [
      "two reports in one file",
      [source("a")],
      { reports: { junit: "r", metrics: "r" } },
      /reports\.junit: reports\.metrics goes to the same file/,
    ],
    [
      "a report that would overwrite a feed",
      [source("a")],
      { reports: { json: "a.json" } },
      /reports\.json: would overwrite .*a\.json, which sources\.0\.feed\.files names/,
    ],
    [
      "a state that would overwrite the extract",
      [source("a", { state: "osm.osm" })],
      {},
      /sources\.0\.state: would overwrite .*osm\.osm, which sources\.0\.osm names/,
    ],
    [
      "a state among results",
      [source("a", { state: "out/a/latest/state.ndjson" })],
      {},
      /sources\.0\.state: .* is within what each run replaces/,
    ],
    [
      "the output in a folder of feeds",
      [source("a", { feed: { files: ["."] } })],
      {},
      /feed\.files: the output/,
    ],
    [
      "the output as folder of feeds",
      [source("a", { feed: { files: ["out"] } })],
      {},
      /feed\.files: the output/,
    ],
    [
      "the output where a pattern looks for feeds",
      [source("a", { feed: { files: ["x.json", "**/*.json"] } })],
      {},
      /feed\.files: the output/,
    ],
    [
      "the output where feeds with ids are",
      [source("a", { feed: { here: { idsFrom: ["."] } } })],
      {},
      /feed\.here\.idsFrom: the output/,
    ],
  ])("with %s is refused", (_, sources, others, message) => {
    expect(() => parse({ ...config(...sources), ...others })).toThrow(message);
  });

  it("may have its feeds beside the output, and read what another program puts into it", () => {
    const feeds = ["feeds", "outer/*.json", "other/**/*.json", "out/a/feeds/x.json"];
    expect(() => parse(config(source("a", { feed: { files: feeds } })))).not.toThrow();
  });

  it("has a JSON Schema that knows every setting and describes it", () => {
    const schema = runConfigJsonSchema();
    expect(schema).toMatchObject({
      type: "object",
      required: ["output", "sources"],
      additionalProperties: false,
    });
    const sources = schema.properties?.["sources"];
    const items = typeof sources === "object" ? sources.items : undefined;
    const inner = typeof items === "object" && !Array.isArray(items) ? items.properties : undefined;
    expect(Object.keys(inner ?? {}).length).toBeGreaterThan(10);
    for (const [name, setting] of Object.entries({ ...schema.properties, ...inner }))
      expect({ name, described: typeof setting === "object" && setting.description !== undefined }).toEqual({
        name,
        described: true,
      });
  });
});

describe("run --check", () => {
  let night: Night;
  beforeEach(() => {
    night = new Night();
    night.feed("alpha", 2);
  });
  afterEach(() => night.remove());

  it("says that nothing is wrong, and does nothing", async () => {
    const ocpi = { url: "https://127.0.0.1:9/versions", token: { env: "CPO_TOKEN" } };
    night.config([source("alpha"), source("beta", { feed: { ocpi }, osm: "https://127.0.0.1:9/x.osm.pbf" })]);
    const before = treeOf(night.folder);
    const { code, stderr } = await night.run(["--check"], { env: { CPO_TOKEN: "secret-of-beta" } });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/no mistake found; 2 sources: alpha, beta/),
    });
    expect(stderr).not.toContain("secret-of-beta");
    expect(treeOf(night.folder)).toEqual(before);
  });

  it("says all that is wrong at once, each with its line", async () => {
    writeFileSync(night.path("empty"), "\n");
    writeFileSync(night.path("bad.jsonc"), '{"name": "x",\n"licence": {"id": "MIT"}}');
    writeFileSync(night.path("script"), "");
    const ocpi = {
      url: "https://127.0.0.1:9/",
      token: { env: "NO_SUCH_TOKEN" },
      headers: { "x-key": { file: "empty" } },
    };
    night.config(
      [
        source("one", {
          feed: { files: ["no/*.json", "none.json"] },
          osm: ["none.pbf"],
          decisions: ["none.ndjson", "none/*.ndjson"],
        }),
        source("two", {
          feed: { ocpi },
          profile: "bad.jsonc",
          state: "no/state",
        }),
        source("three", {
          feed: { here: { ids: "no-ids.txt" } },
          profile: "none.jsonc",
          country: ["Narnia"],
        }),
        source("four", { enabled: false, osm: "not.looked.at" }),
      ],
      {
        output: "no/published",
        reports: { metrics: "no/x/night.prom", junit: "." },
        hooks: { success: ["no-such-program"], failure: ["./script"] },
      },
    );
    const before = treeOf(night.folder);
    const { code, stderr } = await night.run(["--check"], { env: { HERE_API_KEY: "", HOME: night.folder } });
    expect(code).toBe(2);
    for (const expected of [
      /run\.jsonc:3: output: there is no folder .*\/no; create it first/,
      /sources\.0\.feed\.files: .*no file matches this pattern/,
      /sources\.0\.feed\.files: .*none\.json: no such file/,
      /sources\.0\.osm: .*none\.pbf: no such file/,
      /sources\.0\.decisions: .*none\.ndjson: no such file/,
      /sources\.1\.feed\.ocpi\.token: the environment has no NO_SUCH_TOKEN/,
      /sources\.1\.feed\.ocpi\.headers\.x-key: empty is empty/,
      /sources\.1\.profile: .*bad\.jsonc:2: licence\.id/,
      /sources\.1\.state: there is no folder .*\/no/,
      /sources\.2\.feed\.here\.ids: .*no-ids\.txt: no such file/,
      /sources\.2\.feed\.here: no key/,
      /sources\.2\.profile: .*none\.jsonc: no such file/,
      /sources\.2\.country: Narnia is no ISO 3166/,
      /hooks\.success: there is no program no-such-program/,
      /hooks\.failure: there is no program \.\/script that may be run/,
      /reports\.metrics: there is no folder/,
      /reports\.junit: .* is a folder; it must be a file/,
    ])
      expect(stderr).toMatch(expected);
    expect(stderr).not.toContain("not.looked.at");
    expect(treeOf(night.folder)).toEqual(before);
  });

  it("tells an output nobody may write to", async () => {
    mkdirSync(night.path("published"));
    night.config([source("alpha")]);
    chmodSync(night.folder, 0o755);
    chmodSync(night.path("published"), 0o555);
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    const { code, stderr } = await night.run(["--check"], { uid });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/output: .*published cannot be written to: no permission/),
    });
  });

  test.each([
    ["that is not there", undefined, /run\.jsonc: no such file/],
    ["that is empty", "", /run\.jsonc:1: value expected/],
    ["that is cut off", '{"output": "x",\n', /run\.jsonc:2: /],
  ])("a config %s ends with 2", async (_, text, message) => {
    if (text === undefined) rmSync(night.path("run.jsonc"), { force: true });
    else writeFileSync(night.path("run.jsonc"), text);
    expect(await night.run(["--check"])).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});

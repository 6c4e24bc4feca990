import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "./compiled.test-support.js";
import { parseConfigText, readConfigFile } from "./config-text.js";
import { UsageError } from "./exit-codes.js";

const schema = z.strictObject({
  name: z.string(),
  feed: z
    .union([z.strictObject({ url: z.string() }), z.array(z.strictObject({ url: z.string() }))])
    .optional(),
  profile: z.union([z.string(), z.strictObject({ id: z.int() })]).optional(),
  report: z.union([z.string().min(1), z.literal(false)]).optional(),
  place: z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]).optional(),
  kind: z.enum(["a", "b"]).optional(),
  count: z.int().min(1).max(5).optional(),
  at: z.url().optional(),
});

const parse = (text: string) => parseConfigText(text, schema, "c.jsonc", "the config");

describe("settings", () => {
  it("may have comments, trailing commas and a byte order mark", () => {
    expect(parse('\uFEFF// c\n{ "name": "x", /* c */ }').settings).toEqual({ name: "x" });
  });

  it("tell where a place is, or the nearest thing around it", () => {
    const { mistaken } = parse('{\n "name": "x",\r\n "feed": [\n  { "url": "a" } ] }');
    const paths = [["feed", 0, "url"], ["feed", 7, "url"], [], ["profile"]];
    const error = mistaken(paths.map((path) => ({ path, what: "wrong" })));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message.split("\n")).toEqual([
      "c.jsonc:1: the config: wrong",
      "c.jsonc:1: profile: wrong",
      "c.jsonc:3: feed.7.url: wrong",
      "c.jsonc:4: feed.0.url: wrong",
    ]);
  });

  test.each([
    ["", "c.jsonc:1: value expected"],
    ["[1]", "c.jsonc:1: the config: must be an object, not a list"],
    [
      '{"nmae": 2,\n"name": 1}',
      "c.jsonc:1: nmae: there is no such setting\nc.jsonc:2: name: must be text, not a number",
    ],
    [
      '{"name": "x",\n"place": {"env": "A", "file": "b"}}',
      'c.jsonc:2: place: must have only one of "env" and "file"',
    ],
    ['{"name": "x",\n"place": {"env": "A", "fiel": "b"}}', "c.jsonc:2: place.fiel: there is no such setting"],
    ['{"name": "x",\n"feed": {"url": 1}}', "c.jsonc:2: feed.url: must be text, not a number"],
    [
      '{"name": "x",\n"feed": [{"url": "a"},\n{"urls": 1}]}',
      "c.jsonc:3: feed.1.urls: there is no such setting",
    ],
    ['{"name": "x",\n"feed": [{"url": "a"},\n{"urls": 1}]}', "c.jsonc:3: feed.1.url: is missing"],
    ['{"name": "x",\n"profile": {"id": "one"}}', "c.jsonc:2: profile.id: must be a number, not text"],
    ['{"name": "x",\n"profile": 5}', "c.jsonc:2: profile: must be text or an object, not a number"],
    ['{"name": "x",\n"profile": true}', "c.jsonc:2: profile: must be text or an object, not true"],
    ['{"name": "x",\n"report": ""}', "c.jsonc:2: report: must not be empty"],
    ['{"name": "x",\n"report": true}', "c.jsonc:2: report: must be text or false, not true"],
    ['{"name": "x",\n"kind": "c"}', 'c.jsonc:2: kind: must be "a" or "b"'],
    ['{"name": "x",\n"kind": null}', 'c.jsonc:2: kind: must be "a" or "b", not null'],
    ['{"name": "x",\n"count": 0}', "c.jsonc:2: count: must be at least 1"],
    ['{"name": "x",\n"count": 7}', "c.jsonc:2: count: must be at most 5"],
    ['{"name": "x",\n"at": "x.org"}', "c.jsonc:2: at: must be a whole address"],
    ['{"name": "x",\n"feed": {"url": "a",\n"url": "b"}}', "c.jsonc:3: feed.url: stands there more than once"],
    ['{"name": "x",\r"feed": [],\r"nmae": 1}', "c.jsonc:3: nmae: there is no such setting"],
  ])("mistakes of %j are told with their lines", (text, message) => {
    expect(() => parse(text)).toThrow(UsageError);
    expect(() => parse(text)).toThrow(message);
  });
});

describe("a file of settings", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const write = (name: string, content: string | Uint8Array) => {
    const file = join(folder.path, name);
    writeFileSync(file, content);
    return file;
  };

  it("is read as UTF-8", async () => {
    expect(await readConfigFile(write("umlaut", '\uFEFF{"name": "ä"}'))).toBe('{"name": "ä"}');
  });

  it.each([
    ["in Latin-1", new Uint8Array([0x7b, 0xfc, 0x7d])],
    ["in UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0])],
  ])("%s is refused: its names would be others", async (_, bytes) => {
    await expect(readConfigFile(write("other", bytes))).rejects.toThrow(
      /other: is not UTF-8; save it as UTF-8/,
    );
  });

  it("that cannot be read is told with why, by its name for people", async () => {
    await expect(readConfigFile(join(folder.path, "none"))).rejects.toThrow(/none: no such file/);
    await expect(readConfigFile(folder.path, "that")).rejects.toThrow(
      "that: is a folder; name the file in it",
    );
    await expect(readConfigFile(join(write("file", ""), "x"))).rejects.toThrow(UsageError);
  });
});

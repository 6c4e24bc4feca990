import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { parseConfigText } from "./config-text.js";
import { UsageError } from "./exit-codes.js";

const schema = z.strictObject({
  name: z.string(),
  feed: z
    .union([z.strictObject({ url: z.string() }), z.array(z.strictObject({ url: z.string() }))])
    .optional(),
  profile: z.union([z.string(), z.strictObject({ id: z.int() })]).optional(),
});

const parse = (text: string) => parseConfigText(text, schema, "c.jsonc", "the config");

describe("settings", () => {
  it("may have comments, trailing commas and a byte order mark", () => {
    expect(parse('\uFEFF// c\n{ "name": "x", /* c */ }').settings).toEqual({ name: "x" });
  });

  it("tell where a place is, or the nearest thing around it", () => {
    const { place, line } = parse('{\n "name": "x",\n "feed": [\n  { "url": "a" } ] }');
    expect(place(["feed", 0, "url"])).toBe("c.jsonc:4: feed.0.url");
    expect(place(["feed", 7, "url"])).toBe("c.jsonc:3: feed.7.url");
    expect(place([])).toBe("c.jsonc:1: the config");
    expect(line(["profile"])).toBe(1);
  });

  test.each([
    ["", "c.jsonc:1: value expected"],
    ["[1]", "c.jsonc:1: the config: Invalid input: expected object"],
    [
      '{"name": 1,\n"nmae": 2}',
      "c.jsonc:1: name: Invalid input: expected string, received number\nc.jsonc:2: nmae: there is no such setting",
    ],
    ['{"name": "x",\n"feed": {"url": 1}}', "c.jsonc:2: feed.url: Invalid input: expected string"],
    ['{"name": "x",\n"feed": [{"url": "a"},\n{"urls": 1}]}', "c.jsonc:3: feed.1.url: "],
    [
      '{"name": "x",\n"feed": [{"url": "a"},\n{"urls": 1}]}',
      "c.jsonc:3: feed.1.urls: there is no such setting",
    ],
    ['{"name": "x",\n"profile": {"id": "one"}}', "c.jsonc:2: profile.id: Invalid input: expected "],
    ['{"name": "x",\n"profile": 5}', "c.jsonc:2: profile: Invalid input"],
  ])("mistakes of %j are told with their lines", (text, message) => {
    expect(() => parse(text)).toThrow(UsageError);
    expect(() => parse(text)).toThrow(message);
  });
});

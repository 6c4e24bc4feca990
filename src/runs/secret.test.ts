import { Buffer } from "node:buffer";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format, inspect } from "node:util";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { failureMessage } from "./interruption.js";
import { createLog } from "./log.js";
import { spellingsOf } from "./secret-spellings.js";
import { concealed, concealing, readSecret, Secret, shownJson, shownUrl } from "./secret.js";

const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-secret-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = 'tEst/secret+9%="q" & <x>\'é';
const secret = new Secret(TEXT);

const escaped = (text: string, pattern: RegExp, as: (character: string) => string) =>
  text.replaceAll(pattern, as);
const html = (text: string) => escaped(text, /[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const named = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

describe("a secret", () => {
  test("shows nowhere but where it is revealed", () => {
    expect(secret.reveal()).toBe(TEXT);
    for (const shown of [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ deep: [secret] }, { depth: 9, showHidden: true }),
      format("%s %j %o %O", secret, secret, secret, secret),
      JSON.stringify({ ...secret }),
      Object.values(secret).join(),
    ])
      expect(shown).not.toContain("tEst");
  });

  test.each([
    ["as it is", TEXT],
    ["as JSON", JSON.stringify(TEXT)],
    ["as JSON in JSON", JSON.stringify(JSON.stringify(TEXT))],
    ["as PHP writes JSON", JSON.stringify(TEXT).replaceAll("/", "\\/")],
    ["as JSON in ASCII", JSON.stringify(TEXT).replaceAll("é", "\\u00E9").replaceAll("<", "\\u003c")],
    ["percent-encoded", encodeURIComponent(TEXT)],
    ["percent-encoded twice", encodeURIComponent(encodeURIComponent(TEXT))],
    ["in small letters", encodeURIComponent(TEXT).toLowerCase().replace("test", "tEst")],
    ["as OAuth does", encodeURIComponent(TEXT).replaceAll("'", "%27")],
    ["in a query", new URL(`http://a/?x=${encodeURIComponent(TEXT)}`).search],
    ["in a form", new URLSearchParams({ x: TEXT }).toString()],
    ["in HTML", named(TEXT)],
    ["in HTML by numbers", html(TEXT)],
    ["in an address in HTML", named(`?a=1&key=${encodeURIComponent(TEXT)}`)],
    ["in CSV", TEXT.replaceAll('"', '""')],
  ])("%s is concealed", (_how, text) => {
    const shown = concealed(`before ${text} after`);
    expect(shown).toMatch(/^before .*\*\*\*.* after$/);
    expect(shown).not.toMatch(/tEst|secret/);
  });

  test.each([
    ["alone", base64(TEXT)],
    ["without padding", base64(TEXT).replace(/=+$/, "")],
    ["for addresses", Buffer.from(TEXT, "utf8").toString("base64url")],
    ["in an address", encodeURIComponent(base64(TEXT))],
  ])("in base64 %s is concealed", (_how, text) => {
    expect(concealed(`Token ${text}.`)).toBe("Token ***.");
  });

  test("in base64 with a user before it and anything after it, no piece that tells of it stays", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 }), (before, after) => {
        const shown = concealed(base64(`${before}${TEXT}${after}`));
        expect(shown).toContain("***");
        expect(Buffer.from(shown.replaceAll("***", ""), "base64").toString("utf8")).not.toMatch(/Est|secre/);
      }),
    );
  });

  test("of any characters, however each of them is written, leaves nothing", () => {
    const writings = [
      (c: string) => c,
      (c: string) => JSON.stringify(c).slice(1, -1),
      (c: string) => encodeURIComponent(c),
      (c: string) => encodeURIComponent(encodeURIComponent(c)),
      (c: string) => `&#${c.codePointAt(0)};`,
      (c: string) => `&amp;#x${c.codePointAt(0)?.toString(16)};`,
      (c: string) => JSON.stringify(JSON.stringify(c).slice(1, -1)).slice(1, -1),
    ];
    const character = fc.constantFrom(
      ...Array.from(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\0\u007Fäß€充😀"),
    );
    const written = fc.tuple(character, fc.nat(writings.length - 1));
    fc.assert(
      fc.property(fc.array(written, { minLength: 4, maxLength: 12 }), (pieces) => {
        const pattern = spellingsOf(pieces.map(([c]) => c).join(""));
        const text = pieces.map(([c, way]) => writings[way]?.(c) ?? c).join("");
        expect(text.replaceAll(pattern, "")).toBe("");
      }),
    );
  });

  test("as long as a token is concealed too", () => {
    const token = fc.sample(fc.base64String({ minLength: 4000, maxLength: 6000 }), {
      numRuns: 1,
      seed: 6,
    })[0];
    expect(token?.length).toBeGreaterThanOrEqual(4000);
    void new Secret(token ?? "");
    expect(concealed(`{"access_token":"${token}"}`)).toBe('{"access_token":"***"}');
    expect(concealed(`access_token=${encodeURIComponent(token ?? "")}`)).toBe("access_token=***");
  });

  test("that holds another is concealed whole", () => {
    void new Secret("inner-part");
    void new Secret("outer-inner-part-outer");
    expect(concealed("x outer-inner-part-outer x inner-part x")).toBe("x *** x *** x");
  });

  test("leaves everything else as it is", () => {
    const text = 'Location DE*ABC*E1: 50 % of {"power": 22}, https://example.org/?a=1&b=2';
    expect(concealed(text)).toBe(text);
  });

  test("a long hostile text does not take long to look through", () => {
    const text = `${"%25".repeat(50_000)}${"&amp;".repeat(50_000)}${"\\".repeat(50_000)}`;
    expect(concealed(text)).toBe(text);
  });
});

describe("JSON", () => {
  test("texts are concealed, and a number that happens to look like a secret stays a number", () => {
    void new Secret("20261121");
    const value = { at: 20261121, said: "date 20261121", deep: [{ said: TEXT }] };
    expect(JSON.parse(JSON.stringify(value, concealing))).toEqual({
      at: 20261121,
      said: "date ***",
      deep: [{ said: "***" }],
    });
  });

  test("a new token in an answer is not shown, even where the answer breaks off", () => {
    expect(shownJson('{"access_token":"eyJh\\"bGci","token_type" : "bearer","name":"A"}')).toBe(
      '{"access_token":"***","token_type" : "bearer","name":"A"}',
    );
    expect(shownJson('{"name":"A","access_token":"eyJhbGci')).toBe('{"name":"A","access_token":"***"');
    expect(shownJson(`{"name":${JSON.stringify(TEXT)}}`)).toBe('{"name":"***"}');
  });
});

describe("where a secret is read", () => {
  const env = (value: string) => readSecret({ env: "KEY" }, { KEY: value });

  test("blanks, line breaks and a byte order mark around it are not part of it", async () => {
    const file = join(folder, "key");
    writeFileSync(file, "\uFEFF  from-a-file \r\n\n");
    expect((await readSecret({ file })).reveal()).toBe("from-a-file");
    expect((await env(" from-the-environment\n")).reveal()).toBe("from-the-environment");
  });

  test("nothing there is an error that names the place", async () => {
    await expect(readSecret({ env: "KEY" }, {})).rejects.toThrow("the environment has no KEY");
    await expect(env(" \n")).rejects.toThrow("the environment has no KEY");
    await expect(readSecret({ file: join(folder, "none") })).rejects.toThrow(
      /none, but there is no such file/,
    );
    writeFileSync(join(folder, "empty"), "\n");
    await expect(readSecret({ file: join(folder, "empty") })).rejects.toThrow(/empty is empty/);
    await expect(readSecret({ file: folder })).rejects.toThrow(/it is a folder; name a file/);
    writeFileSync(join(folder, "wide"), Buffer.from("\uFEFFa-key-of-windows\r\n", "utf16le"));
    await expect(readSecret({ file: join(folder, "wide") })).rejects.toThrow(/UTF-16.*save it as UTF-8/);
  });

  test("what is no secret is refused, and not shown", async () => {
    const several = await env("first-line\nsecond-line").catch((error: unknown) => error);
    expect(several).toMatchObject({ exitCode: 2, message: expect.stringContaining("line breaks") });
    expect(String(several)).not.toContain("first-line");
    const short = await env("xyz").catch((error: unknown) => error);
    expect(short).toMatchObject({ exitCode: 2, message: expect.stringContaining("fewer than 4 characters") });
    expect(String(short)).not.toContain("xyz");
  });
});

describe("addresses", () => {
  test.each([
    ["https://user:pa55@host/a?b=1", "https://***@host/a?b=1"],
    ["https://user@host/", "https://***@host/"],
    ["https://host/a?apiKey=abc&in=1", "https://host/a?apiKey=***&in=1"],
    [
      "https://host/?access_token=a&access_token=b&X-Amz-Signature=c",
      "https://host/?access_token=***&access_token=***&X-Amz-Signature=***",
    ],
    ["https://host/?in=a,b&q=x%20y&apiKey=abc", "https://host/?in=a,b&q=x%20y&apiKey=***"],
    ["https://host/#access_token=abc", "https://host/"],
    ["http://user:pa55@host:99999/", "http://***@host:99999/"],
    ["user:pa55@proxy:3128", "***@proxy:3128"],
    ["http://user:p/a?5#5@host:99999/", "http://***@host:99999/"],
    ["not an address", "not an address"],
  ])("%s is shown as %s", (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });

  test("a secret in the path of an address is concealed too", () => {
    expect(shownUrl(`https://host/${encodeURIComponent(TEXT)}/locations`)).toBe("https://host/***/locations");
  });
});

describe("what is said", () => {
  test("no log shows a secret: messages, facts, the line at the bottom", () => {
    for (const format of ["text", "json"] as const) {
      const written: string[] = [];
      const stream = { isTTY: true, columns: 200, write: (text: string) => written.push(text) };
      const log = createLog({ format, quiet: false, env: {}, stream });
      log.info(`sent ${TEXT}`, { header: TEXT, url: encodeURIComponent(TEXT) });
      log.error(JSON.stringify({ TEXT }));
      log.status(`at ${TEXT}`);
      expect(written.join("")).not.toMatch(/tEst|secret/);
      expect(written.join("")).toContain("***");
    }
  });

  test("no failure shows a secret, not even its stack", () => {
    const error = new TypeError(`cannot parse ${TEXT}`);
    for (const debug of [true, false]) {
      expect(failureMessage(error, debug)).toContain("cannot parse ***");
      expect(failureMessage(TEXT, debug)).toBe("unexpected failure: ***");
    }
  });
});

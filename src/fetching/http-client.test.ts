import { describe, expect, test } from "vitest";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { Secret } from "../runs/secret.js";
import { jsonOf, textOf } from "./body-text.js";
import { BrokenAnswerError, HttpError } from "./http-client.js";
import type { HttpAnswer } from "./http.js";
import * as replay from "./replay-server.test-support.js";
import { serving } from "./served-client.test-support.js";

const failureOf = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("an answer", () => {
  test.each([
    ["plain", replay.answer(200, "hello")],
    ["compressed", replay.gzipped("hello")],
    ["in chunks", replay.inChunks(["he", "ll", "o"])],
    ["slow, but steady", replay.drip([..."hello"], 30)],
  ])("%s arrives whole", async (_how, answer) => {
    const { client, get } = await serving([answer]);
    expect(await get()).toBe("hello");
    expect(client.counts).toMatchObject({ requests: 1, retries: 0 });
    expect(client.counts.bytes).toBeGreaterThanOrEqual(5);
  });

  test("304 and 204 have no content, whatever their headers say", async () => {
    const { client, get, server } = await serving([
      replay.answer(304, "", { "content-encoding": "gzip", "content-length": "500" }),
      replay.answer(204, "", { "content-encoding": "gzip", "content-length": "5" }),
    ]);
    const conditional = { url: server.origin, headers: async () => ({ "if-none-match": '"1"' }) };
    expect(await client.send(conditional, async ({ status }) => status)).toBe(304);
    expect(await get()).toBe("");
    expect(client.counts).toMatchObject({ requests: 2, retries: 0 });
  });

  test("that nothing has changed is none where nobody asked that", async () => {
    const { get, client } = await serving([replay.answer(304)]);
    await expect(get()).rejects.toThrow(/answered 304 Not Modified; .*nobody asked that/);
    expect(client.counts.requests).toBe(1);
  });

  test("tells its status, its address and its headers", async () => {
    const { client, server } = await serving([replay.answer(200, "", { Link: "<b>", etag: '"1"' })]);
    const told = await client.send({ url: `${server.origin}/a?b=1` }, async (answer) => [
      answer.status,
      answer.url,
      answer.header("link"),
      answer.header("etag"),
      answer.header("none"),
    ]);
    expect(told).toEqual([200, `${server.origin}/a?b=1`, "<b>", '"1"', undefined]);
  });

  test("that is only a part is none, as nobody asked for one", async () => {
    const { get, server } = await serving([replay.answer(206, '{"data":[]}')]);
    await expect(get()).rejects.toThrow(/answered 206 Partial Content; it sends only a part/);
    expect(server.requests).toHaveLength(1);
  });

  test("that nobody reads to its end does no harm", async () => {
    const { client, server, get } = await serving([
      replay.answer(200, "x".repeat(1e6)),
      replay.answer(200, "next"),
    ]);
    await client.send({ url: server.origin }, async () => undefined);
    await client.send({ url: server.origin }, async (answer) => {
      for await (const chunk of answer.body) return chunk.length;
      return 0;
    });
    expect(await get()).toBe("next");
  });
});

describe("a request", () => {
  test("says who asks, and what it is given", async () => {
    const { client, server } = await serving([replay.json({})]);
    const request = {
      url: `${server.origin}/token?a=b%20c`,
      method: "POST",
      body: "grant_type=ä",
      headers: async () => ({ "content-type": "text/plain", authorization: "Token x" }),
    } as const;
    await client.send(request, (answer) => jsonOf(answer));
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({ method: "POST", path: "/token", body: "grant_type=ä" });
    expect(server.requests[0]?.query.get("a")).toBe("b c");
    expect(server.requests[0]?.headers).toMatchObject({
      "user-agent": expect.stringMatching(/^ocpi2osm\/\d+\.\d+\.\d+/),
      "accept-encoding": "gzip",
      "content-type": "text/plain",
      authorization: "Token x",
    });
  });

  test("user and password of an address are sent as a header, not in the address", async () => {
    const { client, server } = await serving([replay.answer(200)]);
    const url = server.origin.replace("//", "//me:pa%40ss@");
    await client.send({ url }, (answer) => textOf(answer));
    expect(server.requests[0]?.headers["authorization"]).toBe(`Basic ${btoa("me:pa@ss")}`);
  });

  test.each(["ftp://host/", "/etc/passwd", "", "file:///etc/passwd"])("to %j is refused", async (url) => {
    const { client } = await serving([replay.answer(200)]);
    const error = await failureOf(client.send({ url }, (answer) => textOf(answer)));
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining("no address") });
  });

  test("whose header holds a line break is not sent, and what it holds is not shown", async () => {
    const { client, server } = await serving([replay.answer(200)]);
    const headers = async () => ({ authorization: "Token begin\nning" });
    const error = await failureOf(client.send({ url: server.origin, headers }, (answer) => textOf(answer)));
    expect(error).toBeInstanceOf(UnreadableInputError);
    expect(String(error)).toContain("a line break in a secret, or a letter that is not Latin?");
    expect(String(error)).not.toContain("begin");
    expect(server.requests).toEqual([]);
  });
});

describe("what passes is tried again", () => {
  test.each([
    ["408", replay.answer(408)],
    ["425", replay.answer(425)],
    ["429", replay.tooMany()],
    ["500", replay.answer(500, "oops")],
    ["502", replay.answer(502)],
    ["503", replay.answer(503, "", { "retry-after": "2" })],
    ["504", replay.answer(504)],
    ["a connection that breaks before the answer", replay.dropped],
    ["a connection that breaks within the body", replay.droppedAfter("hello", 3)],
    ["a body shorter than it is said to be", replay.wrongLength("hello", 1)],
    ["chunks without an end", replay.inChunks(["hel", "lo"], false)],
    ["compressed content that ends early", replay.gzipCutShort("hello")],
    ["compressed content that is none", replay.gzipBroken()],
    ["a body that stops coming", replay.stuck("hel")],
    ["no answer at all", replay.silence],
    ["an answer that is no HTTP", replay.gibberish],
  ])("%s", async (_what, failing) => {
    const { client, get, server } = await serving([failing, failing, replay.answer(200, "hello")]);
    expect(await get()).toBe("hello");
    expect(server.requests).toHaveLength(3);
    expect(client.counts).toMatchObject({ requests: 3, retries: 2 });
  });

  test("content that its reader finds broken, although it came whole", async () => {
    // Its length was said too short: HTTP has nothing to complain of.
    const { client, server } = await serving([replay.wrongLength('{"a":1}', -3), replay.json({ a: 1 })]);
    expect(await client.send({ url: server.origin }, (answer) => jsonOf(answer))).toEqual({ a: 1 });
  });

  test("a reader begins anew each time, even one that notices nothing", async () => {
    const { client, server } = await serving([replay.stuck("hel"), replay.answer(200, "hello")]);
    let calls = 0;
    const read = async (answer: HttpAnswer) => {
      calls += 1;
      try {
        return await textOf(answer);
      } catch {
        return "half of it will do";
      }
    };
    expect(await client.send({ url: server.origin }, read)).toBe("hello");
    expect(calls).toBe(2);
  });

  test("whatever a reader makes of it that the content broke off", async () => {
    const { client, server } = await serving([replay.stuck("hel"), replay.answer(200, "hello")]);
    const read = (answer: HttpAnswer) =>
      textOf(answer).catch(() => {
        throw new TypeError("no text");
      });
    expect(await client.send({ url: server.origin }, read)).toBe("hello");
  });

  test("headers are made anew for every attempt", async () => {
    const { client, server } = await serving([replay.answer(500), replay.answer(500), replay.answer(200)]);
    let made = 0;
    const headers = async () => ({ "x-attempt": String((made += 1)) });
    await client.send({ url: server.origin, headers }, (answer) => textOf(answer));
    expect(server.requests.map((request) => request.headers["x-attempt"])).toEqual(["1", "2", "3"]);
  });

  test("after waits that grow, by chance", async () => {
    const { clock, get } = await serving([replay.answer(500)], { attempts: 5 }, () => 0.5);
    await failureOf(get());
    expect(clock.waits).toEqual([500, 1000, 2000, 4000]);
  });

  test("and it is told why, and for how long is waited", async () => {
    const told: string[] = [];
    const onRetry = (message: string) => told.push(message);
    const { server, get } = await serving([replay.tooMany("30"), replay.answer(200)], { onRetry });
    await get("/a?apiKey=k");
    expect(told).toEqual([`${server.origin}/a?apiKey=*** answered 429; waiting 31 s before trying again`]);
  });
});

test.each([408, 425, 500, 502, 503, 504, 507, 520, 522, 524, 529, 599])(
  "%i passes, also where it is a gateway's own",
  async (status) => {
    const { get, server } = await serving([
      replay.answer(status, "<h1>Error</h1>"),
      replay.answer(200, "it"),
    ]);
    expect(await get()).toBe("it");
    expect(server.requests).toHaveLength(2);
  },
);

describe("what does not pass", () => {
  test.each([400, 401, 403, 404, 405, 409, 410, 422, 501, 505, 511])(
    "%i is an error at once",
    async (status) => {
      const { get, server } = await serving([replay.answer(status, '{"title":"No"}')]);
      const error = await failureOf(get("/v3/x?apiKey=k"));
      expect(error).toBeInstanceOf(HttpError);
      expect(error).toMatchObject({
        status,
        exitCode: 3,
        url: `${server.origin}/v3/x?apiKey=***`,
        bodyText: '{"title":"No"}',
      });
      expect(server.requests).toHaveLength(1);
    },
  );

  test("and what does not within the attempts says how often it was tried", async () => {
    const { get, server } = await serving([replay.answer(503)], { attempts: 3 });
    const error = await failureOf(get("/a"));
    expect(error).toMatchObject({
      status: 503,
      message: `${server.origin}/a answered 503 Service Unavailable; the server is not available; run again later; tried 3 times`,
    });
    expect(server.requests).toHaveLength(3);
  });

  test("a body that never comes whole says where it broke off", async () => {
    const { get } = await serving([replay.wrongLength("hello", 3)], { attempts: 2 });
    const error = await failureOf(get("/a"));
    expect(error).toBeInstanceOf(UnreadableInputError);
    expect(String(error)).toMatch(
      /\/a: the answer broke off after \d bytes: its answer is shorter .* \(tried 2 times\)$/,
    );
  });

  test("a reader's own error is passed on as it is", async () => {
    const { client, server } = await serving([replay.answer(200, "hello")]);
    const full = new Error("disk full");
    const sent = client.send({ url: server.origin }, async () => Promise.reject(full));
    await expect(sent).rejects.toBe(full);
    expect(server.requests).toHaveLength(1);
  });

  test("the body of an error is kept to 64 KiB, and one that breaks off does not hide the error", async () => {
    const { get } = await serving([
      replay.answer(400, "x".repeat(1e6)),
      // Less comes than its length says.
      replay.answer(404, "gone", { "content-length": "9" }),
    ]);
    expect(await failureOf(get())).toMatchObject({ status: 400, bodyText: "x".repeat(65_536) });
    expect(await failureOf(get())).toMatchObject({ status: 404 });
  });

  test("a compression that was not asked for and cannot be read", async () => {
    const { get } = await serving([replay.answer(200, "?", { "content-encoding": "zstd" })]);
    expect(String(await failureOf(get()))).toContain("compressed as zstd, which cannot be read");
  });

  test("no error, log or text shows a secret that a server quotes", async () => {
    const secret = new Secret("k3y/of+tests==").reveal();
    const told: string[] = [];
    const { client, server } = await serving(
      [replay.answer(500, secret), replay.answer(403, `{"error":"bad key ${encodeURIComponent(secret)}"}`)],
      { onRetry: (message) => told.push(message) },
    );
    const url = `${server.origin}/${encodeURIComponent(secret)}?apikey=${encodeURIComponent(secret)}`;
    const error = await failureOf(client.send({ url }, (answer) => textOf(answer)));
    const shown = [String(error), JSON.stringify(error), ...told].join("\n");
    expect(shown).not.toMatch(/k3y/);
    expect(error).toMatchObject({ bodyText: '{"error":"bad key ***"}' });
  });
});

describe("401", () => {
  const expired = replay.answer(401, '{"error":"token expired"}');

  test("is tried again once, with new headers, when the credentials could be renewed", async () => {
    const { client, server } = await serving([expired, replay.answer(200, "hello")], { attempts: 1 });
    let token = "old";
    const request = {
      url: server.origin,
      headers: async () => ({ authorization: token }),
      refused: async () => ((token = "new"), true),
    };
    expect(await client.send(request, (answer) => textOf(answer))).toBe("hello");
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual(["old", "new"]);
  });

  test("is an error when it comes again, or when nothing could be renewed", async () => {
    const { client, server } = await serving([expired]);
    let asked = 0;
    const read = (answer: HttpAnswer) => textOf(answer);
    const again = client.send({ url: server.origin, refused: async () => ((asked += 1), true) }, read);
    expect(await failureOf(again)).toMatchObject({ status: 401 });
    expect(asked).toBe(1);
    const useless = client.send({ url: server.origin, refused: async () => false }, read);
    expect(await failureOf(useless)).toMatchObject({ status: 401 });
    expect(server.requests).toHaveLength(3);
  });

  test("a token may be fetched by the same client, even where only one request may be under way", async () => {
    const { client, server } = await serving(
      (request) => (request.path === "/token" ? replay.json({ token: "t" }) : replay.answer(200, "hello")),
      { concurrency: 1 },
    );
    let token: Promise<unknown> | undefined;
    const headers = async () => {
      token ??= client.send({ url: `${server.origin}/token`, method: "POST" }, (answer) => jsonOf(answer));
      return { authorization: JSON.stringify(await token) };
    };
    const get = () => client.send({ url: server.origin, headers }, (answer) => textOf(answer));
    expect(await Promise.all([get(), get(), get()])).toEqual(["hello", "hello", "hello"]);
    expect(server.requests.filter(({ path }) => path === "/token")).toHaveLength(1);
  });
});

test("JSON: a page for people is an error at once, and text is not taken in without limit", async () => {
  const { client, server } = await serving([
    replay.answer(200, "\uFEFF <!doctype html><title>Log in</title>"),
    replay.gzipped("x".repeat(1e6)),
    replay.answer(200, '\uFEFF{"a":"ä"}'),
  ]);
  const json = () => client.send({ url: server.origin }, (answer) => jsonOf(answer, 100_000));
  expect(String(await failureOf(json()))).toMatch(/answers with a page .* It begins: .*Log in/);
  expect(String(await failureOf(json()))).toContain("more than 100,000 bytes");
  expect(await json()).toEqual({ a: "ä" });
  expect(server.requests).toHaveLength(3);
});

test("BrokenAnswerError is what a reader throws to have it all again", async () => {
  const { client, server } = await serving([replay.answer(200, "1"), replay.answer(200, "2")]);
  const read = async (answer: HttpAnswer) => {
    const text = await textOf(answer);
    if (text === "1") throw new BrokenAnswerError("half a page");
    return text;
  };
  expect(await client.send({ url: server.origin }, read)).toBe("2");
});

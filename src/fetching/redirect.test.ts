import { afterEach, describe, expect, test } from "vitest";
import { textOf } from "./body-text.js";
import { createHttpClient } from "./http-client.js";
import { redirected, type SentRequest } from "./redirect.js";
import * as replay from "./replay-server.test-support.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const ours = {
  authorization: "Token secret",
  "x-api-key": "secret",
  cookie: "a=b",
  "if-none-match": '"1"',
  accept: "application/json",
};

async function serving(script: replay.Script | readonly replay.Answer[]) {
  const server = await replay.replayServer(script);
  open.push(server);
  return server;
}

async function got(url: string, method: "GET" | "POST" = "GET"): Promise<string> {
  const client = createHttpClient({}, replay.impatientClock());
  open.push(client);
  const request = { url, method, headers: async () => ours, ...(method === "POST" ? { body: "a=b" } : {}) };
  return client.send(request, async (answer) => `${answer.url} ${await textOf(answer)}`);
}

describe("a redirect", () => {
  test.each([301, 302, 303, 307, 308])(
    "%i to the same server is followed with all headers",
    async (status) => {
      const server = await serving([replay.redirect(status, "/new?b=1#c"), replay.answer(200, "hello")]);
      expect(await got(`${server.origin}/old`)).toBe(`${server.origin}/new?b=1 hello`);
      expect(server.requests[1]?.headers).toMatchObject(ours);
    },
  );

  test("to another server is followed without what tells who asks", async () => {
    const other = await serving([replay.answer(200, "hello")]);
    const server = await serving([
      replay.redirect(302, `${other.origin.replace("//", "//evil:user@")}/file`),
    ]);
    expect(await got(server.origin)).toBe(`${other.origin}/file hello`);
    const { headers } = other.requests[0] ?? {};
    expect(headers).toMatchObject({ "if-none-match": '"1"', accept: "application/json" });
    expect(Object.keys(headers ?? {})).not.toEqual(expect.arrayContaining(["authorization"]));
    expect(JSON.stringify(headers)).not.toMatch(/secret|cookie|api-key|Basic/);
  });

  test("there and back does not bring the headers back", async () => {
    const server = await serving((request) =>
      request.path === "/back" ? replay.answer(200, "hello") : replay.redirect(302, `${other.origin}/away`),
    );
    const other = await serving([replay.redirect(302, `${server.origin}/back`)]);
    await got(`${server.origin}/there`);
    expect(JSON.stringify(server.requests[1]?.headers)).not.toContain("secret");
  });

  test("after a POST, the next is a GET without its content (303), or the same POST (307)", async () => {
    const server = await serving([
      replay.redirect(303, "/a"),
      replay.answer(200),
      replay.redirect(307, "/b"),
      replay.answer(200),
    ]);
    await got(server.origin, "POST");
    await got(server.origin, "POST");
    expect(server.requests.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      "POST / a=b",
      "GET /a ",
      "POST / a=b",
      "POST /b a=b",
    ]);
  });

  test("of a POST to another server is not followed", async () => {
    const other = await serving([replay.answer(200)]);
    const server = await serving([replay.redirect(307, other.origin)]);
    await expect(got(server.origin, "POST")).rejects.toThrow(/sends a POST on to another server/);
    expect(other.requests).toEqual([]);
  });

  test("in a circle ends with an error after five", async () => {
    const server = await serving([replay.redirect(302, "/again")]);
    await expect(got(server.origin)).rejects.toThrow(/cannot be followed: .* more than 5 times/);
    expect(server.requests).toHaveLength(6);
  });

  test.each([
    ["file:///etc/passwd", /not http or https/],
    ["http://[", /no address/],
  ])("to %s is an error", async (location, message) => {
    const server = await serving([replay.redirect(302, location)]);
    await expect(got(server.origin)).rejects.toThrow(message);
  });

  test("to nowhere is an error", async () => {
    const server = await serving([replay.answer(302)]);
    await expect(got(server.origin)).rejects.toThrow(/does not say where/);
  });

  test("that breaks is begun anew from its beginning", async () => {
    const server = await serving([
      replay.redirect(302, "/new"),
      replay.dropped,
      replay.redirect(302, "/new"),
      replay.answer(200, "hello"),
    ]);
    expect(await got(server.origin)).toBe(`${server.origin}/new hello`);
  });
});

test("from https to http nothing of ours goes along, although the host is the same", () => {
  const url = new URL("https://example.org/a");
  const sent: SentRequest = { url, method: "GET", headers: { authorization: "x" }, body: undefined };
  const headersAfter = (location: string) => {
    const next = redirected(sent, 301, location);
    return typeof next === "object" ? next.headers : next;
  };
  expect(headersAfter("http://example.org/a")).toEqual({});
  expect(headersAfter("https://example.org:8443/a")).toEqual({});
  expect(headersAfter("https://sub.example.org/a")).toEqual({});
  expect(headersAfter("https://example.org/b")).toEqual({ authorization: "x" });
});

test("a POST that becomes a GET loses what told of its content", () => {
  const url = new URL("https://example.org/a");
  const headers = { "content-type": "application/x-www-form-urlencoded", accept: "*/*" };
  const sent: SentRequest = { url, method: "POST", headers, body: "a=b" };
  expect(redirected(sent, 303, "/b")).toMatchObject({ method: "GET", headers: { accept: "*/*" } });
  expect(redirected(sent, 303, "/b")).not.toHaveProperty("headers.content-type");
  expect(redirected(sent, 307, "/b")).toMatchObject({ method: "POST", headers });
});

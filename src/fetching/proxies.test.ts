import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { textOf } from "./body-text.js";
import { createHttpClient } from "./http-client.js";
import { proxiesOf, proxyRemark } from "./proxies.js";
import * as replay from "./replay-server.test-support.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of open.splice(0)) await each.close();
});

/** A proxy that makes tunnels, or answers as told. */
async function proxy(refusal?: string) {
  const asked: string[] = [];
  const server = createServer();
  server.on("connect", (request, socket) => {
    asked.push(`${request.url} ${request.headers["proxy-authorization"] ?? ""}`.trim());
    socket.on("error", () => undefined);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
      return;
    }
    const [host = "", port = ""] = (request.url ?? "").split(":");
    const target = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  open.push({
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { asked, address: `127.0.0.1:${port}` };
}

async function got(url: string) {
  const client = createHttpClient({ attempts: 2, idleTimeout: 2000 }, replay.impatientClock());
  open.push(client);
  return client.send({ url }, (answer) => textOf(answer));
}

async function serving() {
  const server = await replay.replayServer([replay.answer(200, "hello")]);
  open.push(server);
  return server;
}

describe("a proxy of the environment", () => {
  test.each(["HTTP_PROXY", "http_proxy"])("%s is used", async (name) => {
    const server = await serving();
    const { asked, address } = await proxy();
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    vi.stubEnv(name, `http://me:pa55word@${address}`);
    expect(await got(server.origin)).toBe("hello");
    expect(asked).toEqual([`${server.origin.slice("http://".length)} Basic ${btoa("me:pa55word")}`]);
  });

  test("is not used for what NO_PROXY names", async () => {
    const server = await serving();
    const { asked, address } = await proxy();
    vi.stubEnv("http_proxy", address);
    vi.stubEnv("no_proxy", "127.0.0.1");
    expect(await got(server.origin)).toBe("hello");
    expect(asked).toEqual([]);
  });

  test("that refuses is named, without its password", async () => {
    const { address } = await proxy("407 Proxy Authentication Required");
    vi.stubEnv("no_proxy", "");
    vi.stubEnv("http_proxy", `http://me:pa55word@${address}`);
    const sent = got("http://feed.invalid/locations");
    await expect(sent).rejects.toThrow(
      `cannot reach feed.invalid (by the proxy http://***@${address}/, unless NO_PROXY exempts it): the proxy answered 407`,
    );
  });

  test("that is no address is an error that does not show its password", () => {
    vi.stubEnv("https_proxy", "http://me:pa55word@[");
    expect(() => createHttpClient()).toThrow(
      /HTTPS_PROXY of the environment is no address of a proxy: http:\/\/\*\*\*@\[/,
    );
  });
});

test("HTTPS_PROXY is for https, HTTP_PROXY for both where there is no other; small letters come first", () => {
  expect(proxiesOf({ HTTP_PROXY: "proxy:3128" })).toEqual({
    httpProxy: "http://proxy:3128",
    httpsProxy: "http://proxy:3128",
    noProxy: "",
  });
  expect(proxiesOf({ https_proxy: "http://a", HTTPS_PROXY: "http://b", NO_PROXY: "x,y" })).toEqual({
    httpProxy: "",
    httpsProxy: "http://a",
    noProxy: "x,y",
  });
  expect(proxyRemark(new URL("https://host"), { HTTP_PROXY: "" })).toBe("");
  expect(proxyRemark(new URL("http://host"), { HTTPS_PROXY: "http://a" })).toBe("");
});

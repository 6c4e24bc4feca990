import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { textOf } from "./body-text.js";
import { createHttpClient } from "./http-client.js";
import { itWith } from "../runs/tools.test-support.js";
import * as replay from "./replay-server.test-support.js";
import { troubleOf } from "./unreachable.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** What is said of a server that cannot be reached, and how often it was tried. */
async function saidOf(url: string) {
  const clock = replay.impatientClock();
  const client = createHttpClient({ attempts: 3, idleTimeout: 5000 }, clock);
  open.push(client);
  const error: unknown = await client
    .send({ url }, (answer) => textOf(answer))
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(error).toBeInstanceOf(UnreadableInputError);
  return { message: error instanceof Error ? error.message : "", tries: clock.waits.length + 1 };
}

function coded(code: string, message = "x"): Error {
  return Object.assign(new Error(message), { code });
}

describe("a server that cannot be reached", () => {
  test("as nothing listens there", async () => {
    const server = await replay.replayServer([replay.answer(200)]);
    await server.close();
    const { message, tries } = await saidOf(`${server.origin}/a?apiKey=secret`);
    expect(message).toMatch(
      /^cannot reach 127\.0\.0\.1:\d+: it refused the connection; .* \(tried 3 times\)$/,
    );
    expect(tries).toBe(3);
  });

  test("as it speaks no TLS", async () => {
    const server = await replay.replayServer([replay.answer(200)]);
    open.push(server);
    const { message, tries } = await saidOf(server.origin.replace("http:", "https:"));
    expect(message).toContain("it does not speak TLS there; is it http instead of https?");
    expect(tries).toBe(1);
  });

  test("as what answers there does not speak HTTP", async () => {
    const server = await replay.replayServer([replay.gibberish]);
    open.push(server);
    const { message, tries } = await saidOf(server.origin);
    expect(message).toContain("what it answered is not HTTP");
    expect(tries).toBe(3);
  });

  itWith("openssl", "as nobody vouches for its certificate", async () => {
    const server = createServer(selfSigned(), (_request, response) => response.end("hello"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    open.push({ close: async () => void server.close() });
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const { message, tries } = await saidOf(`https://127.0.0.1:${port}/`);
    expect(message).toContain(
      "an authority this machine does not know (NODE_EXTRA_CA_CERTS=FILE names more)",
    );
    expect(tries).toBe(1);
  });
});

describe("in words", () => {
  test.each([
    ["ENOTFOUND", "there is no such name in DNS", true],
    ["EAI_AGAIN", "its name cannot be looked up in DNS; is there a network?", true],
    ["ECONNRESET", "it closed the connection", true],
    ["UND_ERR_CONNECT_TIMEOUT", "it cannot be connected to: no reply", true],
    ["UND_ERR_HEADERS_TIMEOUT", "it did not answer within 60 s", true],
    ["UND_ERR_BODY_TIMEOUT", "nothing more came for 60 s", true],
    ["CERT_HAS_EXPIRED", "its certificate has expired (or the clock of this machine is wrong)", false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is for another name", false],
    ["Z_DATA_ERROR", "its compressed content is broken (x)", true],
    ["EWHATEVER", "x", true],
  ])("%s: %s", (code, why, passing) => {
    expect(troubleOf(coded(code), 60_000)).toEqual({ why, passing });
  });

  test("what is no error has words too", () => {
    expect(troubleOf("broken", 1000)).toEqual({ why: "broken", passing: true });
  });
});

/** A key and a certificate for 127.0.0.1, made for this test. */
function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-tls-"));
  const key = join(folder, "key.pem");
  const cert = join(folder, "cert.pem");
  try {
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        cert,
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
      ],
      { stdio: "ignore" },
    );
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The token: signed for as OAuth 1.0a has it, fetched once for all who wait, renewed in time. */
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hereAuth } from "./here-access.js";
import { parseHereCredentials } from "./here-credentials.js";
import { type HereServer, credentialsText, hereServer, tokenNumber } from "./here-server.test-support.js";
import { HereToken } from "./here-token.js";
import { createHttpClient } from "./http-client.js";
import type { HttpClient } from "./http.js";
import { type Answer, answer, impatientClock, json, replayServer } from "./replay-server.test-support.js";

const KEY_ID = "access-key-id-of-a-test";
const KEY_SECRET = "access/key+secret=of&a test";

let clients: HttpClient[] = [];
let servers: Array<{ close(): Promise<void> }> = [];

beforeEach(() => {
  clients = [];
  servers = [];
});
afterEach(async () => {
  await Promise.all([...clients, ...servers].map((each) => each.close()));
});

/** A clock that a test sets. */
function settableClock(): { date: () => number; now: () => number; passed: number } {
  const clock = { passed: 0, date: () => Date.UTC(2026, 10, 21, 12), now: () => clock.passed };
  return clock;
}

function tokenOf(server: Pick<HereServer, "tokenEndpoint">, clock = settableClock()): HereToken {
  const client = createHttpClient({ attempts: 3 }, impatientClock());
  clients.push(client);
  return new HereToken(
    parseHereCredentials(credentialsText(server, KEY_ID, KEY_SECRET), "credentials.properties"),
    client,
    clock,
  );
}

async function here(expiresIn?: number): Promise<HereServer> {
  const server = await hereServer(expiresIn === undefined ? {} : { expiresIn });
  servers.push(server);
  return server;
}

async function refusing(given: Answer): Promise<HereToken> {
  const server = await replayServer([given]);
  servers.push(server);
  return tokenOf({ tokenEndpoint: `${server.origin}/oauth2/token` });
}

/** RFC 3986, as RFC 5849 wants it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

describe("asking for a token", () => {
  it("is signed with HMAC-SHA256 over method, address and all parameters (RFC 5849)", async () => {
    const server = await here();
    expect((await tokenOf(server).current()).reveal()).toBe(tokenNumber(1));
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", body: "grant_type=client_credentials" });
    expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const header = String(request?.headers["authorization"]);
    const sent = new Map(
      [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
        name,
        decodeURIComponent(value),
      ]),
    );
    expect(header.startsWith("OAuth ")).toBe(true);
    expect([...sent.keys()].sort()).toEqual([
      "oauth_consumer_key",
      "oauth_nonce",
      "oauth_signature",
      "oauth_signature_method",
      "oauth_timestamp",
      "oauth_version",
    ]);
    expect(sent.get("oauth_consumer_key")).toBe(KEY_ID);
    expect(sent.get("oauth_signature_method")).toBe("HMAC-SHA256");
    expect(sent.get("oauth_version")).toBe("1.0");
    expect(sent.get("oauth_timestamp")).toBe(`${Date.UTC(2026, 10, 21, 12) / 1000}`);
    const signature = sent.get("oauth_signature");
    sent.delete("oauth_signature");
    const parameters = [...sent, ["grant_type", "client_credentials"]]
      .map(([name = "", value = ""]) => `${encoded(name)}=${encoded(value)}`)
      .sort()
      .join("&");
    const base = `POST&${encoded(server.tokenEndpoint)}&${encoded(parameters)}`;
    expect(signature).toBe(
      createHmac("sha256", `${encoded(KEY_SECRET)}&`)
        .update(base)
        .digest("base64"),
    );
  });

  it("is signed anew each time it is tried", async () => {
    const server = await replayServer([answer(500), json({ access_token: "T-after-all", expires_in: 9 })]);
    servers.push(server);
    await tokenOf({ tokenEndpoint: `${server.origin}/oauth2/token` }).current();
    const [first, second] = server.requests.map(({ headers }) => String(headers["authorization"]));
    expect(first).not.toBe(second);
  });

  it("is done once for all who wait, and not again while the token holds", async () => {
    const server = await here();
    const token = tokenOf(server);
    const texts = (await Promise.all(Array.from({ length: 20 }, () => token.current()))).map((each) =>
      each.reveal(),
    );
    expect(new Set(texts)).toEqual(new Set([tokenNumber(1)]));
    await token.current();
    expect(server.tokensGiven).toBe(1);
  });
});

describe("a token", () => {
  it.each([0, -1, "soon", null])("whose life is said to be %j is used all the same", async (life) => {
    const server = await replayServer([json({ access_token: "T-of-odd-life", expires_in: life })]);
    servers.push(server);
    const token = tokenOf({ tokenEndpoint: `${server.origin}/oauth2/token` });
    expect((await token.current()).reveal()).toBe("T-of-odd-life");
    await token.current();
    expect(server.requests).toHaveLength(1);
  });

  it("is renewed shortly before it expires, by a clock that nobody sets", async () => {
    const server = await here(3600);
    const clock = settableClock();
    const token = tokenOf(server, clock);
    await token.current();
    clock.passed = 54 * 60_000;
    expect((await token.current()).reveal()).toBe(tokenNumber(1));
    clock.passed = 56 * 60_000;
    expect((await token.current()).reveal()).toBe(tokenNumber(2));
  });

  it("that lives shortly is used all the same", async () => {
    const server = await here(10);
    const token = tokenOf(server);
    await token.current();
    await token.current();
    expect(server.tokensGiven).toBe(1);
  });

  it("that was refused is renewed once, however many were refused with it", async () => {
    const server = await here();
    const token = tokenOf(server);
    const refused = await token.current();
    await Promise.all(Array.from({ length: 5 }, () => token.renew(refused)));
    await token.renew(refused);
    expect((await token.current()).reveal()).toBe(tokenNumber(2));
    expect(server.tokensGiven).toBe(2);
  });

  it("never shows", async () => {
    const server = await here();
    const secret = await tokenOf(server).current();
    expect(`${secret} ${JSON.stringify({ secret })}`).not.toContain("TOKEN");
  });
});

describe("no token", () => {
  const wrong =
    '{"errorCode":401300,"message":"Signature mismatch. Authorization signature or client credential is wrong."}';

  it("says what HERE says, and what to check", async () => {
    const token = await refusing(answer(401, wrong));
    await expect(token.current()).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(
        /no token .*401.*Signature mismatch.*\(401300\).*here\.access\.key\.id/s,
      ),
    });
  });

  it("because the clock of this machine is off: says by how much", async () => {
    const date = "Sat, 21 Nov 2026 09:30:00 GMT";
    const token = await refusing(answer(401, wrong, { date }));
    await expect(token.current()).rejects.toThrow(/clock of this machine is 2 hours 30 min fast; set it/);
    const agreeing = await refusing(answer(401, wrong, { date: "Sat, 21 Nov 2026 12:01:00 GMT" }));
    await expect(agreeing.current()).rejects.not.toThrow(/clock/);
  });

  it("because the time in the signature is refused: says so", async () => {
    const token = await refusing(answer(401, '{"message":"Invalid timestamp"}'));
    await expect(token.current()).rejects.toThrow(/check the clock of this machine/);
  });

  it("because it is the wrong address: says so", async () => {
    const token = await refusing(json({ hello: "there" }));
    await expect(token.current()).rejects.toThrow(/without an access_token.*here\.token\.endpoint\.url/);
  });
});

describe("credentials.properties", () => {
  it("of a variable that is not there are not called a file without keys", async () => {
    const client = createHttpClient();
    clients.push(client);
    const named = { credentials: { env: "NO_SUCH_VARIABLE" } };
    await expect(hereAuth(named, client, settableClock(), {})).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("the environment has no NO_SUCH_VARIABLE"),
    });
  });

  const server = { tokenEndpoint: "https://account.api.here.com/oauth2/token" };

  it("is read as HERE ships it", () => {
    const read = parseHereCredentials(credentialsText(server, KEY_ID, "a=b\\\\c"), "x");
    expect(read.tokenEndpoint).toBe(server.tokenEndpoint);
    expect(read.accessKeyId.reveal()).toBe(KEY_ID);
    expect(read.accessKeySecret.reveal()).toBe("a=b\\c");
    const plain = credentialsText(server, KEY_ID, KEY_SECRET).replace(/\\:/g, ":").replaceAll("\n", "\r\n");
    expect(parseHereCredentials(plain, "x").tokenEndpoint).toBe(server.tokenEndpoint);
  });

  it("says what it lacks, and refuses an address that is not encrypted", () => {
    expect(() => parseHereCredentials("here.access.key.id=abc", "c.properties")).toThrow(
      /c\.properties has no here\.access\.key\.secret and no here\.token\.endpoint\.url/,
    );
    const open = credentialsText({ tokenEndpoint: "http://account.example/token" }, KEY_ID, KEY_SECRET);
    expect(() => parseHereCredentials(open, "c.properties")).toThrow(/not encrypted/);
  });
});

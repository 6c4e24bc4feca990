/**
 * A server on 127.0.0.1 that answers as a test has it answer: rightly, late, brokenly or not at all. It remembers what
 * it was asked. It writes to its sockets itself, as no decent server would say what some of these answers say.
 */
import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { Clock } from "./clock.js";

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

/** Does something with a socket that a request came by; resolves when it is done. */
export type Answer = (socket: Socket, request: SeenRequest) => Promise<void>;

/** Chooses the answer to a request, which is the `number`th (from 0) that the server got. */
export type Script = (request: SeenRequest, number: number) => Answer | Promise<Answer>;

/** What a test has of a server. */
export interface ReplayServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** In the order in which they came. */
  readonly requests: readonly SeenRequest[];
  /** Requests that were under way at the same time, at most. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

/** Starts a server. A list answers one request after the other, its last answer all that follow. */
export async function replayServer(script: Script | readonly Answer[]): Promise<ReplayServer> {
  const requests: SeenRequest[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  const choose: Script =
    typeof script === "function" ? script : (_request, number) => script[number] ?? lastOf(script);
  const server = createServer((incoming, response) => {
    const { socket } = incoming;
    socket.on("error", () => undefined);
    // Node's own answer is never used.
    response.on("error", () => undefined);
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    void (async () => {
      const seen = seenRequest(incoming, await bodyOf(incoming));
      requests.push(seen);
      const answer = await choose(seen, requests.length - 1);
      await answer(socket, seen);
    })()
      .catch(() => socket.destroy())
      .finally(() => (underWay -= 1));
  });
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = addressOf(server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A whole answer with its right length. Each answer ends its connection. */
export function answer(status: number, body: string | Uint8Array = "", headers: Headers = {}): Answer {
  const bytes = Buffer.from(body);
  const length: Headers = status === 304 || status === 204 ? {} : { "content-length": String(bytes.length) };
  return (socket) => sent(socket, Buffer.concat([head(status, { ...length, ...headers }), bytes]));
}

/** 200 with JSON. */
export function json(value: unknown, headers: Headers = {}): Answer {
  return answer(200, JSON.stringify(value), { "content-type": "application/json", ...headers });
}

/** 200, compressed. */
export function gzipped(body: string, headers: Headers = {}): Answer {
  return answer(200, gzipSync(body), { "content-encoding": "gzip", ...headers });
}

/** 200, compressed content that ends early, although of the length that is said. */
export function gzipCutShort(body: string): Answer {
  const whole = gzipSync(body);
  return answer(200, whole.subarray(0, whole.length - 9), { "content-encoding": "gzip" });
}

/** 200, said to be compressed, and is not. */
export function gzipBroken(): Answer {
  return answer(200, "this is no gzip", { "content-encoding": "gzip" });
}

/** 429, with a `Retry-After` where given. */
export function tooMany(retryAfter?: string, headers: Headers = {}): Answer {
  return answer(429, '{"title":"Too Many Requests"}', {
    ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
    ...headers,
  });
}

/** A redirect to an absolute or relative address. */
export function redirect(status: number, location: string): Answer {
  return answer(status, "", { location });
}

/** 200, piece by piece, with so many milliseconds before each. */
export function drip(pieces: readonly string[], milliseconds: number): Answer {
  return async (socket) => {
    const length = Buffer.byteLength(pieces.join(""));
    socket.write(head(200, { "content-length": String(length) }));
    for (const piece of pieces) {
      await wait(milliseconds);
      socket.write(piece);
    }
    await sent(socket, Buffer.alloc(0));
  };
}

/** 200, so much of the body, and then nothing more, with the connection left open. */
export function stuck(body: string, more = 100): Answer {
  return (socket) => {
    socket.write(head(200, { "content-length": String(Buffer.byteLength(body) + more) }));
    return new Promise((done) => socket.write(body, () => done()));
  };
}

/** Never says anything. */
export const silence: Answer = () => Promise.resolve();

/** The connection breaks before anything was said. */
export const dropped: Answer = (socket) => Promise.resolve(void socket.resetAndDestroy());

/** 200 with its right length; the connection breaks after so many bytes of the body. */
export function droppedAfter(body: string, bytes: number): Answer {
  return async (socket) => {
    const whole = Buffer.from(body);
    socket.write(head(200, { "content-length": String(whole.length) }));
    await new Promise<void>((done) => socket.write(whole.subarray(0, bytes), () => done()));
    await wait(5);
    socket.resetAndDestroy();
  };
}

/** 200 with a length that is wrong by `more` bytes: above 0 the connection ends early, below 0 the body goes on. */
export function wrongLength(body: string, more: number): Answer {
  return (socket) =>
    sent(
      socket,
      Buffer.concat([
        head(200, { "content-length": String(Buffer.byteLength(body) + more) }),
        Buffer.from(body),
      ]),
    );
}

/** 200 in chunks, whole, or without its end. */
export function inChunks(pieces: readonly string[], whole = true): Answer {
  const chunks = pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`);
  return (socket) =>
    sent(
      socket,
      Buffer.concat([
        head(200, { "transfer-encoding": "chunked" }),
        Buffer.from(chunks.join("") + (whole ? "0\r\n\r\n" : "")),
      ]),
    );
}

/** What is no HTTP at all. */
export const gibberish: Answer = (socket) => sent(socket, Buffer.from("SSH-2.0-OpenSSH_9.2\r\n"));

/** A clock whose waits are over at once; `waits` tells how long they would have been, in milliseconds. */
export function impatientClock(
  random: () => number = () => 0.5,
): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    now: () => now,
    date: () => Date.UTC(2026, 10, 21) + now,
    random,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
      const until = now + milliseconds;
      // Others come in between, as they would.
      await wait(0);
      now = Math.max(now, until);
    },
  };
}

function head(status: number, headers: Headers): Buffer {
  const lines = Object.entries({ connection: "close", ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from(`HTTP/1.1 ${status} Said\r\n${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function sent(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((done) => socket.end(bytes, () => done()));
}

function seenRequest(incoming: IncomingMessage, body: string): SeenRequest {
  const url = new URL(incoming.url ?? "/", "http://localhost");
  return {
    method: incoming.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = "";
  incoming.setEncoding("utf8");
  for await (const piece of incoming) text += String(piece);
  return text;
}

function lastOf(answers: readonly Answer[]): Answer {
  const last = answers.at(-1);
  if (last === undefined) throw new Error("a replay server needs an answer");
  return last;
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address;
}

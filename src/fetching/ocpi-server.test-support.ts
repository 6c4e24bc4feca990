/** Downloads from servers on 127.0.0.1 that speak OCPI, for tests. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { createLog } from "../runs/log.js";
import { Secret } from "../runs/secret.js";
import type { Clock } from "./clock.js";
import { createHttpClient } from "./http-client.js";
import type { HttpCounts } from "./http.js";
import { downloadOcpi } from "./ocpi-download.js";
import type { OcpiOutcome } from "./ocpi-report.js";
import { type OcpiFeed, ocpiFeedSchema } from "./ocpi-feed.js";
import {
  type Answer,
  type ReplayServer,
  type Script,
  type SeenRequest,
  answer,
  impatientClock,
  json,
  replayServer,
} from "./replay-server.test-support.js";

/** A Location as a test needs it. */
export interface TestLocation {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** Locations with ids from `1` on. */
export function locations(count: number, fields: Readonly<Record<string, unknown>> = {}): TestLocation[] {
  return Array.from({ length: count }, (_, index) => location(`${index + 1}`, fields));
}

export function location(id: string, fields: Readonly<Record<string, unknown>> = {}): TestLocation {
  return {
    country_code: "LT",
    party_id: "ABC",
    id,
    publish: true,
    coordinates: { latitude: "54.6872", longitude: "25.2797" },
    evses: [],
    last_updated: "2026-01-01T00:00:00Z",
    ...fields,
  };
}

/** OCPI's envelope. */
export function envelope(data: unknown, status = 1000): unknown {
  return { data, status_code: status, status_message: "said", timestamp: "2026-11-21T00:00:00Z" };
}

export interface ListSettings {
  /** Of a page. */
  readonly limit?: number;
  /** The server says where the next page is. */
  readonly link?: boolean;
  /** What it says that there is; `false` for nothing. */
  readonly total?: number | false;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The page of a list that a request asks for; `date_from` is kept to. */
export function page(
  request: SeenRequest,
  all: readonly TestLocation[],
  settings: ListSettings = {},
): Answer {
  const { link = true, headers = {} } = settings;
  const from = request.query.get("date_from");
  const asked = all.filter(
    ({ last_updated: updated }) => from === null || Date.parse(String(updated)) >= Date.parse(from),
  );
  const limit = Number(request.query.get("limit") ?? settings.limit ?? 50);
  const offset = Number(request.query.get("offset") ?? 0);
  const total = settings.total ?? asked.length;
  const next = new URLSearchParams(request.query);
  next.set("offset", `${offset + limit}`);
  return json(envelope(asked.slice(offset, offset + limit)), {
    ...(total !== false && { "x-total-count": `${total}` }),
    "x-limit": `${limit}`,
    ...(link && offset + limit < asked.length && { link: `<${request.path}?${String(next)}>; rel="next"` }),
    ...headers,
  });
}

/** 401 unless the request has this authorization. */
export function guarded(authorization: string, request: SeenRequest, otherwise: Answer): Answer {
  return request.headers["authorization"] === authorization ? otherwise : answer(401, '{"status_code":2001}');
}

/** A server for one test. */
export async function server(script: Script | readonly Answer[]): Promise<ReplayServer> {
  const started = await replayServer(script);
  onTestFinished(() => started.close());
  return started;
}

/** A folder for one test. */
export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "fetch-ocpi-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

export interface Downloaded extends OcpiOutcome {
  readonly log: string;
  readonly counts: HttpCounts;
}

export interface DownloadSettings {
  readonly feed?: Partial<OcpiFeed>;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly previous?: string;
  /** Milliseconds since 1970 that the machine believes. */
  readonly date?: number;
  readonly beforePublication?: () => Promise<void>;
}

/** Downloads, with waits that are over at once. */
export async function download(
  url: string,
  output: string,
  settings: DownloadSettings = {},
): Promise<Downloaded> {
  const { feed = {}, token, headers = {}, previous = output, date, beforePublication } = settings;
  let log = "";
  const impatient = impatientClock();
  const clock: Clock = date === undefined ? impatient : { ...impatient, date: () => date };
  const client = createHttpClient({ concurrency: 1, idleTimeout: 2000 }, clock);
  const courteous = createHttpClient({ attempts: 1, idleTimeout: 2000 }, clock);
  const stream = { write: (text: string) => (log += text) };
  try {
    const outcome = await downloadOcpi({
      feed: ocpiFeedSchema.parse({ url, ...feed }),
      secrets: {
        token: token === undefined ? undefined : new Secret(token),
        headers: new Map(Object.entries(headers).map(([name, value]) => [name, new Secret(value)])),
      },
      output,
      previous,
      client,
      courteous,
      clock,
      log: createLog({ format: "text", quiet: false, stream, env: {} }),
      progress: () => undefined,
      beforePublication: beforePublication ?? (async () => undefined),
    });
    return { ...outcome, log, counts: { ...client.counts } };
  } finally {
    await client.close();
    await courteous.close();
  }
}

/** The lines of a feed that was fetched. */
export async function linesOf(file: string): Promise<string[]> {
  const bytes = await readFile(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  return text.split("\n").filter((line) => line !== "");
}

/** The ids of its records, in their order. */
export async function idsOf(file: string): Promise<string[]> {
  return (await linesOf(file)).map((line) => {
    const record: unknown = JSON.parse(line);
    return typeof record === "object" && record !== null && "id" in record ? String(record.id) : line;
  });
}

/** Downloads from a HERE of the test's own, in this process and into a folder of their own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type HereFeed, hereFeedSchema } from "../fetching/here-feed.js";
import type { HereReport } from "../fetching/here-report.js";
import {
  type HereServer,
  type HereServerSettings,
  hereServer,
  recordOnOneLine,
} from "../fetching/here-server.test-support.js";
import { impatientClock } from "../fetching/replay-server.test-support.js";
import { createLog } from "../runs/log.js";
import { type FetchHereOptions, fetchHere } from "./fetch-here.js";

export const API_KEY = "key-of-this-test/+=&";
/** When `impatientClock` begins. */
export const BEGINNING = "2026-11-21T00:00:00Z";

/** A folder of one test's own, and the servers it downloads from. Ends with `close`. */
export class HereFolder {
  readonly path = mkdtempSync(join(tmpdir(), "ocpi2osm-here-"));
  readonly #servers: HereServer[] = [];
  /** What was said on stderr by all downloads. */
  said = "";

  /** A HERE that answers while the test runs. */
  async here(settings: HereServerSettings = {}): Promise<HereServer> {
    const server = await hereServer(settings);
    this.#servers.push(server);
    return server;
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.splice(0).map((server) => server.close()));
    rmSync(this.path, { recursive: true, force: true });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string): string {
    writeFileSync(this.file(name), text);
    return this.file(name);
  }

  read(name: string): string {
    const bytes = readFileSync(this.file(name));
    return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  }

  /** Names of what is in it, without the hidden files of locks. */
  get names(): string[] {
    return readdirSync(this.path).filter((name) => !name.startsWith("."));
  }

  /** Settings that ask for these ids with the API key. */
  feed(baseUrl: string, ids: readonly string[], more: Partial<HereFeed> = {}): HereFeed {
    const credentials =
      more.credentials === undefined ? { apiKey: { file: this.write("key", API_KEY) } } : {};
    return hereFeedSchema.parse({
      ids: this.write("ids", ids.join("\n")),
      baseUrl,
      ...credentials,
      ...more,
    });
  }

  /** Downloads into `out.ndjson` of this folder. */
  fetch(feed: HereFeed, more: Partial<FetchHereOptions> = {}): Promise<HereReport> {
    const stream = { write: (text: string) => (this.said += text) };
    const log = createLog({ format: "text", quiet: false, stream, env: {} });
    return fetchHere({ feed, output: this.file("out.ndjson"), clock: impatientClock(), ...more }, log);
  }
}

/** The output that has these records, all retrieved at one time. */
export function outputOf(ids: readonly string[], retrieved: string): string {
  return ids.map((id) => `${recordOnOneLine(id).slice(0, -1)},"retrieved_at":"${retrieved}"}\n`).join("");
}

/** The ids of an output, in their order, without HERE's prefix. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(/"id": "here:evcp:charginglocation:([^"]+)"/g)].map(([, id = ""]) => id);
}

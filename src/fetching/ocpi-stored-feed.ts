/** The feed as it was fetched the last time, and what is known of that: a small file beside it. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { openOutput } from "../runs/output-file.js";
import { TOKEN_ENCODINGS } from "./ocpi-access.js";

const time = z.iso.datetime();

const factsSchema = z.strictObject({
  fetch: z.literal(1).describe("Version of this shape"),
  address: z.string().describe("Where it was fetched, without secrets"),
  endpoint: z.string().describe("Where the records came from: another address where that one led there"),
  retrieved_at: time,
  full_at: time.describe("When all of it was fetched the last time"),
  date_from: time.describe("From when on changes are to be asked for the next time"),
  etag: z.string().optional(),
  last_modified: z.string().optional(),
  token_encoding: z.enum(TOKEN_ENCODINGS).optional().describe("The spelling of the token that worked"),
  records: z.int().nonnegative(),
  sha256: z.string().describe("Of the file beside which this one stands"),
});

/** What is known of a stored feed. */
export type StoredFacts = z.infer<typeof factsSchema>;

export interface StoredFeed {
  readonly file: string;
  readonly facts: StoredFacts;
}

/** The name of the file beside a feed. */
function factsFile(file: string): string {
  return `${file}.fetch.json`;
}

/**
 * The feed that was fetched from `address` before; or why there is none, as words that follow "because". One that does
 * not fit the file beside it is of no use: something else was put there, or a run was killed between the two.
 */
export async function storedFeed(file: string, address: string): Promise<StoredFeed | string> {
  const text = await readFile(factsFile(file), "utf8").catch(() => undefined);
  if (text === undefined) return "nothing was fetched before";
  const facts = factsSchema.safeParse(parsed(text));
  if (!facts.success) return `${factsFile(file)} is of another version or damaged`;
  if (facts.data.address !== address) return "it was fetched from another address before";
  const sha256 = await sha256Of(file);
  if (sha256 === undefined) return `${file} is gone`;
  return sha256 === facts.data.sha256 ? { file, facts: facts.data } : `${file} was changed since`;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

async function sha256Of(file: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  } catch {
    return undefined;
  }
  return hash.digest("hex");
}

/** Whether two names lead to one file. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((name) => realpath(name).catch(() => resolve(name))));
  return first === second;
}

/** What a feed without records holds: a list a reader takes for what it is, where an empty file might be a failure. */
export const EMPTY_FEED = "[]\n";

const PIECE_BYTES = 1 << 20;

/**
 * Writes a feed and the facts beside it, which take their names one after the other when all is on the disk.
 * Compressed where the name ends in `.gz`.
 *
 * @param facts makes the facts when all `lines` have been taken; but for the hash.
 * @param beforePublication may still refuse it.
 */
export async function writeFeed(
  file: string,
  lines: AsyncIterable<Uint8Array>,
  facts: () => Omit<StoredFacts, "sha256">,
  beforePublication: () => Promise<void>,
): Promise<StoredFacts> {
  const compressed = /\.gz$/i.test(file);
  const output = await openOutput(file, true);
  const beside = await openOutput(factsFile(file)).catch(async (error: unknown) => {
    await output.discard();
    throw error;
  });
  try {
    let pending: Uint8Array[] = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      const piece = Buffer.concat(pending);
      pending = [];
      bytes = 0;
      if (piece.length > 0) await output.write(compressed ? gzipSync(piece) : piece);
    };
    let isEmpty = true;
    for await (const chunk of lines) {
      isEmpty = false;
      pending.push(chunk);
      bytes += chunk.length;
      if (bytes >= PIECE_BYTES) await flush();
    }
    if (isEmpty) pending.push(Buffer.from(EMPTY_FEED));
    await flush();
    const { sha256 = "" } = await output.finish();
    const known = { ...facts(), sha256 };
    await beside.write(factsText(known));
    await beside.finish();
    await beforePublication();
    await output.commit();
    await beside.commit();
    return known;
  } catch (error) {
    await output.discard();
    await beside.discard();
    throw error;
  }
}

/** Writes the facts alone: the feed is as it was. */
export async function writeFacts(file: string, facts: StoredFacts): Promise<void> {
  const beside = await openOutput(factsFile(file));
  await beside.write(factsText(facts));
  await beside.commit();
}

function factsText(facts: StoredFacts): string {
  return `${JSON.stringify(factsSchema.parse(facts), undefined, 2)}\n`;
}

/** A file from an address (an OSM extract): fetched only when it has changed, and whole or not at all. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { UnreadableInputError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { openOutput, type Output } from "../runs/output-file.js";
import { shownUrl } from "../runs/secret.js";
import type { HttpAnswer, HttpClient, HttpRequest } from "./http.js";

export interface DownloadSettings {
  readonly url: string;
  /** Where it goes. Beside it, `FILE.fetch.json` remembers which version it is. */
  readonly file: string;
  readonly headers?: HttpRequest["headers"];
}

export interface Downloaded {
  /** The file is as it was: the server has no other. */
  readonly notModified: boolean;
  /** Of the file. */
  readonly bytes: number;
}

/** What is remembered of a download. */
const sidecarSchema = z.object({
  url: z.string().describe("Without secrets"),
  etag: z.string().optional(),
  last_modified: z.string().optional(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
});
type Sidecar = z.infer<typeof sidecarSchema>;

/**
 * Downloads a file. When the server says it has no newer one, the file stays. Whatever goes wrong, the earlier file and
 * what is remembered of it are as they were.
 *
 * @throws {HttpError} {UnreadableInputError} when it cannot be had, or is a page for people; {OutputError} when it cannot
 * be written.
 */
export async function download(
  settings: DownloadSettings,
  client: HttpClient,
  log: Log,
): Promise<Downloaded> {
  const { url, file } = settings;
  const shown = shownUrl(url);
  const earlier = await earlierDownload(file, shown);
  const sidecar = await openOutput(sidecarName(file));
  let output: Output | undefined;
  try {
    log.info(`downloading ${shown}`);
    const request = { url, headers: async () => ({ ...(await settings.headers?.()), ...asked(earlier) }) };
    const version = await client.send(request, async (answer) => {
      // An earlier attempt may have left something.
      await output?.discard();
      output = undefined;
      if (answer.status === 304) return undefined;
      output = await openOutput(file, true);
      await written(answer, output, shown);
      return { etag: answer.header("etag"), last_modified: answer.header("last-modified") };
    });
    if (version === undefined || output === undefined)
      return { notModified: true, bytes: earlier?.bytes ?? 0 };
    const { bytes, sha256 = "" } = await output.commit();
    // After the file: what is remembered of another file is not used, as it does not fit.
    await sidecar.write(
      `${JSON.stringify({ url: shown, ...version, bytes, sha256 } satisfies Sidecar, null, 2)}\n`,
    );
    await sidecar.commit();
    return { notModified: false, bytes };
  } finally {
    await output?.discard();
    await sidecar.discard();
  }
}

/** Conditions, where there is an earlier version; and the file itself, not compressed again, so that its length is told. */
function asked(earlier: Sidecar | undefined): Record<string, string> {
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (earlier?.etag !== undefined) headers["if-none-match"] = earlier.etag;
  if (earlier?.last_modified !== undefined) headers["if-modified-since"] = earlier.last_modified;
  return headers;
}

async function written(answer: HttpAnswer, output: Output, shown: string): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer.body) {
    if (bytes === 0 && isPage(chunk))
      throw new UnreadableInputError(
        `${shown} answers with a page for people (HTML) instead of a file; is the address right, and is there a login?`,
      );
    bytes += chunk.length;
    await output.write(chunk);
  }
  if (bytes === 0) throw new UnreadableInputError(`${shown} sends an empty file`);
}

function isPage(beginning: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(beginning.subarray(0, 200));
  return /^(?:\u00EF\u00BB\u00BF)?\s*<(?:!doctype html|html)\b/i.test(text);
}

/** What is remembered of a file, where it was downloaded from the same address and is still that file. */
async function earlierDownload(file: string, shown: string): Promise<Sidecar | undefined> {
  const remembered = await sidecarOf(file);
  if (remembered === undefined || remembered.url !== shown) return undefined;
  const about = await stat(file).catch(() => undefined);
  if (about?.isFile() !== true || about.size !== remembered.bytes) return undefined;
  return (await sha256Of(file)) === remembered.sha256 ? remembered : undefined;
}

async function sidecarOf(file: string): Promise<Sidecar | undefined> {
  const text = await readFile(sidecarName(file), "utf8").catch(() => undefined);
  try {
    return text === undefined ? undefined : sidecarSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function sidecarName(file: string): string {
  return `${file}.fetch.json`;
}

/** Undefined where the file cannot be read. */
async function sha256Of(file: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}

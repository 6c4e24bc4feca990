/** The OSM extracts of a run: those named by an address are downloaded once a run, however many sources use them. */
import { createHash } from "node:crypto";
import { constants, copyFile, mkdir, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { download } from "../../fetching/download.js";
import { createHttpClient } from "../../fetching/http-client.js";
import type { HttpClient, HttpSettings } from "../../fetching/http.js";
import { maxTimeOf } from "../../fetching/max-time.js";
import type { Log } from "../../runs/log.js";
import { shownUrl } from "../../runs/secret.js";
import { counted } from "../../runs/counted.js";
import { diskStep } from "../../runs/disk-step.js";
import { namesIn } from "../../runs/source-folder.js";
import type { RunConfig } from "./run-config.js";
import { noteUse, usedFiles } from "./run-extract-users.js";

export interface Extracts {
  /** The file of an extract, absolute. @throws {RunError} where it cannot be downloaded. */
  fileOf(extract: string): Promise<string>;
  /**
   * Removes downloads that no source names any more, of this config (`file`: its path, absolute) or of another with the same
   * output, and what was left of those that were killed; only to be called by who holds the lock. What cannot be removed is
   * told and is no reason to fail.
   */
  removeOthers(file: string, config: RunConfig): Promise<void>;
  close(): Promise<void>;
}

const FOLDER = ".extracts";

const TO_ALLOW_MORE = "where it needs longer, have something else download it, and name the file";

/** Where `download` remembers which version a file is. */
const sidecarName = (name: string): string => `${name}.fetch.json`;

/** Whether an extract is named by an address. */
export function isAddress(extract: string): boolean {
  return /^https?:\/\//i.test(extract);
}

/**
 * `output`: the folder of the run, where downloads stay for the next one. `scratch`: where they go instead in a dry run,
 * begun with what is there. `http`: tests bring their own.
 */
export function runExtracts(
  output: string,
  scratch: string | undefined,
  log: Log,
  http: Partial<HttpSettings> = { maxTime: maxTimeOf(undefined) },
): Extracts {
  const folder = join(scratch ?? output, FOLDER);
  const files = new Map<string, Promise<string>>();
  const clients = new Set<HttpClient>();
  const downloaded = async (url: string): Promise<string> => {
    const name = fileNameOf(url);
    const file = join(folder, name);
    // What is in the way of it is told better by who reads it.
    await namesIn(folder);
    await diskStep(folder, () => mkdir(folder, { recursive: true }));
    if (scratch !== undefined)
      for (const each of [name, sidecarName(name)]) {
        const kept = join(output, FOLDER, each);
        await copyFile(kept, join(folder, each), constants.COPYFILE_FICLONE).catch(() => undefined);
      }
    // One each: the time counts for a download, not for what the run does between two of them.
    const onRetry = (message: string) => log.info(message, { event: "retry" });
    const client = createHttpClient({ toAllowMore: TO_ALLOW_MORE, onRetry, ...http });
    clients.add(client);
    const { notModified, bytes } = await download({ url, file }, client, log).finally(() => client.close());
    log.info(
      notModified
        ? `${shownUrl(url)}: has not changed`
        : `${shownUrl(url)}: ${counted(bytes, "byte")} downloaded`,
    );
    return file;
  };
  return {
    async fileOf(extract) {
      if (!isAddress(extract)) return resolve(extract);
      const file = files.get(extract) ?? downloaded(extract);
      files.set(extract, file);
      return file;
    },
    async removeOthers(file, { sources }) {
      const addresses = sources.flatMap(({ osm }) => osm).filter(isAddress);
      const ours = addresses.map(fileNameOf).flatMap((name) => [name, sidecarName(name)]);
      const names = await namesIn(folder).catch(() => []);
      if (names.length === 0) return;
      // At worst another config has it removed, and it is downloaded anew.
      await noteUse(folder, file, ours).catch(() => undefined);
      const kept = new Set([...ours, ...(await usedFiles(folder).catch(() => names))]);
      const gone = names.filter((name) => OURS.test(name) && !kept.has(name));
      for (const name of gone)
        await rm(join(folder, name), { force: true }).catch(() =>
          log.warn(`${join(folder, name)}: no source needs it any more, but it could not be removed`),
        );
      if (gone.length > 0)
        log.info(`${counted(gone.length, "file")} of extracts that no source names removed`);
    },
    async close() {
      for (const client of clients) await client.close();
    },
  };
}

/** What a download is called, also while it is being written. */
const OURS = /^\.?[\da-f]{8}-/;

/** Ends as the address does, so that a person knows it; begins with what tells it from others. */
function fileNameOf(url: string): string {
  const hash = createHash("sha256").update(url).digest("hex").slice(0, 8);
  const name = basename(new URL(url).pathname)
    .replaceAll(/[^\w.-]/g, "_")
    .slice(-100);
  return `${hash}-${name === "" ? "extract" : name}`;
}

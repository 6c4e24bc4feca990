/** osmium-tool as a faster first step, where it is installed: it works with several threads. */
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { LIFECYCLES } from "./charging-form.js";
import { blobBytes } from "./pbf-blob.js";
import { PbfFrames } from "./pbf-frames.js";
import { type PbfHeader, pbfHeader } from "./pbf-header.js";
import { PbfFileReader } from "./pbf-reader.js";
import type { ElementReader } from "./read-element.js";

export interface PrefilterSource {
  /** For messages. */
  readonly file: string;
  /** Of a PBF file. */
  readonly path: string;
  /** The same file as a stream; the first one is read to its end, as without osmium. */
  open(): AsyncIterable<Uint8Array>;
}

export interface Prefiltered {
  /** Reads the charging objects, and what they consist of, from a temporary file. */
  readonly reader: ElementReader;
  /** The original's, which osmium does not hand on. */
  readonly timestamp: string | undefined;
  /** Removes the temporary file. */
  discard(): Promise<void>;
}

const READ_BYTES = 1 << 19;

/** What osmium is to keep: by words inside values, because a value may be a list. */
const FILTERS: readonly string[] = LIFECYCLES.flatMap((lifecycle) => {
  const prefix = lifecycle === "" ? "" : `${lifecycle}:`;
  return [`nwr/${prefix}amenity=*charging_station*`, `nwr/${prefix}man_made=*charge_point*`];
});

/**
 * Lets osmium pick the charging objects out of a PBF file. `undefined`, and nothing lost, when osmium is not installed
 * or does not like the file, and when the file does not say that it is sorted: a newer version of an element that is no
 * charging object any more would be missed then.
 *
 * @throws {InputError} for a file whose header cannot be read.
 */
export async function prefiltered({ file, path, open }: PrefilterSource): Promise<Prefiltered | undefined> {
  const frames = new PbfFrames(open(), file);
  let folder: string | undefined;
  try {
    const header = await headerOf(frames, file);
    if (!header.sorted) {
      await passOver(frames);
      return undefined;
    }
    folder = await mkdtemp(join(tmpdir(), "ocpi2osm-osm-"));
    const picked = join(folder, "charging.osm.pbf");
    const [isPicked, passed] = await Promise.allSettled([pick(path, picked), passOver(frames)]);
    if (passed.status === "rejected") throw passed.reason;
    if (isPicked.status === "rejected" || !isPicked.value) {
      await remove(folder);
      return undefined;
    }
    const opened = (): AsyncIterable<Uint8Array> => createReadStream(picked, { highWaterMark: READ_BYTES });
    const discard = remove.bind(undefined, folder);
    return { reader: new PbfFileReader(file, opened), timestamp: header.timestamp, discard };
  } catch (error) {
    if (folder !== undefined) await remove(folder);
    throw error;
  } finally {
    await frames.close();
  }
}

async function headerOf(frames: PbfFrames, file: string): Promise<PbfHeader> {
  const frame = await frames.next();
  if (frame?.type !== "OSMHeader") return { sorted: false };
  const place = { file, byte: frame.byte };
  return pbfHeader(blobBytes(await frames.blob(frame), place), place);
}

/** To the end, so that who watches the first stream sees all of it, and a truncated file is told from a whole one. */
async function passOver(frames: PbfFrames): Promise<void> {
  for (let frame = await frames.next(); frame !== undefined; frame = await frames.next()) {
    await frames.skip(frame);
  }
}

/** Whether osmium is there and did it. */
function pick(path: string, picked: string): Promise<boolean> {
  const options = [
    "tags-filter",
    "--no-progress",
    "-F",
    "pbf",
    "-f",
    "pbf,pbf_compression=none",
    "-o",
    picked,
  ];
  return new Promise((settle) => {
    const osmium = spawn("osmium", [...options, resolve(path), ...FILTERS], { stdio: "ignore" });
    osmium.on("error", () => settle(false));
    osmium.on("close", (code) => settle(code === 0));
  });
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

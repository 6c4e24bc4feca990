/** The folder in which a dry run does its work: among the system's temporary files, and gone when the run is over. */
import { lstat, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OutputError, systemCode } from "../../runs/exit-codes.js";
import { holderText, parseHolder, thisHolder, whereabouts } from "../../runs/lock-holder.js";

const START = "ocpi2osm-dry-run-";
/** Whose folder it is. No source can be called so. */
const HOLDER = ".holder";

/** Makes a folder of this process's own; returns its path. @throws {OutputError} where that cannot be done. */
export async function makeScratch(): Promise<string> {
  try {
    const folder = await mkdtemp(join(tmpdir(), START));
    await writeFile(join(folder, HOLDER), holderText(await thisHolder()));
    return folder;
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new OutputError(
      `${tmpdir()}: a dry run cannot make its temporary folder there (${REASONS[code] ?? code}); ` +
        "name another place with the environment variable TMPDIR",
      { cause: error },
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "it is no folder",
  EACCES: "no permission",
  EROFS: "it can only be read",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};

/**
 * Removes what dry runs have left that were killed. Only folders of the same user whose run has certainly ended: those of
 * other machines and containers, and what is not certain, stay. Never fails.
 */
export async function removeLeftScratch(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(START))) {
    const folder = join(tmpdir(), name);
    if (await isLeft(folder)) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isLeft(folder: string): Promise<boolean> {
  const about = await lstat(folder).catch(() => undefined);
  if (about?.isDirectory() !== true || about.uid !== process.getuid?.()) return false;
  const holder = parseHolder(await readFile(join(folder, HOLDER), "utf8").catch(() => ""));
  return holder !== undefined && (await whereabouts(holder)) === "gone";
}

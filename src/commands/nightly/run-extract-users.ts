/**
 * Which configs use which downloaded extracts. Several configs may have one output; none of them shall remove what another
 * one needs. Each has a file of its own beside the extracts, and counts as long as it is there itself.
 */
import { createHash } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { systemCode } from "../../runs/exit-codes.js";
import { namesIn } from "../../runs/source-folder.js";

const usersSchema = z.object({
  /** Absolute. */
  config: z.string(),
  /** Names of files in the folder. */
  files: z.array(z.string()),
});

const START = "used-by-";

/**
 * Notes which files in `folder` a config uses, in place of what it used before. `config`: its file, absolute.
 *
 * @throws what the file system throws.
 */
export async function noteUse(folder: string, config: string, files: readonly string[]): Promise<void> {
  const hash = createHash("sha256").update(config).digest("hex").slice(0, 8);
  const file = join(folder, `${START}${hash}.json`);
  if (files.length === 0) await rm(file, { force: true });
  else await writeFile(file, `${JSON.stringify({ config, files })}\n`);
}

/** The names of all files that any config uses which is still there. Forgets those that are not. */
export async function usedFiles(folder: string): Promise<Set<string>> {
  const used = new Set<string>();
  for (const name of (await namesIn(folder)).filter((each) => each.startsWith(START))) {
    const file = join(folder, name);
    const users = usersSchema.safeParse(parsed(await readFile(file, "utf8").catch(() => "")));
    if (users.success && (await isThere(users.data.config)))
      for (const each of users.data.files) used.add(each);
    else await rm(file, { force: true }).catch(() => undefined);
  }
  return used;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One that only cannot be looked at is. */
async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => systemCode(error) !== "ENOENT",
  );
}

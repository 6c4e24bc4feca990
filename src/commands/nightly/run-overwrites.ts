/** What a run would destroy by writing where the config says, as the disk tells: its own config, or a file by another name. */
import { realpath } from "node:fs/promises";
import type { Mistake } from "../../runs/config-text.js";
import type { RunConfig } from "./run-config.js";
import { type Place, dotted, placesRead, placesWritten } from "./run-places.js";

/**
 * Mistakes that `placeMistakes`, which looks at names alone, cannot see. Paths are relative to the working directory;
 * `configFile`: absolute.
 */
export async function overwriteMistakes(config: RunConfig, configFile: string): Promise<Mistake[]> {
  const read = [...placesRead(config), { path: [], file: configFile }];
  const real = new Map<string, Place>();
  for (const place of read) real.set((await realPath(place.file)) ?? place.file, place);
  const mistakes: Mistake[] = [];
  for (const { path, file } of placesWritten(config)) {
    const target = await realPath(file);
    if (target === undefined) continue;
    const lost = real.get(target);
    const what =
      lost?.path.length === 0 ? "this config" : `${target}, which ${dotted(lost?.path ?? [])} names`;
    if (lost !== undefined) mistakes.push({ path, what: `would overwrite ${what}` });
    else real.set(target, { path, file });
  }
  return mistakes;
}

/** Without links; undefined where there is nothing yet. */
async function realPath(file: string): Promise<string | undefined> {
  return realpath(file).catch(() => undefined);
}

/** The inputs of a feed: files, folders, patterns, without what in a folder would be read twice. */
import type { Log } from "../runs/log.js";
import { type Input, expandInputs } from "../runs/inputs.js";
import { TILE_REASONS, type TileReason, leftOutTiles } from "../sources/tile-files.js";

/** A file of a folder that is not read, though it is named like a feed. */
export interface LeftOutInput {
  readonly name: string;
  readonly reason: TileReason;
}

export interface FeedInputs {
  /** In the order they are read. */
  readonly inputs: readonly Input[];
  /** In the order of their names. */
  readonly leftOut: readonly LeftOutInput[];
}

/** Expands the INPUT arguments and warns of what is left out. Files named one by one are always read. Throws as `expandInputs`. */
export async function feedInputs(args: readonly string[], log: Log | undefined): Promise<FeedInputs> {
  const { inputs, ignored } = await expandInputs(args);
  if (ignored > 0)
    log?.warn(`${ignored} files in the folders given are no feeds by their names; they were left out`);
  const inFolders = inputs.filter(({ inFolder }) => inFolder).map(({ name }) => name);
  const reasons = leftOutTiles(inFolders);
  const leftOut = [...reasons].map(([name, reason]) => ({ name, reason }));
  for (const [reason, words] of Object.entries(TILE_REASONS)) {
    const those = leftOut.filter((each) => each.reason === reason);
    const [first] = those;
    if (first !== undefined) log?.warn(`${those.length} files left out: ${words} (${first.name})`);
  }
  return {
    inputs: inputs.filter(({ name }) => !reasons.has(name)),
    leftOut: leftOut.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

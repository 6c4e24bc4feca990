/** The inputs of a feed: files, folders, patterns, without what in a folder would be read twice. */
import { resolve } from "node:path";
import { counted } from "../../runs/counted.js";
import type { Log } from "../../runs/log.js";
import { type Input, expandInputs } from "../../runs/inputs.js";
import { TILE_REASONS, type TileReason, leftOutTiles } from "../../sources/tile-files.js";

/** A file of a folder or pattern that is not read, though it is named like a feed. */
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

/**
 * Expands the INPUT arguments and warns of what is left out. Files named one by one are always read; where they hold a
 * tile twice (a shell makes such names of a pattern) there is a warning. Throws as `expandInputs`.
 */
export async function feedInputs(args: readonly string[], log: Log | undefined): Promise<FeedInputs> {
  const { inputs, ignored } = await expandInputs(args);
  if (ignored > 0)
    log?.warn(
      ignored === 1
        ? "1 file in the folders given is no feed by its name; it was left out"
        : `${counted(ignored, "file")} in the folders given are no feeds by their names; they were left out`,
    );
  const byName = new Set(args.filter((argument) => argument !== "-").map((argument) => resolve(argument)));
  const isNamed = ({ name }: Input): boolean => name === "-" || byName.has(resolve(name));
  const reasons = leftOutTiles(inputs.filter((input) => !isNamed(input)).map(({ name }) => name));
  const leftOut = [...reasons].map(([name, reason]) => ({ name, reason }));
  for (const [reason, words] of Object.entries(TILE_REASONS)) {
    const those = leftOut.filter((each) => each.reason === reason);
    const [first] = those;
    if (first !== undefined) log?.warn(`${counted(those.length, "file")} left out: ${words} (${first.name})`);
  }
  warnOfNamedTwice(inputs.filter(isNamed), log);
  return {
    inputs: inputs.filter(({ name }) => !reasons.has(name)),
    leftOut: leftOut.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Of a tile that is read twice the first by name counts (T1.4), which need not be the newest. */
function warnOfNamedTwice(named: readonly Input[], log: Log | undefined): void {
  const twice = [...leftOutTiles(named.map(({ name }) => name))].filter(
    ([, reason]) => reason === "older-version" || reason === "other-form",
  );
  const [first] = twice;
  if (first === undefined) return;
  log?.warn(
    `${counted(twice.length, "of the files named holds a tile", "of the files named hold tiles")} that others of them hold, too, in other versions or forms (${first[0]}); ` +
      "all are read. Name the folder, or the pattern in quotes, to have each tile once and the newest",
  );
}

/** Names of compressed files, which no command but `fetch` writes. */
import { UsageError } from "../runs/exit-codes.js";

/** By the end of a name, what makes such a file of a pipe. */
const PACKERS: Readonly<Record<string, string>> = { gz: "gzip", zst: "zstd", bz2: "bzip2", xz: "xz" };

/** The name without its `.gz` and the like; undefined for the name of a file that is not compressed. */
export function nameBeforeCompression(output: string): string | undefined {
  return /^(.*)\.(?:gz|zst|bz2|xz)$/is.exec(output)?.[1];
}

/**
 * Refuses an output whose name promises a compressed file. `how`: options with which the command writes to stdout.
 *
 * @throws {UsageError} saying how to compress it.
 */
export function refuseCompressedName(output: string, how: string): void {
  if (nameBeforeCompression(output) === undefined) return;
  const packer = PACKERS[output.slice(output.lastIndexOf(".") + 1).toLowerCase()];
  throw new UsageError(`${output}: output is not compressed; pipe it: … ${how} | ${packer} > ${output}`);
}

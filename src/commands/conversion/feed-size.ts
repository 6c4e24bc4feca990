/** How large a feed is, before it is read, and how many threads that is worth. */
import type { Input } from "../../runs/inputs.js";
import { defaultWorkers } from "../../runs/worker-pool.js";

/** JSON feeds compress about tenfold; by its name alone a file is only guessed to be compressed, which is enough here. */
const TYPICAL_COMPRESSION = 10;

/** Bytes of all inputs as they stand; undefined when one is a pipe. */
export function totalSize(inputs: readonly Input[]): number | undefined {
  let total = 0;
  for (const { size } of inputs) {
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/** Threads that suit these inputs, unless so many are asked for. */
export function workersFor(inputs: readonly Input[], wanted: number | undefined): number {
  if (wanted !== undefined) return wanted;
  if (totalSize(inputs) === undefined) return defaultWorkers(undefined);
  const sizes = inputs.map(({ name, size = 0 }) =>
    /\.(?:gz|zst)$/i.test(name) ? size * TYPICAL_COMPRESSION : size,
  );
  return defaultWorkers(sizes.reduce((sum, size) => sum + size, 0));
}

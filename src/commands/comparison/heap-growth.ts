/** How much garbage a comparison may gather. */
import { setFlagsFromString } from "node:v8";

/**
 * Has all of the heap cleaned up whenever it has grown by half, until what is returned is called. Left alone, V8 lets
 * it grow up to fourfold where the machine has the memory: most of what a comparison makes is garbage a moment later,
 * and of a country it came to gigabytes. Holds for the whole process.
 */
export function keepHeapSmall(): () => void {
  setFlagsFromString("--heap-growing-percent=50");
  return () => setFlagsFromString("--heap-growing-percent=0");
}

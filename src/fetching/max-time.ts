/** How long a whole download may take. */
import { lengthOfTime } from "../runs/length-of-time.js";
import { DEFAULT_MAX_TIME } from "./http.js";

/** In milliseconds, of what the settings say; undefined where it may take any time. @throws {UsageError} as `lengthOfTime`. */
export function maxTimeOf(setting: string | undefined): number | undefined {
  const time = lengthOfTime(setting ?? DEFAULT_MAX_TIME);
  return time === 0 ? undefined : time;
}

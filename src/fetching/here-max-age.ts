/** How old a record may be before it is fetched anew: `30m`, `12h`, `7d`. */
import { UsageError } from "../runs/exit-codes.js";

const SECOND = 1000;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 24 * 3600 * SECOND,
  w: 7 * 24 * 3600 * SECOND,
};

/** In milliseconds. @throws {UsageError} naming `option`, for anything else. */
export function parseMaxAge(text: string, option: string): number {
  if (text.trim() === "0") return 0;
  const [, amount = "", unit = ""] = /^\s*(\d{1,6})\s*([smhdw])\s*$/.exec(text) ?? [];
  const length = UNITS[unit];
  if (length === undefined)
    throw new UsageError(
      `${option} ${text}: not a length of time such as 30m, 12h or 7d (0: fetch all anew)`,
    );
  return Number(amount) * length;
}

/** Lengths of time as people write them: `60s`, `30m`, `12h`, `7d`, `2w`; `0` for none. */
import { z } from "zod";
import { UsageError } from "./exit-codes.js";

const SECOND = 1000;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 24 * 3600 * SECOND,
  w: 7 * 24 * 3600 * SECOND,
};

const WRONG = "not a length of time such as 60s, 12h or 7d";

/** In milliseconds. @throws {UsageError} for any other text. */
export function lengthOfTime(text: string): number {
  if (text === "0") return 0;
  const [, amount = "", unit = ""] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const length = UNITS[unit];
  if (length === undefined) throw new UsageError(`${text}: ${WRONG}`);
  return Number(amount) * length;
}

/** A setting that is a length of time, as text. */
export const lengthOfTimeSchema = z.string().regex(/^(?:0|\d{1,6}[smhdw])$/, { error: WRONG });

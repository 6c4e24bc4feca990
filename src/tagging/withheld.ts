/** Values that are not tagged though the feed has them: the note that says so, and the tag's key read back from it (T2.4, T7). */
import type { Note } from "../ocpi/notes.js";
import { fitsOsm, isReadable } from "./text-hygiene.js";

/** Notes of withheld tags, each with the reason that merging gives for the tag. */
const REASONS = { "value-too-long": "too-long", "text-damaged": "damaged" } as const;
export type WithheldCode = keyof typeof REASONS;
export type WithheldReason = (typeof REASONS)[WithheldCode];

export interface WithheldTag {
  readonly key: string;
  readonly reason: WithheldReason;
}

/** The note that a clean value is withheld with; `undefined`: it may be written (T7). */
export function whyWithheld(value: string): WithheldCode | undefined {
  if (!isReadable(value)) return "text-damaged";
  return fitsOsm(value) ? undefined : "value-too-long";
}

/** What the note of a withheld tag says in detail. */
export function withheldDetail(key: string, value: string): string {
  return `${key}=${value}`;
}

/** Whether a note is one of a withheld tag. */
export function isWithheldCode(code: Note["code"]): code is WithheldCode {
  return code in REASONS;
}

/** The tag that a note says is withheld; `undefined` for all other notes. */
export function withheldTag({ code, detail }: Pick<Note, "code" | "detail">): WithheldTag | undefined {
  if (!isWithheldCode(code)) return undefined;
  const end = detail.indexOf("=");
  return end < 0 ? undefined : { key: detail.slice(0, end), reason: REASONS[code] };
}

/** Whether parts are all those of one run. */
import { UsageError } from "../runs/exit-codes.js";
import { configHash } from "../runs/report.js";
import type { Part } from "./shard-part-reader.js";

/** What must be the same in all parts, and what to say where it is not. */
const COMMON: ReadonlyArray<{ readonly what: string; of(part: Part): unknown }> = [
  { what: "the commands", of: ({ about }) => about.work.command },
  { what: "the numbers of parts", of: ({ about }) => about.shard.of },
  { what: "the settings", of: ({ about }) => about.work.settings },
  { what: "the inputs", of: ({ about }) => [about.inputs, about.leftOut] },
];

/** @throws {UsageError} naming two parts that differ in what all parts of a run have in common. */
export function refuseStrangers([first, ...others]: readonly Part[]): void {
  if (first === undefined) throw new UsageError("no part given");
  for (const other of others) {
    for (const { what, of } of COMMON) {
      if (configHash({ of: of(first) }) === configHash({ of: of(other) })) continue;
      throw new UsageError(
        `${first.file} and ${other.file} are not of one run: ${what} differ; give the parts of one run only`,
      );
    }
  }
}

const MOST_NUMBERS_SHOWN = 10;

/** @throws {UsageError} naming the parts that are there twice, or the numbers of those that are not there. */
export function refuseIncomplete(parts: readonly Part[]): void {
  const byNumber = new Map<number, Part>();
  for (const part of parts) {
    const { number, of } = part.about.shard;
    const same = byNumber.get(number);
    if (same !== undefined)
      throw new UsageError(
        `${same.file} and ${part.file} are both part ${number} of ${of}; give each part once`,
      );
    byNumber.set(number, part);
  }
  const of = parts[0]?.about.shard.of ?? 0;
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter(
    (number) => !byNumber.has(number),
  );
  if (missing.length === 0) return;
  const shown = missing.slice(0, MOST_NUMBERS_SHOWN).join(", ");
  const more = missing.length > MOST_NUMBERS_SHOWN ? ` and ${missing.length - MOST_NUMBERS_SHOWN} more` : "";
  throw new UsageError(
    `of ${of} parts ${missing.length} ${missing.length === 1 ? "is" : "are"} missing: ${shown}${more}; run --shard ${missing[0]}/${of} and give its part, too`,
  );
}

/** Whether parts are all those of one run. */
import { stat } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { UsageError } from "../../runs/exit-codes.js";
import type { OpenedPart, Part } from "./shard-part-reader.js";
import type { PartAbout, PartInput } from "./shard-part-shape.js";

/** @throws {UsageError} for arguments that would be feeds elsewhere, and are no parts: stdin and folders. */
export async function refuseNoParts(names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (name === "-")
      throw new UsageError(
        "merge goes to and fro in its parts, so they must be files: it takes none from stdin",
      );
    const about = await stat(name).catch(() => undefined);
    if (about?.isDirectory() === true)
      throw new UsageError(`${name} is a folder; name the parts in it: ${name.replace(/\/+$/, "")}/*.part`);
  }
}

/** @throws {UsageError} where two parts differ in what all parts of a run have in common. */
export function refuseStranger(first: OpenedPart, other: OpenedPart): void {
  const how = difference(first.about, other.about);
  if (how !== undefined)
    throw new UsageError(`${first.part.file} and ${other.part.file} are not of one run: ${how}`);
}

/** What differs, and what to do about it. */
function difference(one: PartAbout, other: PartAbout): string | undefined {
  const settings = differingSettings(one, other);
  if (settings.length > 0)
    return `the settings differ (${settings.join(", ")}); run all shards with the same options`;
  if (one.shard.of !== other.shard.of)
    return `the numbers of parts differ (${one.shard.of} and ${other.shard.of}); give the parts of one run only`;
  if (isDeepStrictEqual([one.inputs, one.leftOut], [other.inputs, other.leftOut])) return undefined;
  return `the inputs differ (${differingInput(one.inputs, other.inputs)}); run all shards on the same feed`;
}

function differingSettings({ work: one }: PartAbout, { work: other }: PartAbout): string[] {
  if (one.command !== other.command) return [`${one.command} and ${other.command}`];
  const others = new Map<string, unknown>(Object.entries(other.settings));
  const names = new Set([...Object.keys(one.settings), ...others.keys()]);
  const ones = new Map<string, unknown>(Object.entries(one.settings));
  return [...names].filter((name) => !isDeepStrictEqual(ones.get(name), others.get(name)));
}

function differingInput(ones: readonly PartInput[], others: readonly PartInput[]): string {
  if (ones.length !== others.length) return `${ones.length} and ${others.length} files`;
  for (const [index, one] of ones.entries()) {
    const other = others[index];
    if (other !== undefined && one.name !== other.name) return `${one.name} and ${other.name}`;
    if (other !== undefined && !isDeepStrictEqual(one, other)) return `${one.name} was not the same in both`;
  }
  return "files that were left out";
}

const MOST_NUMBERS_SHOWN = 10;

/** @throws {UsageError} naming the parts that are there twice, or the numbers of those that are not there. */
export function refuseIncomplete(parts: readonly Part[]): void {
  const byNumber = new Map<number, Part>();
  for (const part of parts) {
    const { number, of } = part.shard;
    const same = byNumber.get(number);
    if (same !== undefined)
      throw new UsageError(
        `${same.file} and ${part.file} are both part ${number} of ${of}; give each part once`,
      );
    byNumber.set(number, part);
  }
  const of = parts[0]?.shard.of ?? 0;
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

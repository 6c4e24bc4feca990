/**
 * `--report FILE`: what a run did, for machines; its summary, for people. The shape is a contract (`report` is its
 * version). Everything but `run` is the same for the same inputs (D7).
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { counted } from "./counted.js";
import type { Output } from "./output-file.js";

const count = z.int().nonnegative();
const reasons = z.record(z.string(), count);

const listedSchema = z.object({
  file: z.string(),
  record: count.describe("Position of the record in its file, from 0"),
  line: count.optional().describe("1-based, where the file has a record a line"),
  byte: count.optional().describe("Offset in the decompressed file; absent with --reader tokens"),
  id: z.string().optional(),
  verdict: z.enum(["skipped", "rejected"]),
  reason: z.string(),
  detail: z.string(),
});

const exampleSchema = z.object({
  file: z.string(),
  record: count.describe("Position of the record in its file, from 0"),
  id: z.string().optional(),
  pointer: z.string().describe("JSON Pointer into the canonical Location"),
  detail: z.string(),
});

const noteSchema = z.object({ count, meaning: z.string(), examples: z.array(exampleSchema) });

const unknownKeySchema = z.object({
  pointer: z.string().describe("JSON Pointer into the source, * for list positions"),
  count,
  example: z.object({ file: z.string(), value: z.string().describe("As JSON, shortened") }),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const reportSchema = z
  .object({
    report: z.literal(1).describe("Version of this shape"),
    tool: z.object({ name: z.string(), version: z.string() }),
    config_hash: sha256.describe("SHA-256 of the settings that decide what comes out"),
    inputs: z.array(z.object({ name: z.string(), format: z.string(), sha256, bytes: count, records: count })),
    left_out: z
      .array(z.object({ name: z.string(), reason: z.string() }))
      .optional()
      .describe(
        "Files of the folders given that would have been read twice: older versions and other forms of tiles",
      ),
    counts: z
      .object({ read: count, emitted: count, skipped: reasons, rejected: reasons })
      .describe("read = emitted + all skipped + all rejected, always"),
    notes: z.record(z.string(), noteSchema),
    unknown_keys: z
      .array(unknownKeySchema)
      .optional()
      .describe(
        "Keys that were not understood, of formats whose keys are not public (HERE Map Content); by pointer, up to 1,000",
      ),
    listed: z.array(listedSchema).describe("Skipped and rejected records, up to 10,000"),
    not_listed: count.optional().describe("How many more there are; --rejects FILE has them all"),
    output: z
      .object({ file: z.string(), format: z.string(), bytes: count, sha256 })
      .optional()
      .describe("Absent when nothing was published"),
    run: z
      .object({
        started: z.iso.datetime(),
        finished: z.iso.datetime(),
        seconds: z.number().nonnegative(),
        workers: count,
        node: z.string(),
        platform: z.string(),
      })
      .describe("The only part that differs between two runs of the same"),
  })
  .describe("What one run of ocpi2osm did");

export type Report = z.infer<typeof reportSchema>;
export type ListedRecord = z.infer<typeof listedSchema>;
export type NoteExample = z.infer<typeof exampleSchema>;
export type UnknownKey = z.infer<typeof unknownKeySchema>;

/** The JSON Schema of report.json. */
export function reportJsonSchema() {
  return z.toJSONSchema(reportSchema);
}

const LISTED_LIMIT = 10_000;
const EXAMPLES_LIMIT = 3;
const UNKNOWN_KEYS_LIMIT = 1000;

/** Counts what happens to each record. Feed it in the order of the records, and its content is the same every time. */
export class Tally {
  #read = 0;
  #emitted = 0;
  readonly #verdicts = { skipped: new Map<string, number>(), rejected: new Map<string, number>() };
  readonly #notes = new Map<string, { count: number; meaning: string; examples: NoteExample[] }>();
  readonly #unknownKeys = new Map<string, UnknownKey>();
  readonly #listed: ListedRecord[] = [];
  #notListed = 0;

  get read(): number {
    return this.#read;
  }

  get rejected(): number {
    return sum(this.#verdicts.rejected.values());
  }

  /** Records taken from an input, whatever becomes of them. */
  addRead(records: number): void {
    this.#read += records;
  }

  addEmitted(records: number): void {
    this.#emitted += records;
  }

  /** A record that was skipped or rejected. */
  addUnemitted(record: ListedRecord): void {
    const reasons = this.#verdicts[record.verdict];
    reasons.set(record.reason, (reasons.get(record.reason) ?? 0) + 1);
    if (this.#listed.length < LISTED_LIMIT) this.#listed.push(record);
    else this.#notListed += 1;
  }

  /** `times` notes with one code; of their examples the first three are kept. */
  addNotes(code: string, meaning: string, times: number, examples: readonly NoteExample[]): void {
    const known = this.#notes.get(code) ?? { count: 0, meaning, examples: [] };
    known.count += times;
    known.examples.push(...examples.slice(0, EXAMPLES_LIMIT - known.examples.length));
    this.#notes.set(code, known);
  }

  /** A key that nobody reads, met `times` times; the first example is kept. */
  addUnknownKey(pointer: string, times: number, example: UnknownKey["example"]): void {
    const known = this.#unknownKeys.get(pointer);
    if (known !== undefined) known.count += times;
    else if (this.#unknownKeys.size < UNKNOWN_KEYS_LIMIT)
      this.#unknownKeys.set(pointer, { pointer, count: times, example });
  }

  /**
   * The counted part of the report. Throws Error when read ≠ emitted + skipped + rejected: a record was lost, which
   * is a defect of this program and no user should publish its output (T1.7).
   */
  results(): Pick<Report, "counts" | "notes" | "unknown_keys" | "listed" | "not_listed"> {
    const skipped = sum(this.#verdicts.skipped.values());
    const parts = this.#emitted + skipped + this.rejected;
    if (this.#read !== parts)
      throw new Error(
        `records were lost or invented: ${this.#read} read, but ${this.#emitted} emitted + ${skipped} skipped + ` +
          `${this.rejected} rejected = ${parts}. This is a bug in ocpi2osm: do not use the output, please report it`,
      );
    return {
      counts: {
        read: this.#read,
        emitted: this.#emitted,
        skipped: sorted(this.#verdicts.skipped),
        rejected: sorted(this.#verdicts.rejected),
      },
      notes: sorted(this.#notes),
      ...(this.#unknownKeys.size > 0 && {
        unknown_keys: Object.values(sorted(this.#unknownKeys)),
      }),
      listed: this.#listed,
      ...(this.#notListed > 0 ? { not_listed: this.#notListed } : {}),
    };
  }
}

/** Writes report.json and finishes it; to commit it is left to the caller. */
export async function writeReport(output: Output, report: Report): Promise<void> {
  await output.write(`${JSON.stringify(report, undefined, 2)}\n`);
  await output.finish();
}

/** SHA-256 of a config, whatever the order of its keys. Leave out what does not decide the output (workers, paths of logs). */
export function configHash(config: unknown): string {
  const text = JSON.stringify(config, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? sorted(new Map(Object.entries(value)))
      : value,
  );
  return createHash("sha256").update(text).digest("hex");
}

/**
 * At most 15 lines for stderr: what became of the records, the notes that came most often, and what to do next.
 * `rejectsFile`: where the user had the rejects written.
 */
export function summaryLines(
  report: Pick<Report, "counts" | "notes" | "unknown_keys">,
  rejectsFile: string | undefined,
): string[] {
  const { read, emitted, skipped, rejected } = report.counts;
  const lines = [
    `${counted(read, "record")} read = ${number(emitted)} emitted + ${number(total(skipped))} skipped + ${number(total(rejected))} rejected`,
  ];
  if (total(skipped) > 0) lines.push(`  skipped:  ${byCount(skipped)}`);
  if (total(rejected) > 0) lines.push(`  rejected: ${byCount(rejected)}`);
  const notes = Object.entries(report.notes).sort(([, a], [, b]) => b.count - a.count);
  if (notes.length > 0) lines.push("notes:");
  for (const [code, note] of notes.slice(0, 8))
    lines.push(`  ${number(note.count)} × ${code}: ${note.meaning}`);
  if (notes.length > 8)
    lines.push(
      `  and ${counted(notes.length - 8, "more kind", "more kinds")} of note (--report FILE lists all)`,
    );
  lines.push(...unknownKeyLines(report.unknown_keys));
  if (total(skipped) + total(rejected) > 0)
    lines.push(
      rejectsFile === undefined
        ? "To see the records that were not emitted, run again with --rejects FILE"
        : `The records that were not emitted are in ${rejectsFile}, each with its reason`,
    );
  if (read === 0)
    lines.push("Nothing was read: is this the feed you meant? (ocpi2osm inspect INPUT tells what is in it)");
  return lines;
}

const UNKNOWN_KEYS_SHOWN = 3;

/** At most one line, for stderr: what was not understood, of formats whose keys are not public. */
export function unknownKeyLines(keys: readonly UnknownKey[] = []): string[] {
  if (keys.length === 0) return [];
  const shown = keys.slice(0, UNKNOWN_KEYS_SHOWN).map(({ pointer }) => pointer);
  const more = keys.length > shown.length ? ` and ${keys.length - shown.length} more` : "";
  return [`keys not understood: ${shown.join(", ")}${more} (the report and inspect list them with examples)`];
}

function byCount(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const shown = parts.slice(0, 8).map(([reason, times]) => `${reason} ${number(times)}`);
  return [...shown, ...(parts.length > 8 ? [counted(parts.length - 8, "more reason")] : [])].join(", ");
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function total(counts: Readonly<Record<string, number>>): number {
  return sum(Object.values(counts));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function sorted<Value>(entries: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

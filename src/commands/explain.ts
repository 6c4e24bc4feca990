/** `ocpi2osm explain --id ID`: one Location, each tag with its rule and source, and what was withheld and why. */
import { z } from "zod";
import { CHANGES } from "../merging/proposal.js";
import { NOTE_MEANINGS, type Note } from "../ocpi/notes.js";
import type { SourceRecord } from "../ocpi/source-record.js";
import { proposalKey } from "../proposals/proposal-id.js";
import { UsageError } from "../runs/exit-codes.js";
import { harmlessText } from "../runs/github-actions.js";
import { type Log, printable } from "../runs/log.js";
import { openOutput } from "../runs/output-file.js";
import { byteOf } from "../sources/batch.js";
import { dialectOf } from "../sources/dialects.js";
import { contentIdOf, isHereContentId } from "../sources/here-content-id.js";
import { quoted } from "../sources/json-value.js";
import { BatchRecords, type RecordSource } from "../sources/batch-records.js";
import type { Point } from "../tagging/charge-points.js";
import { REASONS } from "../tagging/eligibility.js";
import { type TaggingOptions, tagLocation } from "../tagging/tag-location.js";
import { tagSources } from "../tagging/tag-sources.js";
import { profileOf, readOptions, readingArguments, taggingArguments, taggingOptions } from "./arguments.js";
import { feedInputs } from "./conversion/feed-inputs.js";
import { type ReadOptions, type RunBatch, SourceRun } from "./conversion/source-run.js";

const explainArguments = readingArguments
  .extend(taggingArguments.shape)
  .extend({ id: z.string(), json: z.boolean().default(false) });

/** A tag with where it comes from. */
interface ExplainedTag {
  readonly key: string;
  readonly value: string;
  readonly rule: string;
  readonly sources: ReadonlyArray<{ readonly pointer: string; readonly value: unknown }>;
}

interface ExplainedPoint {
  readonly lat: string;
  readonly lon: string;
  readonly tags: readonly ExplainedTag[];
}

/** Everything there is to say about one record. */
export interface Explanation {
  readonly file: string;
  readonly record: number;
  /** Offset in the decompressed input, where the reader tells it. */
  readonly byte: number | undefined;
  readonly line?: number | undefined;
  readonly format: string;
  readonly id: string | undefined;
  readonly country_code: string | undefined;
  readonly party_id: string | undefined;
  readonly name: string | undefined;
  /** Absent when the Location is written. */
  readonly refused?: {
    readonly verdict: string;
    readonly reason: string;
    readonly rule: string;
    readonly meaning: string;
    readonly detail: string;
  };
  readonly station?: ExplainedPoint;
  readonly charge_points: readonly ExplainedPoint[];
  readonly notes: ReadonlyArray<
    Note & { readonly rule: string; readonly meaning: string; readonly source_pointer: string | undefined }
  >;
}

/** @throws {UsageError} when no record has the id; otherwise as reading does. */
export async function explainFromArguments(
  inputs: readonly string[],
  options: unknown,
  log: Log,
): Promise<void> {
  const given = explainArguments.parse(options);
  const tagging = await taggingOptions(given, await profileOf(given));
  const found = await explain(inputs, { id: given.id, ...(await readOptions(given)) }, tagging);
  if (found.length === 0) {
    throw new UsageError(
      `no Location with id ${quoted(given.id, 300)} in ${inputs.join(", ")}; ids are compared whole, but for case: the feed's own, or as diff names it (LT*IGN*42, modify/LT*IGN*42)`,
    );
  }
  const output = await openOutput("-");
  const text = given.json
    ? found.map((explanation) => `${JSON.stringify(explanation)}\n`)
    : found.map((explanation) => harmlessText(explanationText(explanation), log.settings.env));
  await output.write(text.join(given.json ? "" : "\n"));
  await output.commit();
}

/** Of a proposal's id, what it says besides the Location's key. */
const CHANGE_OF_PROPOSAL = new RegExp(`^(?:${CHANGES.join("|")})/`);

/**
 * Explains every record with the id, folded for case: the Location's own, the source's (HERE, whole or its last part),
 * the key by which `diff` names it, or the id of a proposal about it.
 */
export async function explain(
  inputs: readonly string[],
  { id, ...read }: { id: string } & Omit<ReadOptions, "fingerprints">,
  tagging: TaggingOptions,
): Promise<Explanation[]> {
  const expanded = await feedInputs(inputs, undefined);
  const run = new SourceRun(expanded.inputs, { ...read, fingerprints: false });
  const whole = (isHereContentId(id) ? contentIdOf(id) : id).trim().toLowerCase();
  const wanted = new Set([whole, whole.replace(CHANGE_OF_PROPOSAL, "")]);
  const found: Explanation[] = [];
  for await (const placed of run.batches()) {
    const { batch } = placed;
    const dialect = dialectOf(placed.run.format.source, read.connectorTypes);
    const records = new BatchRecords(batch, dialect);
    for (let index = 0; index < records.count; index++) {
      const record = records.read(index, "tagging");
      if ("unreadable" in record || !hasId(record, wanted)) continue;
      found.push(explanation(record, records.source(index), placed, index, tagging));
    }
  }
  return found;
}

function hasId({ location, ocpiLocationId }: SourceRecord, wanted: ReadonlySet<string>): boolean {
  const ids = [location.id, ocpiLocationId, location.id === undefined ? undefined : proposalKey(location)];
  return ids.some((id) => id !== undefined && wanted.has(id.toLowerCase()));
}

function explanation(
  record: SourceRecord,
  source: RecordSource,
  { batch, run }: RunBatch,
  index: number,
  tagging: TaggingOptions,
): Explanation {
  const made = tagLocation(record, tagging);
  const { id, country_code, party_id, name } = record.location;
  const explained = (point: Point, country: string | undefined): ExplainedPoint => ({
    lat: point.lat,
    lon: point.lon,
    tags: point.tags.map((tag) => ({
      ...tag,
      sources: source.all(tagSources(record, point.evses, country, tag.key, tagging.locationRef)),
    })),
  });
  const common = {
    file: run.input.name,
    record: batch.firstRecord + index,
    byte: byteOf(batch, index),
    line: batch.lines?.[index],
    format: run.format.description,
    id,
    country_code,
    party_id,
    name,
  };
  if ("reason" in made) {
    const { reason, detail } = made;
    return {
      ...common,
      refused: { reason, ...REASONS[reason], detail },
      charge_points: [],
      notes: explainedNotes(record.notes, source),
    };
  }
  return {
    ...common,
    station: explained(made.station, made.country),
    charge_points: made.chargePoints.map((point) => explained(point, made.country)),
    notes: explainedNotes(made.notes, source),
  };
}

function explainedNotes(notes: readonly Note[], source: RecordSource): Explanation["notes"] {
  return notes.map((note) => ({
    ...note,
    ...NOTE_MEANINGS[note.code],
    source_pointer: source.at(note.pointer)?.pointer,
  }));
}

const MOST_SOURCES_SHOWN = 3;

function explanationText(explained: Explanation): string {
  const { file, record, line, byte, id, country_code, party_id, name, refused, station } = explained;
  const known = line === undefined ? byte !== undefined && `byte ${byte}` : `line ${line}`;
  const place = known === false ? "" : `, ${known}`;
  const lines = [
    `${[country_code, party_id, id].filter((part) => part !== undefined).join("*")}  ${name ?? ""}`.trim(),
    `  ${file}, record ${record}${place} (${explained.format})`,
    "",
  ];
  if (refused !== undefined) {
    lines.push(
      `${refused.verdict}: ${refused.reason} (${refused.rule})`,
      `  ${refused.meaning}${refused.detail === "" ? "" : `: ${refused.detail}`}`,
    );
  }
  if (station !== undefined) lines.push("amenity=charging_station", ...pointLines(station));
  for (const point of explained.charge_points) lines.push("", "man_made=charge_point", ...pointLines(point));
  if (explained.notes.length > 0) lines.push("", "Notes, and what was withheld");
  for (const { code, rule, meaning, detail, source_pointer } of explained.notes) {
    lines.push(
      `  ${code} (${rule}): ${meaning}`,
      `      ${source_pointer ?? ""} ${quoted(detail, 300)}`.trimEnd(),
    );
  }
  return printable(`${lines.join("\n")}\n`);
}

function pointLines({ lat, lon, tags }: ExplainedPoint): string[] {
  const width = Math.max(...tags.map(({ key }) => key.length));
  return [
    `  at ${lat}, ${lon}`,
    ...tags.flatMap(({ key, value, rule, sources }) => [
      `  ${key.padEnd(width)} = ${value}   (${rule})`,
      ...sources
        .slice(0, MOST_SOURCES_SHOWN)
        .map(
          (source) =>
            `      ${source.pointer === "" ? "the record" : `${source.pointer}  ${quoted(source.value, 80)}`}`,
        ),
      ...(sources.length > MOST_SOURCES_SHOWN
        ? [`      and ${sources.length - MOST_SOURCES_SHOWN} more`]
        : []),
    ]),
  ];
}

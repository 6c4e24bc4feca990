/**
 * A *part*: what a shard made of its records, with all that `merge` needs to finish the run as one run would have, the
 * records' own bytes among it (they tell a duplicate apart, stand in the rejects and give proposals their sources).
 *
 * The file: `PART_BEGIN`; pieces, each a run of records that stand side by side; an index (`PartAbout`); where the
 * index begins (u64) and `PART_END`. Piece and index are blocks: length of the JSON (u32), length of the bytes (u32),
 * CRC-32 of both (u32), the JSON, the bytes. Numbers are little-endian. It lasts from a run to its merge only: both
 * must be of the same version of this program.
 */
import { z } from "zod";
import { NOTE_MEANINGS } from "../../ocpi/notes.js";
import { FORM_NAMES } from "../../proposals/output-form.js";
import { profileSchema } from "../../runs/profile.js";
import { SOURCE_NAMES } from "../../sources/dialect.js";
import { TILE_REASONS } from "../../sources/tile-files.js";
import { REASONS } from "../../tagging/eligibility.js";
import { diffSettingsSchema } from "../comparison/diff-settings.js";

export const PART_BEGIN = "ocpi2osm part 1\n";
export const PART_END = "part end";
/** Lengths and checksum before a block. */
export const BLOCK_HEAD_BYTES = 12;
/** Where the index begins, and `PART_END`. */
export const PART_TAIL_BYTES = 16;

const count = z.int().nonnegative();

/** The key of a table of this program. */
function keyOf<Table extends object>(table: Table) {
  return z.custom<keyof Table & string>((value) => typeof value === "string" && Object.hasOwn(table, value));
}

/** What decides the output of `convert`, apart from its inputs (D7). */
export const convertSettingsSchema = z.object({
  form: z.enum(FORM_NAMES),
  read: diffSettingsSchema.shape.read,
  profile: profileSchema,
  tagging: diffSettingsSchema.shape.tagging,
  asOf: z.string().optional(),
  maxRejects: z.object({ limit: z.number(), percent: z.boolean() }).optional(),
});

export type ConvertSettings = z.infer<typeof convertSettingsSchema>;

/** The command that was begun, and all that decides how it is finished. */
const partWorkSchema = z.discriminatedUnion("command", [
  z.object({ command: z.literal("convert"), settings: convertSettingsSchema }),
  z.object({ command: z.literal("diff"), settings: diffSettingsSchema }),
]);

export type PartWork = z.infer<typeof partWorkSchema>;

/** An input, as every shard has read it to its end. */
const partInputSchema = z.object({
  name: z.string(),
  seekable: z.boolean(),
  compressed: z.boolean(),
  format: z.object({
    source: z.enum(SOURCE_NAMES),
    framing: z.enum(["documents", "lines"]),
    version: z.string().optional(),
    description: z.string(),
    sharesParts: z.boolean().optional(),
    errorAnswer: z.string().optional(),
  }),
  records: count,
  bytes: count,
  sha256: z.string(),
  members: z.array(z.tuple([z.string(), z.array(z.unknown())])),
});

export type PartInput = z.infer<typeof partInputSchema>;

/** What the parts of a run have in common, and which of them this is. */
export const partAboutSchema = z.object({
  tool: z.string(),
  work: partWorkSchema,
  shard: z.object({ number: z.int().min(1), of: z.int().min(1) }),
  inputs: z.array(partInputSchema),
  leftOut: z.array(z.object({ name: z.string(), reason: keyOf(TILE_REASONS) })),
});

export type PartAbout = z.infer<typeof partAboutSchema>;

/** The JSON of a piece; its numbers and bytes follow in the order of `sizes`. */
export const pieceSchema = z.object({
  /** Position of the input in the run. */
  input: count,
  /** Position in the input of the piece's first record. */
  firstRecord: count,
  byteOffset: count.optional(),
  keys: z.array(z.string()),
  unemitted: z.array(
    z.object({
      record: count,
      reason: keyOf(REASONS),
      pointer: z.string(),
      detail: z.string(),
      ids: z
        .object({
          id: z.string().optional(),
          country_code: z.string().optional(),
          party_id: z.string().optional(),
        })
        .optional(),
    }),
  ),
  notes: z.array(
    z.object({
      code: keyOf(NOTE_MEANINGS),
      count,
      examples: z.array(
        z.object({ record: count, id: z.string().optional(), pointer: z.string(), detail: z.string() }),
      ),
    }),
  ),
  unknownKeys: z.array(z.object({ pointer: z.string(), count, example: z.string() })),
  sizes: z.object({
    bytes: count,
    spans: count,
    lines: count.optional(),
    documents: count.optional(),
    text: count,
    ends: count,
    boxes: count,
  }),
});

export type PieceFacts = z.infer<typeof pieceSchema>;

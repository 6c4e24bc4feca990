/** What the state file keeps of one Location (D3 base, D4 absence). */
import { z } from "zod";

const value = z.string();
const tagValues = z.record(z.string(), value);

/** Members are left out where there is nothing to say, so that a change in git is a change of the matter. */
export const stateEntrySchema = z.looseObject({
  key: z.string().min(1).describe("The Location's key: `LT*IGN*42`"),
  country_code: z.string().optional(),
  party_id: z.string().optional(),
  id: z.string().describe("Location.id as the feed spells it"),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  operator: z.string().optional().describe("As the feed stated it"),
  osm: z
    .array(z.string().regex(/^[nwr]\d+$/))
    .optional()
    .describe("The OSM elements it was matched with, the main one first"),
  base: tagValues.describe(
    "What the feed said, by key, when it was last published or found in OSM; empty: it took its value back",
  ),
  pending: z
    .record(
      z.string(),
      z.object({
        old: value.nullable().describe("OSM's value when the change was proposed; null: no such tag"),
        base: value.nullable().describe("The base when the change was proposed"),
        version: z.int().positive().optional().describe("The object's version then"),
      }),
    )
    .optional()
    .describe("Proposals that OSM has not answered yet"),
  refused: z
    .record(z.string(), z.object({ value: value.nullable(), when: z.string().optional() }))
    .optional()
    .describe("Values that rejections without a value stood for when they were first seen"),
  create: z.literal(true).optional().describe("Proposed as a new station, not seen in OSM since"),
  absent: z.int().positive().optional().describe("Runs in a row that the feed was without it"),
  closed: z.literal(true).optional().describe("Its closure was proposed, or OSM has it as closed"),
  deleted: z.literal(true).optional().describe("A mapper removed it from OSM: not to be created again"),
});
export type StateEntry = z.output<typeof stateEntrySchema>;

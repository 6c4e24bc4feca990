/** `convert --filter`: a line out for every line in, decided by that line alone. */
import { z } from "zod";
import { type Reason, REASONS } from "../tagging/eligibility.js";
import { jsonLine } from "./json-line.js";
import { locationLine } from "./ndjson-form.js";
import type { TaggingForm } from "./output-form.js";

/**
 * A public contract, as that of the `ndjson` form, whose members in their order a line has but for those that depend
 * on where a record stands: no `source`, and nodes have no `id`.
 */
export const filterForm: TaggingForm = {
  name: "filter",
  reads: "tagging",
  separator: "",
  head: async () => "",
  record(emitted) {
    const { source: _source, osm, charge_points: points, ...others } = locationLine(emitted);
    const { location, tags, notes, pointers } = others;
    return `${jsonLine({
      location,
      osm: withoutId(osm),
      tags,
      charge_points: points.map(withoutId),
      notes,
      pointers,
    })}\n`;
  },
  tail: async () => "",
};

function withoutId<Node extends { readonly id: number }>({ id: _id, ...node }: Node): Omit<Node, "id"> {
  return node;
}

/** What a line gives that is not emitted. */
export interface FilteredOut {
  readonly reason: Reason;
  readonly detail: string;
  /** Absent where the record is none. */
  readonly location: {
    readonly country_code?: string | undefined;
    readonly party_id?: string | undefined;
    readonly id?: string | undefined;
  };
}

/** The line of a record that is not emitted; only such lines have a `verdict`. */
export function filteredOutLine({ reason, detail, location }: FilteredOut): string {
  const { country_code, party_id, id } = location;
  const { verdict, rule } = REASONS[reason];
  return `${jsonLine({ location: { country_code, party_id, id }, verdict, reason, rule, detail })}\n`;
}

const location = z.object({
  country_code: z.string().optional(),
  party_id: z.string().optional(),
  id: z.string().optional(),
});
const node = z.object({ type: z.literal("node"), lat: z.number(), lon: z.number() });
const texts = z.record(z.string(), z.string());
const pointers = z.record(z.string(), z.array(z.string()));

/** A line of `convert --filter`. */
export const filterLineSchema = z
  .union([
    z.strictObject({
      location,
      verdict: z.enum(["skipped", "rejected"]),
      reason: z.string().describe("As in report.json"),
      rule: z.string(),
      detail: z.string(),
    }),
    z.strictObject({
      location,
      osm: node,
      tags: texts.describe("KEY: VALUE, sorted by key"),
      charge_points: z.array(node.extend({ tags: texts, pointers })),
      notes: z.array(
        z.object({
          code: z.string(),
          rule: z.string(),
          meaning: z.string(),
          pointer: z.string().describe("JSON Pointer into the canonical Location (--format ocpi)"),
          detail: z.string(),
        }),
      ),
      pointers: pointers.describe("Of each tag: JSON Pointers into the line that was read"),
    }),
  ])
  .describe("A line of `ocpi2osm convert --filter`: a Location as a station, or why it is none");

/** The JSON Schema of a line of `convert --filter`. */
export function filterLineJsonSchema() {
  return z.toJSONSchema(filterLineSchema);
}

/** The three-way merge as a table: rule D3, and T8's part in it. */
import type { TagClass } from "../tagging/tag-class.js";
import type { TagReason } from "./reasons.js";

/**
 * What becomes of a key: `propose` an edit, put it to `review`, show a `conflict` (D3), leave it (`nothing`).
 */
export type Outcome = "propose" | "review" | "conflict" | "nothing";

/** The feed's value now against what it was when it was last published or accepted. */
export type FeedSide = "unchanged" | "changed" | "dropped" | "no base";
/** OSM's value now: `base` is the feed's earlier value, `feed` its present one. */
export type OsmSide = "absent" | "base" | "feed" | "other";

interface MergeRow {
  readonly feed: FeedSide;
  readonly osm: OsmSide;
  /** For these classes only; all when absent. */
  readonly classes?: readonly TagClass[];
  readonly outcome: Outcome;
  readonly reason: TagReason;
}

/** The first row that fits decides. What OSM says is looked at in the order `feed`, `base`, `absent`, `other`. */
export const MERGE_TABLE: readonly MergeRow[] = [
  { feed: "unchanged", osm: "feed", outcome: "nothing", reason: "already-there" },
  { feed: "unchanged", osm: "base", outcome: "nothing", reason: "already-there" },
  { feed: "unchanged", osm: "absent", outcome: "nothing", reason: "kept-mapper-edit" },
  { feed: "unchanged", osm: "other", outcome: "nothing", reason: "kept-mapper-edit" },
  { feed: "changed", osm: "feed", outcome: "nothing", reason: "already-there" },
  { feed: "changed", osm: "base", outcome: "propose", reason: "feed-changed" },
  { feed: "changed", osm: "absent", outcome: "conflict", reason: "both-changed" },
  { feed: "changed", osm: "other", outcome: "conflict", reason: "both-changed" },
  // "Never removed unless base had it and class is A", and then only what the feed itself gave.
  { feed: "dropped", osm: "feed", outcome: "nothing", reason: "already-there" },
  { feed: "dropped", osm: "absent", outcome: "nothing", reason: "already-there" },
  { feed: "dropped", osm: "base", classes: ["A"], outcome: "propose", reason: "feed-dropped" },
  { feed: "dropped", osm: "base", outcome: "nothing", reason: "kept-osm-value" },
  { feed: "dropped", osm: "other", outcome: "nothing", reason: "kept-mapper-edit" },
  { feed: "no base", osm: "feed", outcome: "nothing", reason: "already-there" },
  { feed: "no base", osm: "absent", outcome: "propose", reason: "absent" },
  { feed: "no base", osm: "base", outcome: "nothing", reason: "already-there" },
  { feed: "no base", osm: "other", classes: ["A"], outcome: "review", reason: "differs" },
  { feed: "no base", osm: "other", outcome: "nothing", reason: "kept-osm-value" },
];

export interface TableResult {
  readonly outcome: Outcome;
  readonly reason: TagReason;
}

/** What D3 says of a key of this class. Throws RangeError if the table has a gap. */
export function tableResult(feed: FeedSide, osm: OsmSide, tagClass: TagClass): TableResult {
  const row = MERGE_TABLE.find(
    (row) => row.feed === feed && row.osm === osm && (row.classes?.includes(tagClass) ?? true),
  );
  if (row === undefined) throw new RangeError(`no row for ${feed}, ${osm}, ${tagClass}`);
  return row;
}

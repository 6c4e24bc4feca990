/** A proposal: what should change in OSM for one Location, and why (D3, D4). Everything that is written out is made from these. */
import type { EvidencePart } from "../matching/evidence-parts.js";
import type { MatchMethod } from "../matching/match.js";
import type { NoteCode } from "../ocpi/notes.js";
import type { OsmObject, WayNode } from "../osm/osm-object.js";
import type { TagClass } from "../tagging/tag-class.js";
import type { TaggedChargePoint } from "../tagging/tagged-location.js";
import type { ProposalReason, TagReason } from "./reasons.js";

/**
 * What a mapper is asked (D6). `create`, `modify` and `relink` are edits that may be loaded into an editor as they
 * are; `review` and `conflict` need a decision first, `close` a look on the ground (D4).
 */
export const CHANGES = ["create", "modify", "relink", "review", "conflict", "close"] as const;
export type Change = (typeof CHANGES)[number];

/** The changes that are ready to be loaded into an editor. */
export const EDITS: ReadonlySet<Change> = new Set<Change>(["create", "modify", "relink"]);

/** A place in the source record that a value was made from. */
export interface ValueSource {
  /** JSON Pointer (RFC 6901) into the source record. */
  readonly pointer: string;
  readonly value: unknown;
}

/** One tag of a proposal; `undefined` stands for a tag that is not there. */
export interface TagProposal {
  readonly key: string;
  readonly class: TagClass;
  /** OSM now ("theirs"). */
  readonly old: string | undefined;
  /** What the feed said when it was last published or accepted. */
  readonly base: string | undefined;
  /** The feed now ("ours"); `undefined`: the tag is to go. */
  readonly new: string | undefined;
  /** The tagging rule that made the value (`T3.1`); the diff rule where the feed has none. */
  readonly rule: string;
  readonly reason: TagReason;
  /** Filled in once it is known which values are shown. */
  readonly sources: readonly ValueSource[];
}

/** A candidate or match, by element names (`n123`). */
export interface ProposalMatch {
  /** `n123`, or a cluster: `n123;n124`. */
  readonly osm: string;
  readonly score: number;
  /** Metres. */
  readonly distance: number;
  readonly parts: readonly EvidencePart[];
  /** Where it stands, in degrees, of what is no target (that tells it itself). */
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
}

/** A charging object that stood within 100 m when a proposal was made. */
export interface NearbyObject {
  /** `n123`. */
  readonly osm: string;
  readonly version?: number | undefined;
  /** Degrees; of a way or relation the middle. */
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
}

export interface Proposal {
  /** `modify/LT*IGN*42`: the same in every run, so that a decision about it can be kept. */
  readonly id: string;
  readonly change: Change;
  readonly reason: ProposalReason;
  readonly location: {
    readonly key: string;
    readonly country_code?: string | undefined;
    readonly party_id?: string | undefined;
    readonly id: string;
    /** Degrees. */
    readonly lat: number;
    readonly lon: number;
    /** ISO alpha-2. */
    readonly country?: string | undefined;
    readonly operator?: string | undefined;
    readonly lastUpdated?: string | undefined;
  };
  /** The element whose tags are proposed for, as OSM has it; none for a create or an unsettled match. */
  readonly target?: OsmObject | undefined;
  /** Of an edit whose target is a way: its nodes, by id, as far as the extract has them, so that it can be drawn. */
  readonly wayNodes?: readonly WayNode[] | undefined;
  /** How the target was found. */
  readonly match?: (ProposalMatch & { readonly method: MatchMethod | "state" }) | undefined;
  readonly runnerUp?: ProposalMatch | undefined;
  /** Of an unsettled match, best first. */
  readonly candidates: readonly ProposalMatch[];
  /** Where there is no target: what stands within 100 m, in element order, so that `rebase` can tell what is new (D8). */
  readonly nearby?: readonly NearbyObject[] | undefined;
  /** Sorted by key; never empty but for an unsettled match. */
  readonly tags: readonly TagProposal[];
  /** Only of a create. */
  readonly chargePoints: readonly TaggedChargePoint[];
  /** Why it is not in the files for editors though its change is an edit (D1.2). */
  readonly withheld?: "no-version" | undefined;
  readonly notes: readonly { readonly code: NoteCode; readonly detail: string }[];
  /** Where the Location stands in the feed; absent when it is gone from it. */
  readonly source?: { readonly file: string; readonly record: number } | undefined;
}

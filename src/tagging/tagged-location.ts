/** One Location of a feed as matching and merging take it: its tags, and what identifies it beyond them. */
import type { NoteCode } from "../ocpi/notes.js";
import type { Tag } from "./tagged-point.js";

/** A charge_point node that belongs to the Location (T6). */
export interface TaggedChargePoint {
  /** Degrees as OSM writes them. */
  readonly lat: string;
  readonly lon: string;
  readonly tags: readonly Tag[];
}

export interface TaggedLocation {
  /** `LT*IGN*42`: country_code, party_id and id, folded; unique in a run and the same in every run. */
  readonly key: string;
  readonly country_code?: string | undefined;
  readonly party_id?: string | undefined;
  readonly id: string;
  /** Degrees. */
  readonly lat: number;
  readonly lon: number;
  /** What the feed says of the station, sorted by key. Empty when `removed`. */
  readonly tags: readonly Tag[];
  /** Canonical EVSE ids (T2.2) of all eligible EVSEs, also where `ref:EU:EVSE` is withheld for its length. */
  readonly evseIds: readonly string[];
  /** The operator's name as the feed or its profile states it. */
  readonly operator?: string | undefined;
  /** ISO alpha-2: the stated country, else the one on the map. */
  readonly country?: string | undefined;
  /** OCPI last_updated of the Location, as stated. */
  readonly lastUpdated?: string | undefined;
  /** What speaks against trusting the record (T1.6 `outside-country`, T5.1 `capacity-suspect`, …). */
  readonly notes: readonly { readonly code: NoteCode; readonly detail: string }[];
  readonly chargePoints: readonly TaggedChargePoint[];
  /** Every EVSE is REMOVED (T1.3): the feed says that the station is gone. */
  readonly removed: boolean;
  readonly source: { readonly file: string; readonly record: number };
}

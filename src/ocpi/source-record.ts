/** What a dialect's reader hands to the rest of the program: a canonical Location and what only the source knows. */
import type { Location, TaggingLocation } from "./location.js";
import type { Note } from "./notes.js";

/** `L`: how much of the Location may be looked at; a record with the whole of it is one of any other. */
export interface SourceRecord<L extends TaggingLocation = Location> {
  readonly location: L;
  /**
   * The genuine OCPI Location id, the only value `ref:ocpi:location:id` may take (T2.1). For OCPI sources that is
   * `location.id`; for HERE sources `cpoLocationId`, because `location.id` holds HERE's own content id.
   */
  readonly ocpiLocationId: string | undefined;
  /**
   * `false` where the source does not say how many charge points (EVSEs) there are, and `location.evses` stands for
   * sockets only: a source that counts connectors says nothing of how many cars charge at once, so no `capacity` is
   * claimed (T5.1, note `capacity-unknown`). Absent: every EVSE of the Location is one charge point.
   */
  readonly evseCountKnown?: false;
  /** What the reader had to mend or warn about. */
  readonly notes: readonly Note[];
}

/** A record as the tagging rules take it. */
export type TaggingRecord = SourceRecord<TaggingLocation>;

/**
 * The pointer that stands for `ocpiLocationId` where it is not `/id`: no field of a Location, so only a dialect whose
 * `id` is its own has a place for it.
 */
export const OCPI_LOCATION_ID = "/ocpi_location_id";

/** Why a JSON value could not be read as a Location at all. */
export type UnreadableReason =
  | "bad-json"
  | "not-an-object"
  | "not-a-location"
  | "too-large"
  /** A place of another kind, in a source that has others. */
  | "not-charging";

export interface Unreadable {
  readonly unreadable: UnreadableReason;
  readonly detail: string;
}

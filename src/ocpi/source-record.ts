/** What a dialect's reader hands to the rest of the program: a canonical Location and what only the source knows. */
import type { Location } from "./location.js";
import type { Note } from "./notes.js";

export interface SourceRecord {
  readonly location: Location;
  /**
   * The genuine OCPI Location id, the only value `ref:ocpi:location:id` may take (T2.1). For OCPI sources that is
   * `location.id`; for HERE sources `cpoLocationId`, because `location.id` holds HERE's own content id.
   */
  readonly ocpiLocationId: string | undefined;
  /** What the reader had to mend or warn about. */
  readonly notes: readonly Note[];
}

/**
 * The pointer that stands for `ocpiLocationId` where it is not `/id`: no field of a Location, so only a dialect whose
 * `id` is its own has a place for it.
 */
export const OCPI_LOCATION_ID = "/ocpi_location_id";

/** Why a JSON value could not be read as a Location at all. */
export type UnreadableReason = "bad-json" | "not-an-object" | "not-a-location" | "too-large";

export interface Unreadable {
  readonly unreadable: UnreadableReason;
  readonly detail: string;
}

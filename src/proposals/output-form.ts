/** What every form of `convert`'s output offers. Adding a form = one file that exports an `OutputForm`, one row in `output-forms.ts`. */
import type { Location, TaggingLocation } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { Bounds } from "../osm/bounds.js";
import type { Reason } from "../tagging/eligibility.js";
import type { PlacedEvse } from "../tagging/sockets.js";
import type { TaggedPoint } from "../tagging/tagged-point.js";

export const FORM_NAMES = ["osm", "csv", "geojson", "geojsonl", "ndjson", "ocpi"] as const;
export type FormName = (typeof FORM_NAMES)[number];
/** Forms without a `--format`: what `diff` hands from thread to thread, and that of `convert --filter`. */
export type InnerFormName = "locations" | "sources" | "filter";

/** What an unlicensed source's proposals are marked with (D9). */
export const COMPARE_ONLY = "compare only: survey before you map";

/** What a run's output says of itself; plain data, so that it can be sent to a worker. */
export interface OutputAbout {
  /** Name and version of this program. */
  readonly generator: string;
  /** What the source is called, where that matters apart from the changeset: decisions are kept under it. */
  readonly source?: string | undefined;
  /** The date of the data. */
  readonly asOf?: string | undefined;
  /** Whether the source's licence lets its data into OSM (D9). */
  readonly licensed: boolean;
  readonly changeset: { readonly comment: string; readonly source: string };
  readonly licence?: { readonly id: string; readonly url?: string | undefined } | undefined;
}

/** A place in the source record that a tag was made from. */
export interface TagSource {
  /** JSON Pointer (RFC 6901) into the source record. */
  readonly pointer: string;
  /** What stands there. */
  readonly value: unknown;
}

/** One Location with everything that was made of it. `L`: how much of it a form may look at. */
export interface EmittedLocation<L extends TaggingLocation = Location> {
  /** Negative node id of the station; equal to `station.id`. */
  readonly id: number;
  readonly sourceFile: string;
  /** Position of the record in its file, from 0. */
  readonly recordIndex: number;
  readonly location: L;
  readonly station: TaggedPoint;
  readonly chargePoints: readonly TaggedPoint[];
  /** The eligible EVSEs (T1.3). */
  readonly evses: readonly PlacedEvse[];
  /** ISO alpha-2, where it is stated or a socket depends on it. */
  readonly country: string | undefined;
  /** Pointers of notes are into the canonical Location, not into the source record. */
  readonly notes: readonly Note[];
  /** Keys of the station's tags whose sources are asked for; absent: of all. */
  readonly asked?: readonly string[] | undefined;
  /** Where the tag `key` of `point` came from, at `most` so many places. Costly, so asked only by forms that show it. */
  sourcesOf(point: TaggedPoint, key: string, most?: number): readonly TagSource[];
}

/** A Location that rule T1 keeps out of the output. */
export interface RefusedLocation<L extends TaggingLocation = Location> {
  readonly sourceFile: string;
  readonly recordIndex: number;
  readonly location: L;
  readonly reason: Reason;
}

/**
 * A form of output. A document is `head`, then the records in order, then `tail`. Everything is a function of its
 * arguments, no clock and no state, so records may be written by any worker and their texts joined afterwards.
 */
export interface OutputForm {
  readonly name: FormName | InnerFormName;
  /** How much of a record it shows: the whole Location, or only what tagging reads. */
  readonly reads: "whole" | "tagging";
  /** What each record's text begins with; whoever joins the texts strips it from the very first. */
  readonly separator: string;
  head(about: OutputAbout): Promise<string>;
  /** Everything one Location gives. */
  record(emitted: EmittedLocation, about: OutputAbout): string;
  /** What a Location gives that is not emitted; most forms have nothing to say of it. */
  refused?(refused: RefusedLocation): string;
  tail(about: OutputAbout): Promise<string>;
  /** Bytes of the head to write over once the bounds of all nodes are known. Only `.osm` keeps a place for them. */
  boundsPatch?(head: string, bounds: Bounds): { readonly offset: number; readonly text: string };
}

/** A form made of what tagging reads. The compiler refuses one that shows more: of most records it would show nothing. */
export interface TaggingForm extends OutputForm {
  readonly reads: "tagging";
  record(emitted: EmittedLocation<TaggingLocation>, about: OutputAbout): string;
  refused?(refused: RefusedLocation<TaggingLocation>): string;
}

/** What every file made of proposals offers (D6). Adding one = one file that exports a `ProposalForm`, one row in `proposal-forms.ts`. */
import type { Proposal } from "../merging/proposal.js";
import type { NewNodeIds } from "./loadable-edits.js";
import type { OutputAbout } from "./output-form.js";

export const PROPOSAL_FORM_NAMES = ["ndjson", "osm", "osc", "csv", "geojson", "maproulette"] as const;
export type ProposalFormName = (typeof PROPOSAL_FORM_NAMES)[number];

/** What surrounds the proposals. */
export interface ProposalContext {
  readonly about: OutputAbout;
  /** Of all proposals of the run, also where only a part of them is written: an id means one station in every file. */
  readonly newIds: NewNodeIds;
}

export interface ProposalForm {
  /** Its name in the output folder. */
  readonly file: string;
  /** Whether it is refused without a licence (D9). */
  readonly needsLicence: boolean;
  /**
   * The whole file in pieces, a function of its arguments. `proposals`: sorted by location key, then change. Throws
   * Error when an edit would break OSM's limits, or a licence is needed and missing: bugs of the caller, not of data.
   */
  text(proposals: readonly Proposal[], context: ProposalContext): Iterable<string>;
}

/** Why files for uploading are refused, and what to do about it (D9). */
export const LICENCE_NEEDED =
  "The source has no licence that lets its data into OpenStreetMap, so no file that could be uploaded is written. " +
  "If its owner has published it under ODbL-1.0, CC0-1.0, PDDL-1.0 or OGL-UK-3.0, or has given permission, record " +
  'that in the source profile (--profile FILE): "licence": { "id": …, "url": … }; a permission also needs ' +
  '"granted_by" and "date".';

/** `--format csv`: one row a tag, for review in a spreadsheet. */
import type { TaggingLocation } from "../ocpi/location.js";
import { tagClass } from "../tagging/tag-class.js";
import type { TaggedPoint } from "../tagging/tagged-point.js";
import { type CsvRow, csvHeader, csvRows } from "./csv-columns.js";
import { addNodeUrl } from "./josm-urls.js";
import { placeUrl } from "./osm-urls.js";
import { COMPARE_ONLY, type EmittedLocation, type OutputAbout, type TaggingForm } from "./output-form.js";
import { createProposalId } from "./proposal-id.js";
import { provenanceWords, sentence } from "./reason-words.js";
import { ruleReason } from "./rule-reasons.js";
import { sourceCells } from "./source-cells.js";

/**
 * Every tag as a proposal to create. `proposal` is made of the Location's identity, so it is the same in every run:
 * `create/LT*IGN*42`, charge points `create/LT*IGN*42/cp1` and so on.
 */
export const csvForm: TaggingForm = {
  name: "csv",
  reads: "tagging",
  separator: "",
  head: async () => csvHeader(),
  record(emitted, about) {
    const proposal = createProposalId(emitted.location);
    return csvRows([
      ...pointRows(emitted, emitted.station, proposal, about),
      ...emitted.chargePoints.flatMap((point, index) =>
        pointRows(emitted, point, `${proposal}/cp${index + 1}`, about),
      ),
    ]);
  },
  tail: async () => "",
};

function pointRows(
  emitted: EmittedLocation<TaggingLocation>,
  point: TaggedPoint,
  proposal: string,
  about: OutputAbout,
): CsvRow[] {
  const { location, sourceFile } = emitted;
  const ofPoint: CsvRow = {
    proposal,
    change: "create",
    osm_type: "node",
    osm_id: `${point.id}`,
    country_code: location.country_code ?? "",
    party_id: location.party_id ?? "",
    location_id: location.id ?? "",
    lat: point.lat,
    lon: point.lon,
    source_file: sourceFile,
    osm_url: placeUrl(point),
    josm_url: about.licensed ? addNodeUrl(point) : "",
  };
  const around = about.licensed ? [] : [COMPARE_ONLY];
  const provenance = provenanceWords(emitted.notes);
  return point.tags.map(({ key, value, rule }) => ({
    ...ofPoint,
    class: tagClass(key),
    key,
    new_value: value,
    rule,
    reason: sentence([...around, ruleReason(rule), ...provenance]),
    ...sourceCells(emitted.sourcesOf(point, key)),
  }));
}

/** changes.csv: every proposal, one row a tag (D6). */
import { formatDegrees } from "../ocpi/coordinates.js";
import type { Proposal, TagProposal } from "../merging/proposal.js";
import type { TaggedChargePoint } from "../tagging/tagged-location.js";
import { elementName } from "../osm/osm-object.js";
import { tagClass } from "../tagging/tag-class.js";
import { CHANGES_COLUMNS, type CsvRow, csvHeader, csvRows } from "./csv-columns.js";
import { addNodeUrl, loadAndZoomUrl, loadObjectUrl } from "./josm-urls.js";
import { isLoadable } from "./loadable-edits.js";
import { elementUrl, placeUrl } from "./osm-urls.js";
import type { ProposalContext, ProposalForm } from "./proposal-form.js";
import { metresText, proposalWords, sentence, tagWords } from "./reason-words.js";
import { ruleReason } from "./rule-reasons.js";
import { sourceCells } from "./source-cells.js";

/**
 * Rows handed to csv-stringify at once: enough for its start to be little, few enough to be gone at the next garbage
 * collection. Of 2000 much outlives it: a gigabyte in a large diff.
 */
const ROWS_AT_ONCE = 200;

/**
 * Charge points of a create follow their station as `…/cp1`, `…/cp2`. A proposal that says nothing of tags has one row
 * without a key. `lat`, `lon`: where the feed has it. `match`: how the object was found, or why that is not sure; then
 * there is no `osm_id`, and the candidates stand in `reason`. An empty `new_value`: the tag is to go. Without a licence
 * each row is marked and has no link into JOSM (D9). `decision` and `note` are for the reviewer (decisions-csv.ts).
 */
export const changesCsv: ProposalForm = {
  file: "changes.csv",
  needsLicence: false,
  *text(proposals, context) {
    yield csvHeader(CHANGES_COLUMNS);
    let rows: CsvRow[] = [];
    for (const proposal of proposals) {
      for (const row of rowsOf(proposal, context)) rows.push(row);
      if (rows.length < ROWS_AT_ONCE) continue;
      yield csvRows(rows, CHANGES_COLUMNS);
      rows = [];
    }
    if (rows.length > 0) yield csvRows(rows, CHANGES_COLUMNS);
  },
};

function rowsOf(proposal: Proposal, context: ProposalContext): CsvRow[] {
  const words = proposalWords(proposal, context.about.licensed);
  const ofProposal = proposalCells(proposal, context);
  const rows =
    proposal.tags.length === 0
      ? [{ ...ofProposal, reason: sentence(words) }]
      : proposal.tags.map((tag) => Object.assign({}, ofProposal, tagCells(tag, words)));
  for (const [index, point] of proposal.chargePoints.entries())
    rows.push(
      ...chargePointRows(point, chargePointCells(proposal, point, index, ofProposal, context), words),
    );
  return rows;
}

function proposalCells(proposal: Proposal, { about, newIds }: ProposalContext): CsvRow {
  const { id, change, location, target, match, source } = proposal;
  const place = { lat: formatDegrees(location.lat), lon: formatDegrees(location.lon) };
  const newId = newIds.get(id);
  return {
    proposal: id,
    change,
    osm_type: target?.type ?? (change === "create" ? "node" : ""),
    osm_id: `${target?.id ?? newId ?? ""}`,
    osm_version: `${target?.version ?? ""}`,
    country_code: location.country_code ?? "",
    party_id: location.party_id ?? "",
    location_id: location.id,
    ...place,
    distance_m: match === undefined ? "" : metresText(match.distance),
    match: match?.method ?? (change === "create" ? "" : proposal.reason),
    source_file: source?.file ?? "",
    osm_url: target === undefined ? placeUrl(place) : elementUrl(target),
    josm_url: about.licensed ? josmUrl(proposal) : "",
  };
}

function josmUrl(proposal: Proposal): string {
  const { location, target, candidates } = proposal;
  if (!isLoadable(proposal)) {
    const names =
      target === undefined ? candidates.flatMap(({ osm }) => osm.split(";")) : [elementName(target)];
    const standing = candidates.flatMap(({ lat, lon }) =>
      lat === undefined || lon === undefined ? [] : [{ lat, lon }],
    );
    return loadAndZoomUrl(target ?? location, names, target === undefined ? standing : []);
  }
  const written = proposal.tags.flatMap(({ key, new: value }) =>
    value === undefined ? [] : [{ key, value }],
  );
  return target === undefined
    ? addNodeUrl({ lat: formatDegrees(location.lat), lon: formatDegrees(location.lon), tags: written })
    : loadObjectUrl(target, written);
}

function tagCells(tag: TagProposal, words: readonly string[]): CsvRow {
  return {
    class: tag.class,
    key: tag.key,
    old_value: tag.old ?? "",
    base_value: tag.base ?? "",
    new_value: tag.new ?? "",
    rule: tag.rule,
    reason: sentence([...words, ...tagWords(tag)]),
    ...sourceCells(tag.sources),
  };
}

function chargePointCells(
  { id }: Proposal,
  point: TaggedChargePoint,
  index: number,
  ofStation: CsvRow,
  { about, newIds }: ProposalContext,
): CsvRow {
  const stationId = newIds.get(id);
  return {
    ...ofStation,
    proposal: `${id}/cp${index + 1}`,
    osm_id: stationId === undefined ? "" : `${stationId - 1 - index}`,
    lat: point.lat,
    lon: point.lon,
    osm_url: placeUrl(point),
    josm_url: about.licensed ? addNodeUrl(point) : "",
  };
}

function chargePointRows({ tags }: TaggedChargePoint, ofPoint: CsvRow, words: readonly string[]): CsvRow[] {
  return tags.map(({ key, value, rule }) => ({
    ...ofPoint,
    class: tagClass(key),
    key,
    new_value: value,
    rule,
    reason: sentence([...words, ruleReason(rule)]),
  }));
}

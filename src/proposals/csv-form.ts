/** `--format csv`: one row a tag, for review in a spreadsheet. */
import { tagClass } from "../tagging/tag-class.js";
import type { TaggedPoint } from "../tagging/tagged-point.js";
import { legalText } from "../osm/xml-text.js";
import { type CsvRow, csvHeader, csvRows } from "./csv-columns.js";
import { jsonLine } from "./json-line.js";
import {
  COMPARE_ONLY,
  type EmittedLocation,
  type OutputAbout,
  type OutputForm,
  type TagSource,
} from "./output-form.js";
import { createProposalId } from "./proposal-id.js";
import { ruleReason } from "./rule-reasons.js";

/**
 * Every tag as a proposal to create. `proposal` is made of the Location's identity, so it is the same in every run:
 * `create/LT*IGN*42`, charge points `create/LT*IGN*42/cp1` and so on.
 */
export const csvForm: OutputForm = {
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
  emitted: EmittedLocation,
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
    osm_url: `https://www.openstreetmap.org/?mlat=${point.lat}&mlon=${point.lon}#map=19/${point.lat}/${point.lon}`,
    josm_url: about.licensed ? josmUrl(point) : "",
  };
  return point.tags.map(({ key, value, rule }) => {
    const sources = emitted.sourcesOf(point, key);
    return {
      ...ofPoint,
      class: tagClass(key),
      key,
      new_value: value,
      rule,
      reason: about.licensed ? ruleReason(rule) : `${COMPARE_ONLY}; ${ruleReason(rule)}`,
      source_pointer: sources.map(({ pointer }) => pointer).join(" "),
      source_value: sourceValue(sources),
    };
  });
}

/**
 * One text as it is, anything else as JSON; several values as a JSON array, in the order of the pointers. A whole
 * record (`amenity` comes from no field of it) is not repeated in a cell.
 */
function sourceValue(sources: readonly TagSource[]): string {
  const [first] = sources;
  if (first?.value === undefined || first.pointer === "") return "";
  if (sources.length > 1) return jsonLine(sources.map(({ value }) => value));
  return typeof first.value === "string" ? first.value : jsonLine(first.value);
}

/**
 * JOSM's remote control command that adds the point. It separates tags by `|` and key from value by `=` without any
 * way to escape them, so tags that such a character would tear apart are left for the mapper to type.
 */
function josmUrl({ lat, lon, tags }: TaggedPoint): string {
  const addtags = tags
    .filter(({ key, value }) => !/[=|]/.test(key) && !value.includes("|"))
    .map(({ key, value }) => legalText(`${key}=${value}`));
  return `http://127.0.0.1:8111/add_node?lon=${lon}&lat=${lat}&addtags=${encodeURIComponent(addtags.join("|"))}`;
}

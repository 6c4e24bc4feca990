/** changes.geojson: a Feature a proposal, to see them on a map (RFC 7946). */
import type { Proposal, TagProposal } from "../merging/proposal.js";
import { NOTE_MEANINGS } from "../ocpi/notes.js";
import { jsonLine } from "./json-line.js";
import { withheldOf } from "./loadable-edits.js";
import { elementUrl, placeUrl } from "./osm-urls.js";
import { COMPARE_ONLY } from "./output-form.js";
import type { ProposalForm } from "./proposal-form.js";
import { formatDegrees } from "../ocpi/coordinates.js";
import { matchWords, metresText, proposalWords, scoreText, sentence, tagWords } from "./reason-words.js";
import { inBatches } from "./text-batches.js";

/**
 * One FeatureCollection, a Feature a line, each a Point: where OSM has the object, else where the feed has the
 * station. Properties are plain texts and numbers, as tables of QGIS and geojson.io show them; what has no value is
 * left out. Foreign members of the collection: `generator`, `licence`, and `compare_only` without a licence (D9).
 */
export const changesGeojson: ProposalForm = {
  file: "changes.geojson",
  needsLicence: false,
  *text(proposals, { about: { generator, licence, licensed } }) {
    const compareOnly = licensed ? {} : { compare_only: COMPARE_ONLY };
    const members = jsonLine({ type: "FeatureCollection", generator, licence, ...compareOnly });
    yield `${members.slice(0, -1)},"features":[`;
    let separator = "\n";
    yield* inBatches(proposals, (proposal) => {
      const text = `${separator}${jsonLine(feature(proposal, licensed))}`;
      separator = ",\n";
      return text;
    });
    yield "\n]}\n";
  },
};

function feature(proposal: Proposal, licensed: boolean): object {
  const { lat, lon } = proposal.target ?? proposal.location;
  return {
    type: "Feature",
    id: proposal.id,
    geometry: { type: "Point", coordinates: [Number(formatDegrees(lon)), Number(formatDegrees(lat))] },
    properties: properties(proposal, licensed),
  };
}

function properties(
  proposal: Proposal,
  licensed: boolean,
): Readonly<Record<string, string | number | undefined>> {
  const { id, change, location, target, match, candidates, chargePoints, tags, notes } = proposal;
  const place = { lat: formatDegrees(location.lat), lon: formatDegrees(location.lon) };
  return {
    proposal: id,
    change,
    reason: sentence(proposalWords(proposal, licensed)) || undefined,
    withheld: withheldOf(proposal),
    tags: lines(tags.map(tagText)),
    charge_points: chargePoints.length === 0 ? undefined : chargePoints.length,
    osm: target && `${target.type}/${target.id}`,
    osm_version: target?.version,
    osm_url: target === undefined ? placeUrl(place) : elementUrl(target),
    match: match?.method,
    score: match && Number(scoreText(match.score)),
    distance_m: match && Number(metresText(match.distance)),
    candidates: lines(candidates.map(matchWords)),
    country: location.country,
    operator: location.operator,
    location: location.key,
    last_updated: location.lastUpdated,
    notes: lines(notes.map(({ code, detail }) => `${NOTE_MEANINGS[code].meaning}: ${detail}`)),
  };
}

/** `capacity: 2 → 4 (OSM has …)`. */
function tagText(tag: TagProposal): string {
  const { key, old, new: value } = tag;
  const change = [old, value].map((text) => text ?? "(none)").join(" → ");
  return `${key}: ${change} (${sentence(tagWords(tag))})`;
}

function lines(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join("\n");
}

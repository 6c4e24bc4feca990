/** maproulette.ndjson: the edits as tasks of a cooperative challenge of MapRoulette (D6), only with a licence (D9). */
import type { Proposal } from "../merging/proposal.js";
import { PROPOSAL_REASONS } from "../merging/reasons.js";
import { formatDegrees } from "../ocpi/coordinates.js";
import { elementName } from "../osm/osm-object.js";
import { changesOsc } from "./changes-osc.js";
import { jsonLine } from "./json-line.js";
import { isLoadable } from "./loadable-edits.js";
import { instructionText } from "./maproulette-instruction.js";
import { elementUrl, placeUrl } from "./osm-urls.js";
import { LICENCE_NEEDED, type ProposalContext, type ProposalForm } from "./proposal-form.js";
import { proposalWords, sentence, tagWords } from "./reason-words.js";
import { inBatches } from "./text-batches.js";

/**
 * Begins each line (RFC 7464): by it MapRoulette knows a file of one task, too, for one that is read line by line;
 * of any other it ignores the change files.
 */
const RECORD_SEPARATOR = "\u001e";

/**
 * A task a line: a FeatureCollection of one point with the change file in base64. What changes one element is one task,
 * since each upload makes a new version of it. Only edits: a challenge is of one kind, and what has to be decided first
 * is decided where the decision is kept (D5).
 *
 * MapRoulette takes instructions from the challenge, not from tasks: there stands `{{instruction}}`, which is the
 * property of that name. The id of a Feature stays the same in every run, so that a challenge can be rebuilt.
 */
export const maproulette: ProposalForm = {
  file: "maproulette.ndjson",
  needsLicence: true,
  *text(proposals, context) {
    if (!context.about.licensed) throw new Error(LICENCE_NEEDED);
    yield* inBatches(
      tasksOf(proposals),
      (task) => `${RECORD_SEPARATOR}${jsonLine(taskJson(task, context))}\n`,
    );
  },
};

/** In the order of their first proposals. */
function tasksOf(proposals: readonly Proposal[]): Iterable<readonly Proposal[]> {
  const tasks = new Map<string, Proposal[]>();
  for (const proposal of proposals) {
    if (!isLoadable(proposal)) continue;
    const name = proposal.target === undefined ? proposal.id : elementName(proposal.target);
    const known = tasks.get(name);
    if (known === undefined) tasks.set(name, [proposal]);
    else known.push(proposal);
  }
  return tasks.values();
}

function taskJson(task: readonly Proposal[], context: ProposalContext): object {
  const change = [...changesOsc.text(task, context)].join("");
  return {
    type: "FeatureCollection",
    features: task.slice(0, 1).map((first) => feature(first, task, context)),
    cooperativeWork: {
      meta: { version: 2, type: 2 },
      file: {
        type: "xml",
        format: "osc",
        encoding: "base64",
        content: Buffer.from(change, "utf8").toString("base64"),
      },
    },
  };
}

function feature(first: Proposal, task: readonly Proposal[], { about }: ProposalContext): object {
  const { lat, lon } = first.target ?? first.location;
  return {
    type: "Feature",
    // No element's id to MapRoulette, which has one begin with a type or a digit.
    id: first.id,
    geometry: { type: "Point", coordinates: [Number(formatDegrees(lon)), Number(formatDegrees(lat))] },
    properties: { ...properties(first, task), instruction: instructionText(task, about) },
  };
}

/** Plain texts. `@id` is what MapRoulette and editors select; a new node has none. */
function properties(
  first: Proposal,
  task: readonly Proposal[],
): Readonly<Record<string, string | undefined>> {
  const { location, target } = first;
  const place = { lat: formatDegrees(location.lat), lon: formatDegrees(location.lon) };
  const tags = task.flatMap((proposal) => proposal.tags);
  const line = (key: string, value: string | undefined): string =>
    value === undefined ? `${key} goes` : `${key}=${value}`;
  const old = tags.flatMap(({ key, old }) => (old === undefined ? [] : [`${key}=${old}`]));
  return {
    ...(target && { "@id": `${target.type}/${target.id}` }),
    proposal: task.map(({ id }) => id).join(" "),
    change: [...new Set(task.map(({ change }) => change))].join(" "),
    ...(old.length > 0 && { tags_old: old.join("\n") }),
    tags_new: tags.map(({ key, new: value }) => line(key, value)).join("\n"),
    reason: sentence(task.flatMap(reasonWords)),
    location_id: location.id,
    ...(location.operator !== undefined && { station_operator: location.operator }),
    ...(location.lastUpdated !== undefined && { last_updated: location.lastUpdated }),
    osm_url: target === undefined ? placeUrl(place) : elementUrl(target),
    ...(target && { osm_history_url: `${elementUrl(target)}/history` }),
  };
}

/** Of a new station one reason is enough: all its tags have the same. */
function reasonWords(proposal: Proposal): readonly string[] {
  if (proposal.target === undefined) return [PROPOSAL_REASONS[proposal.reason].meaning];
  return [...proposalWords(proposal, true), ...proposal.tags.flatMap(tagWords)];
}

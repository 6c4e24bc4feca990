/** Where a reviewer can look at a proposal outside this page. */
import { formatDegrees } from "../ocpi/coordinates.js";
import type { ElementType } from "../osm/osm-object.js";
import { addNodeUrl, loadAndZoomUrl, loadObjectUrl } from "../proposals/josm-urls.js";
import { elementUrl, placeUrl } from "../proposals/osm-urls.js";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { EDITS } from "../merging/proposal.js";
import type { Verdict } from "./standing.js";

const TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["n", "node"],
  ["w", "way"],
  ["r", "relation"],
]);

/** The page of an element by its name (`n123`); undefined: OSM's database does not have it. */
export function namedElementUrl(name: string): string | undefined {
  const type = TYPES.get(name.slice(0, 1));
  const id = Number(name.slice(1));
  return type === undefined || !Number.isSafeInteger(id) || id <= 0 ? undefined : elementUrl({ type, id });
}

/** The target's page, else the feed's place on the map. */
export function osmUrl({ target, location }: ProposalLine): string {
  if (target !== undefined && target.id > 0) return elementUrl(target);
  return placeUrl({ lat: formatDegrees(location.lat), lon: formatDegrees(location.lon) });
}

/** The target's history; undefined: there is no target in OSM's database. */
export function historyUrl({ target }: ProposalLine): string | undefined {
  return target !== undefined && target.id > 0 ? `${elementUrl(target)}/history` : undefined;
}

export interface JosmCommand {
  readonly url: string;
  /** Keys of tags that remote control cannot carry, or cannot take away: for the mapper to do by hand. */
  readonly byHand: readonly string[];
}

/**
 * What JOSM is sent. `verdictOf`: what was decided about a tag. The tags of an edit go with it unless they were
 * rejected or put off; of all else only what was accepted. Only with a licence (D9): the caller asks for none without.
 */
export function josmCommand(
  line: ProposalLine,
  verdictOf: (key: string) => Verdict | undefined,
): JosmCommand {
  const meant = sentTags(line, verdictOf);
  const tags = meant.flatMap(({ key, new: value }) => (value === null ? [] : [{ key, value }]));
  const byHand = meant.filter(({ key, new: value }) => value === null || isTornApart(key, value));
  const { target, location } = line;
  const names = byHand.map(({ key }) => key);
  if (target !== undefined && target.id > 0) return { url: loadObjectUrl(target, tags), byHand: names };
  if (line.change === "create") {
    const place = { lat: formatDegrees(location.lat), lon: formatDegrees(location.lon) };
    return { url: addNodeUrl({ ...place, tags }), byHand: names };
  }
  const near = line.candidates.flatMap(({ osm }) => osm.split(";"));
  const standing = line.candidates.flatMap(({ lat, lon }) =>
    lat === undefined || lon === undefined ? [] : [{ lat, lon }],
  );
  return { url: loadAndZoomUrl(location, near, standing), byHand: [] };
}

/** `KEY=VALUE`, a tag a line: what JOSM takes from the clipboard. The same tags as are sent. */
export function tagBlock(line: ProposalLine, verdictOf: (key: string) => Verdict | undefined): string {
  return sentTags(line, verdictOf)
    .flatMap(({ key, new: value }) => (value === null ? [] : [`${key}=${value}`]))
    .join("\n");
}

function sentTags(line: ProposalLine, verdictOf: (key: string) => Verdict | undefined): ProposalLine["tags"] {
  const isEdit = EDITS.has(line.change);
  return line.tags.filter(({ key }) => {
    const verdict = verdictOf(key);
    return verdict === "accept" || (isEdit && verdict === undefined);
  });
}

/** As `josm-urls.ts` leaves them out. */
function isTornApart(key: string, value: string): boolean {
  return /[=|]/.test(key) || value.includes("|");
}

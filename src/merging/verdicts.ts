/** Rows of matches.csv (D6): what became of a Location. */
import type { Scored } from "../matching/match.js";
import type { LocationVerdict, Verdict, VerdictReason } from "./comparison.js";
import type { LocationCase } from "./location-case.js";
import { type Site, type Sites, siteName } from "./sites.js";

/** The verdict of a Location that has its stations. */
export function siteVerdict(
  location: LocationVerdictIdentity,
  site: Site,
  sites: Sites,
  verdict: Verdict,
  reason?: VerdictReason,
): LocationVerdict {
  const { method, score, distance } = site;
  const runnerUp = site.runnerUp && sites.scored(site.runnerUp);
  const { key, country_code, party_id, id } = location;
  return {
    key,
    country_code,
    party_id,
    id,
    verdict,
    method,
    osm: siteName(site),
    score,
    distance,
    runnerUp: runnerUp?.osm,
    runnerUpScore: runnerUp?.score,
    reason,
  };
}

/** The verdict of a Location without stations: the best candidates it has, or the nearest station that is not it. */
export function openVerdict(
  { location, match }: LocationCase,
  sites: Sites,
  verdict: Verdict,
  reason?: VerdictReason,
): LocationVerdict {
  const [best, next] = match.verdict === "review" ? match.candidates : [undefined, nearestOf(match)];
  const first = best && sites.scored(best);
  const second = next && sites.scored(next);
  const { key, country_code, party_id, id } = location;
  return {
    key,
    country_code,
    party_id,
    id,
    verdict,
    method: undefined,
    osm: first?.osm,
    score: first?.score,
    distance: first?.distance,
    runnerUp: second?.osm,
    runnerUpScore: second?.score,
    reason,
  };
}

function nearestOf(match: LocationCase["match"]): Scored | undefined {
  return match.verdict === "new" ? match.nearest?.scored : undefined;
}

type LocationVerdictIdentity = Pick<LocationVerdict, "key" | "country_code" | "party_id" | "id">;

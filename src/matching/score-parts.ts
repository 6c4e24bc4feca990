/** A comparison in words for a mapper: the parts of the score, strongest first (D2.5). */
import { elementName } from "../osm/osm-object.js";
import { type Comparison, distanceValue, evseValue, socketValue } from "./comparison.js";
import type { EvidencePart } from "./evidence-parts.js";
import type { Scored } from "./match.js";
import type { Candidate, Problem } from "./problem.js";
import { WEIGHTS } from "./scores.js";
import { profileText } from "./socket-profile.js";

/** The candidate as it is reported: `station` is a place in the list that was given. */
export function scoredOf(problem: Problem, location: number, candidate: Candidate): Scored {
  const parts = partsOf(problem, location, candidate);
  const sum = parts.reduce((total, { value }) => total + value, 0);
  return {
    station: problem.stations[candidate.station]?.given ?? -1,
    score: Math.min(1, Math.max(0, rounded(sum))),
    parts,
    distance: Math.round(candidate.comparison.distance * 10) / 10,
  };
}

function partsOf(problem: Problem, location: number, { station, comparison }: Candidate): EvidencePart[] {
  const ours = problem.locations[location];
  const theirs = problem.stations[station];
  if (ours === undefined || theirs === undefined) return [];
  const parts: EvidencePart[] = [];
  const add = (name: EvidencePart["name"], value: number, detail: string): void => {
    parts.push(problem.parts.one(name, rounded(value), detail));
  };
  const { evidence } = theirs;
  if (comparison.hasRef) {
    add("ref", WEIGHTS.ref, sharedRefText(ours.evidence, evidence));
  } else if (evidence.refs.length > 0) {
    add("ref", 0, `ref:ocpi:location:id is ${evidence.refs.join(";")} in OSM, ${ours.value.id} in the feed`);
  }
  if (comparison.sharedEvses > 0) {
    const { sharedEvses: shared, possibleEvses: possible } = comparison;
    add("evse", evseValue(shared, possible), `ref:EU:EVSE: ${shared} of ${possible} shared`);
  } else if (comparison.conflicts) {
    add("evse", WEIGHTS.evseConflict, `ref:EU:EVSE: ids of one operator, none shared`);
  }
  if (problem.memory.accepted.get(ours.value.key)?.has(elementName(theirs.value.object)) === true) {
    add("decision", WEIGHTS.decision, "accepted before");
  }
  addLikelihood(problem, location, station, comparison, add);
  return parts.sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

function addLikelihood(
  problem: Problem,
  location: number,
  station: number,
  comparison: Comparison,
  add: (name: EvidencePart["name"], value: number, detail: string) => void,
): void {
  const ours = problem.locations[location]?.evidence;
  const theirs = problem.stations[station]?.evidence;
  if (ours === undefined || theirs === undefined) return;
  const { agreement, distance, capacity } = comparison;
  if (agreement !== "unknown") {
    const named = problem.terms.operators.compare(ours.operator, theirs.operator);
    const isByName = named.agreement === agreement;
    const byCode = `operator code in ids ${agreement === "differs" ? "differs" : "agrees"}`;
    const detail = isByName
      ? named.detail
      : agreement === "disputed"
        ? `${named.detail}, yet ${byCode}`
        : byCode;
    add("operator", WEIGHTS.operator[agreement], detail);
  }
  if (comparison.likeness !== undefined) {
    const detail = `feed ${profileText(ours.sockets)}; OSM ${profileText(theirs.sockets)}`;
    add("sockets", socketValue(comparison), detail);
  }
  if (capacity !== undefined) {
    add("capacity", WEIGHTS.capacity[capacity], `feed ${ours.capacity}, OSM ${theirs.capacity}`);
  }
  add("distance", distanceValue(distance), `${Math.round(distance)} m`);
}

function sharedRefText(
  ours: { readonly refs: readonly string[]; readonly globalRefs: readonly string[] },
  theirs: { readonly refs: readonly string[]; readonly globalRefs: readonly string[] },
): string {
  const ref = ours.refs.find((id) => theirs.refs.includes(id));
  if (ref !== undefined) return `ref:ocpi:location:id ${ref}`;
  return `${ours.globalRefs.find((id) => theirs.globalRefs.includes(id)) ?? ""} among OSM's ids`;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

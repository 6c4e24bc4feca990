/** What the tests of this room share: stations, Locations, and a world where proposals are carried out. */
import type { LocationMatch, MatchMethod } from "../matching/match.js";
import type { Station } from "../matching/station.js";
import { type ChargingForm, chargingForm } from "../osm/charging-form.js";
import type { OsmObject } from "../osm/osm-object.js";
import type { TaggedLocation } from "../tagging/tagged-location.js";
import type { Comparison, ComparisonInput } from "./comparison.js";
import { type Decision, DecisionBook } from "./decisions.js";
import type { Proposal } from "./proposal.js";
import { proposeChanges } from "./propose-changes.js";

export type Tags = Readonly<Record<string, string>>;

export const VILNIUS = { lat: 54.6872, lon: 25.2797 } as const;

export function tagList(tags: Tags): { key: string; value: string }[] {
  return Object.entries(tags)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function tagsOf(object: Pick<OsmObject, "tags">): Record<string, string> {
  return Object.fromEntries(object.tags.map(({ key, value }) => [key, value]));
}

export function anObject(tags: Tags, fields: Partial<OsmObject> = {}): OsmObject {
  return {
    type: "node",
    id: 1,
    version: 3,
    ...VILNIUS,
    tags: tagList(tags),
    nodes: [],
    members: [],
    outlines: [],
    ...fields,
  };
}

/** A station in use unless its tags say otherwise; `amenity` need not be among them. */
export function aStation(
  tags: Tags,
  fields: Partial<OsmObject> = {},
  chargePoints: OsmObject[] = [],
): Station {
  const form = chargingForm(tagList(tags)) ?? IN_USE;
  const object = anObject(form === IN_USE ? { amenity: "charging_station", ...tags } : tags, fields);
  return { object, form, chargePoints };
}

const IN_USE: ChargingForm = { kind: "station", lifecycle: "" };

/** A Location in Vilnius; `amenity` need not be among the tags. */
export function aTagged(tags: Tags, fields: Partial<TaggedLocation> = {}): TaggedLocation {
  const { id = "LOC1" } = fields;
  return {
    key: `LT*ABC*${id}`,
    country_code: "LT",
    party_id: "ABC",
    id,
    ...VILNIUS,
    tags: tagList({ amenity: "charging_station", ...tags }).map(({ key, value }) => ({
      key,
      value,
      rule: "T0",
    })),
    evseIds: [],
    country: "LT",
    notes: [],
    chargePoints: [],
    removed: false,
    source: { file: "feed.json", record: 0 },
    ...fields,
  };
}

export function matchedWith(stations: readonly number[], fields: Partial<MatchedFields> = {}): LocationMatch {
  const { method = "ref", distance = 5, sharedWith = [] } = fields;
  const [station = 0] = stations;
  return {
    verdict: "matched",
    method,
    stations,
    best: { station, score: 0.9, parts: [], distance },
    sharedWith,
  };
}

interface MatchedFields {
  readonly method: MatchMethod;
  readonly distance: number;
  readonly sharedWith: readonly number[];
}

export const NEW: LocationMatch = { verdict: "new" };

/** An input of one run; what is not given is empty. */
export function aComparison(fields: Partial<ComparisonInput>): ComparisonInput {
  return {
    locations: [],
    matches: [],
    stations: [],
    state: [],
    decisions: new DecisionBook([]),
    ...fields,
  };
}

/** The object after its proposals were uploaded: tags written, version counted on. */
export function carriedOut(object: OsmObject, proposals: readonly Proposal[]): OsmObject {
  const tags = tagsOf(object);
  let edited = false;
  for (const proposal of proposals) {
    if (proposal.target?.type !== object.type || proposal.target.id !== object.id) continue;
    for (const { key, new: value } of proposal.tags) {
      edited = true;
      if (value === undefined) delete tags[key];
      else tags[key] = value;
    }
  }
  return edited ? { ...object, tags: tagList(tags), version: (object.version ?? 0) + 1 } : object;
}

export const TAGS = {
  capacity: "2",
  operator: "Ignitis",
  "ref:ocpi:location:id": "LOC1",
  "socket:type2": "2",
};
/** The Location most tests are about. */
export const location = aTagged(TAGS);

/** One run. */
export function propose(fields: Partial<ComparisonInput>): Comparison {
  return proposeChanges(aComparison(fields));
}

/** `modify/LT*ABC*LOC1: capacity`. */
export function told({ proposals }: Comparison): string[] {
  return proposals.map(({ id, tags }) => `${id}: ${tags.map(({ key }) => key).join(" ")}`);
}

export function verdictOf({ verdicts }: Comparison): string {
  return verdicts.map(({ verdict, reason }) => `${verdict} ${reason ?? ""}`.trim()).join(", ");
}

export function decided(...decisions: Decision[]): DecisionBook {
  return new DecisionBook(decisions);
}

/** What a state has of that Location. */
export function entry(fields: Partial<Comparison["nextState"][number]>): Comparison["nextState"][number] {
  return { key: location.key, id: location.id, ...VILNIUS, base: {}, ...fields };
}

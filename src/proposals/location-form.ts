/** How Locations go from the threads that tag them to the comparison with OSM: one line a Location. */
import { countryAt } from "../ocpi/country.js";
import { positionOf } from "../ocpi/coordinates.js";
import { canonicalEvseId } from "../ocpi/evse-id.js";
import type { TaggingLocation } from "../ocpi/location.js";
import type { Reason } from "../tagging/eligibility.js";
import type { Tag } from "../tagging/tagged-point.js";
import type { TaggedChargePoint, TaggedLocation } from "../tagging/tagged-location.js";
import { cleanText, isReadable } from "../tagging/text-hygiene.js";
import type { TaggingForm } from "./output-form.js";
import { proposalKey } from "./proposal-id.js";

/**
 * Emitted Locations, those whose every EVSE is REMOVED (T1.3: their stations may have to be closed), and of the other
 * refused ones the ids and the reason: they are in the feed, so they have not vanished (D4).
 */
export const locationForm: TaggingForm = {
  name: "locations",
  reads: "tagging",
  separator: "",
  head: async () => "",
  record({ sourceFile, recordIndex, location, station, chargePoints, evses, country, notes }) {
    const lat = Number(station.lat);
    const lon = Number(station.lon);
    const tagged: TaggedLocation = {
      ...identity(location),
      lat,
      lon,
      tags: station.tags,
      evseIds: evseIds(evses.map(({ evse }) => evse.evse_id)),
      operator: operatorName(location),
      country: country ?? countryAt(lat, lon),
      lastUpdated: location.last_updated,
      notes: notes.map(({ code, detail }) => ({ code, detail })),
      chargePoints: chargePoints.map(({ lat, lon, tags }) => ({ lat, lon, tags })),
      removed: false,
      source: { file: sourceFile, record: recordIndex },
    };
    return lineOf(tagged);
  },
  refused({ sourceFile, recordIndex, location, reason }) {
    if (location.id === undefined || location.id === "") return "";
    const position = positionOf(location.coordinates);
    if (reason !== "removed" || typeof position === "string") {
      const refused: RefusedLine = { refused: identity(location), reason };
      return `${JSON.stringify(refused)}\n`;
    }
    const { lat, lon } = position;
    const removed: TaggedLocation = {
      ...identity(location),
      lat,
      lon,
      tags: [],
      evseIds: evseIds((location.evses ?? []).map(({ evse_id }) => evse_id)),
      operator: operatorName(location),
      country: countryAt(lat, lon),
      lastUpdated: location.last_updated,
      notes: [],
      chargePoints: [],
      removed: true,
      source: { file: sourceFile, record: recordIndex },
    };
    return lineOf(removed);
  },
  tail: async () => "",
};

type LocationIdentity = Pick<TaggedLocation, "key" | "country_code" | "party_id" | "id">;

/** A Location that is in the feed but not to be mapped (T1). */
export interface RefusedLine {
  readonly refused: LocationIdentity;
  readonly reason: Reason;
}

/** A line of the form read back. */
export type LocationLine = TaggedLocation | RefusedLine;

/** A Location without its tags, which stand in a list of their own: key, value, rule, key, value, rule, … */
type PackedLocation = Omit<TaggedLocation, "tags" | "chargePoints"> & {
  readonly t: readonly string[];
  readonly p: ReadonlyArray<Omit<TaggedChargePoint, "tags"> & { readonly t: readonly string[] }>;
};

/** Half the work of the obvious JSON, at both ends: a feed has a million tags. */
function lineOf({ tags, chargePoints, ...rest }: TaggedLocation): string {
  const points = chargePoints.map(({ lat, lon, tags }) => ({ lat, lon, t: packed(tags) }));
  const line: PackedLocation = { ...rest, t: packed(tags), p: points };
  return `${JSON.stringify(line)}\n`;
}

function packed(tags: readonly Tag[]): string[] {
  const texts: string[] = [];
  for (const { key, value, rule } of tags) texts.push(key, value, rule);
  return texts;
}

/** A line that `locationForm` wrote, without its line break. */
export function parseLocationLine(line: string): LocationLine {
  const parsed: PackedLocation | RefusedLine = JSON.parse(line);
  if ("refused" in parsed) return parsed;
  const { t, p, ...rest } = parsed;
  const { notes, operator, source, country, lastUpdated } = rest;
  return {
    key: rest.key,
    country_code: text(rest.country_code),
    party_id: text(rest.party_id),
    id: rest.id,
    lat: rest.lat,
    lon: rest.lon,
    tags: unpacked(t),
    evseIds: rest.evseIds,
    operator: text(operator),
    country: text(country),
    lastUpdated: text(lastUpdated),
    notes: notes.length === 0 ? NOTHING : notes,
    chargePoints: p.length === 0 ? NOTHING : p.map(({ lat, lon, t }) => ({ lat, lon, tags: unpacked(t) })),
    removed: rest.removed,
    source: { file: text(source.file) ?? "", record: source.record },
  };
}

const NOTHING: readonly never[] = [];
const keptTexts = new Map<string, string>();

/** Operators, countries and files come again, too. */
function text(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const known = keptTexts.get(given);
  if (known !== undefined || keptTexts.size >= MOST_KEPT) return known ?? given;
  keptTexts.set(given, given);
  return given;
}

function unpacked(texts: readonly string[]): Tag[] {
  const tags: Tag[] = [];
  for (let i = 0; i < texts.length; i += 3) {
    tags.push(shared(texts[i] ?? "", texts[i + 1] ?? "", texts[i + 2] ?? ""));
  }
  return tags;
}

/** Most tags come again in other Locations: each is kept once, so that a large feed fits in memory. */
const kept = new Map<string, Map<string, Tag>>();
/** More are names and ids, which do not come again. */
const MOST_KEPT = 200_000;
let count = 0;

function shared(key: string, value: string, rule: string): Tag {
  const values = kept.get(key);
  const known = values?.get(value);
  if (known !== undefined && known.rule === rule) return known;
  const tag: Tag = { key, value, rule };
  if (known !== undefined || count >= MOST_KEPT) return tag;
  count += 1;
  if (values === undefined) kept.set(key, new Map([[value, tag]]));
  else values.set(value, tag);
  return tag;
}

function identity(location: TaggingLocation): LocationIdentity {
  const { country_code, party_id, id = "" } = location;
  return { key: proposalKey(location), country_code, party_id, id };
}

/** A name of which a part is lost names nobody (T7): compared with the whole one it would speak against a match. */
function operatorName({ operator }: TaggingLocation): string | undefined {
  const name = cleanText(operator?.name ?? "");
  return name === "" || !isReadable(name) ? undefined : name;
}

function evseIds(ids: ReadonlyArray<string | undefined>): string[] {
  const canonical = ids.map((id) => (id === undefined ? undefined : canonicalEvseId(id)));
  return [...new Set(canonical.filter((id) => id !== undefined))].sort();
}

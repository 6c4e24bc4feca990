/** How Locations go from the threads that tag them to the comparison with OSM: one line a Location. */
import { countryAt } from "../ocpi/country.js";
import { positionOf } from "../ocpi/coordinates.js";
import { canonicalEvseId } from "../ocpi/evse-id.js";
import type { Location } from "../ocpi/location.js";
import type { Reason } from "../tagging/eligibility.js";
import type { Tag } from "../tagging/tagged-point.js";
import type { TaggedChargePoint, TaggedLocation } from "../tagging/tagged-location.js";
import { cleanText } from "../tagging/text-hygiene.js";
import { jsonLine } from "./json-line.js";
import type { OutputForm } from "./output-form.js";
import { proposalKey } from "./proposal-id.js";

/**
 * Emitted Locations, those whose every EVSE is REMOVED (T1.3: their stations may have to be closed), and of the other
 * refused ones the ids and the reason: they are in the feed, so they have not vanished (D4).
 */
export const locationForm: OutputForm = {
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
    return `${jsonLine(tagged)}\n`;
  },
  refused({ sourceFile, recordIndex, location, reason }) {
    if (location.id === undefined || location.id === "") return "";
    const position = positionOf(location.coordinates);
    if (reason !== "removed" || typeof position === "string") {
      const refused: RefusedLine = { refused: identity(location), reason };
      return `${jsonLine(refused)}\n`;
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
    return `${jsonLine(removed)}\n`;
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

/** A line that `locationForm` wrote, without its line break. */
export function parseLocationLine(line: string): LocationLine {
  const parsed: LocationLine = JSON.parse(line);
  if ("refused" in parsed) return parsed;
  return { ...parsed, tags: parsed.tags.map(shared), chargePoints: parsed.chargePoints.map(sharedPoint) };
}

function sharedPoint(point: TaggedChargePoint): TaggedChargePoint {
  return { ...point, tags: point.tags.map(shared) };
}

/** Most tags come again in other Locations: each is kept once, so that a large feed fits in memory. */
const kept = new Map<string, Map<string, Tag>>();
/** More are names and ids, which do not come again. */
const MOST_KEPT = 200_000;
let count = 0;

function shared(tag: Tag): Tag {
  const values = kept.get(tag.key);
  const known = values?.get(tag.value);
  if (known !== undefined && known.rule === tag.rule) return known;
  if (known !== undefined || count >= MOST_KEPT) return tag;
  count += 1;
  if (values === undefined) kept.set(tag.key, new Map([[tag.value, tag]]));
  else values.set(tag.value, tag);
  return tag;
}

function identity(location: Location): LocationIdentity {
  const { country_code, party_id, id = "" } = location;
  return { key: proposalKey(location), country_code, party_id, id };
}

function operatorName({ operator }: Location): string | undefined {
  const name = cleanText(operator?.name ?? "");
  return name === "" ? undefined : name;
}

function evseIds(ids: ReadonlyArray<string | undefined>): string[] {
  const canonical = ids.map((id) => (id === undefined ? undefined : canonicalEvseId(id)));
  return [...new Set(canonical.filter((id) => id !== undefined))].sort();
}

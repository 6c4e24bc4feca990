/**
 * The short way from a location of HERE's to a canonical one at depth `tagging`, for records that take no liberties:
 * v3's keys, or those expected of a tile, values of the types v3 says, indexes that lead to parts. It gives exactly what
 * `RecordMaker`, the guard and `readHereLocation` give, in a fraction of the time; anything odd is declined and goes
 * the long way. Property tests hold the two equal.
 */
import type { BusinessDetails, Location } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import { type DecodeText, asIs } from "./dialect.js";
import { contentIdOf } from "./here-content-id.js";
import { plainEvse } from "./hmc-locations-plain-evses.js";
import { plainHours } from "./hmc-locations-plain-hours.js";
import { PLAIN_KEYS, allHarmless } from "./hmc-locations-plain-keys.js";
import { plainParking } from "./hmc-locations-plain-parking.js";
import { type Json, PlainValues } from "./hmc-locations-plain-values.js";
import { PLAIN_WORDS } from "./hmc-locations-plain-words.js";
import { partyOf } from "./here-v3-location.js";
import { asBusinessDetails, asText, asTexts, unlessEmpty } from "./here-v3-values.js";
import type { Tile } from "./hmc-locations-tile.js";

/** A location that could be read the short way. */
export interface PlainLocation {
  readonly location: Location;
  /** As it is stated. */
  readonly cpoLocationId: string | undefined;
}

/** A company of the tile's. */
interface Business {
  readonly isPlain: boolean;
  readonly details: BusinessDetails | undefined;
  readonly party: readonly (string | undefined)[];
}

/** Further on, indexes that do not ascend are not compared with all before. */
const MAX_UNORDERED = 100;

const NO_BUSINESS: Business = { isPlain: false, details: undefined, party: [] };

/** A list of shared parts, and which companies those that were read are, by index. */
interface Pool {
  readonly parts: readonly unknown[];
  readonly businesses: Map<number, Business>;
}

const INDEX_STEMS = {
  operator: "operator",
  suboperator: "suboperator",
  owner: "owner",
  evses: "evses",
  eMobilityServiceProviders: "emobilityserviceproviders",
} as const;
type Indexed = keyof typeof INDEX_STEMS;

/** Reads the locations of one tile, whose companies it reads once, or one that stands alone. */
export class PlainReader {
  readonly decode: DecodeText;
  readonly tile: Tile | undefined;
  readonly #values: PlainValues;
  readonly #pools = new Map<Indexed, Pool>();

  constructor(decode: DecodeText, tile: Tile | undefined) {
    this.decode = decode;
    this.tile = tile;
    this.#values = new PlainValues(decode);
  }

  /**
   * The location, or `undefined` when it has to be read the long way: what was put into `notes` does not count then.
   * Nothing of `value` is changed, and parts of the answer may be shared between locations.
   */
  read(value: Json, notes: Note[]): PlainLocation | undefined {
    const values = this.#values;
    values.declined = !allHarmless(value, PLAIN_KEYS.location);
    if (values.declined) return undefined;
    const id = values.text(values.either(value["identifier"], value["id"]));
    const operator = this.#one("operator", value["operator"], value["operatorIndex"]);
    // Where an index of 0 may have been left out, a note tells of it.
    if (operator === undefined && this.tile?.saysNoZero === true && this.#hasParts("operator"))
      return undefined;
    const evses = this.#evses(value["evses"], value["evsesIndex"]);
    this.#unread(value);
    const restrictions = values.words(PLAIN_WORDS.restrictions, value["restrictions"]) ?? [];
    if (values.declined) return undefined;
    const { places, ofEvse } = plainParking(values, value, evses, notes);
    const address = values.record(value["address"], PLAIN_KEYS.address);
    const location: Location = {
      country_code: operator?.party[0],
      party_id: operator?.party[1],
      id: id === undefined ? undefined : asText(contentIdOf(id), asIs),
      name: values.text(value["name"]),
      country: values.text(address?.["countryCode"]),
      coordinates: values.position(values.either(value["geometry"], value["location"])),
      parking_type: values.word(PLAIN_WORDS.parkingType, value["parkingType"]),
      evses: evses.map((evse, index) => plainEvse(values, evse, restrictions, ofEvse[index])),
      parking_places: unlessEmpty(places),
      operator: operator?.details,
      opening_times: plainHours(values, value["openingHours"]),
    };
    const cpoLocationId = values.text(value["cpoLocationId"]);
    return values.declined ? undefined : { location, cpoLocationId };
  }

  /** What no tagging rule reads must be of the right shape, or a note would tell of it. */
  #unread(value: Json): void {
    this.#one("suboperator", value["suboperator"], value["suboperatorIndex"]);
    this.#one("owner", value["owner"], value["ownerIndex"]);
    const name = "eMobilityServiceProviders";
    const providers = this.#all(name, value[name], value["eMobilityServiceProvidersIndex"]) ?? [];
    for (const provider of providers) this.#taken(this.#newBusiness(provider));
  }

  #evses(own: unknown, indexes: unknown): readonly Json[] {
    const evses = this.#all("evses", own, indexes);
    const absent = own == null && (evses === undefined || evses.length === 0);
    // Where a tile's only location points at none of its EVSEs, a note tells of it.
    if (absent && this.tile?.locations.length === 1 && this.#hasParts("evses")) this.#values.declined = true;
    return this.#values.records(evses, PLAIN_KEYS.evse);
  }

  /** The company that stands there itself, or that an index points at. */
  #one(field: Indexed, own: unknown, index: unknown): Business | undefined {
    if (index == null) return own == null ? undefined : this.#taken(this.#newBusiness(own));
    if (own != null || typeof index !== "number") return this.#decline();
    const { parts, businesses } = this.#pool(field);
    const known = businesses.get(index);
    if (known !== undefined) return this.#taken(known);
    const business = this.#newBusiness(parts[index]);
    businesses.set(index, business);
    return this.#taken(business);
  }

  #taken(business: Business): Business {
    if (!business.isPlain) this.#values.declined = true;
    return business;
  }

  #newBusiness(value: unknown): Business {
    const values = new PlainValues(this.decode);
    const company = values.record(value, PLAIN_KEYS.business);
    if (company === undefined) return NO_BUSINESS;
    const logo = values.record(company["logo"], PLAIN_KEYS.logo);
    const wire = {
      name: values.rawText(company["name"]),
      website: values.rawText(company["website"]),
      logo: logo && { url: values.rawText(logo["url"]), thumbnailUrl: values.rawText(logo["thumbnailUrl"]) },
    };
    return {
      details: asBusinessDetails(wire, this.decode),
      party: partyOf(asTexts(values.texts(company["eMobilityIds"]), this.decode)),
      isPlain: !values.declined,
    };
  }

  #all(field: Indexed, own: unknown, indexes: unknown): readonly unknown[] | undefined {
    if (own != null && indexes != null) return this.#decline();
    if (own != null) return Array.isArray(own) ? own : this.#decline();
    if (indexes == null) return undefined;
    if (!isNumbers(indexes)) return this.#decline();
    const { parts } = this.#pool(field);
    const found: unknown[] = [];
    let highest = -1;
    for (let nth = 0; nth < indexes.length; nth++) {
      const index = indexes[nth] ?? -1;
      const part = parts[index];
      if (part == null) return this.#decline();
      // A part that is pointed at twice counts once.
      if (index <= highest && (nth > MAX_UNORDERED || indexes.indexOf(index) < nth)) return this.#decline();
      if (index > highest) highest = index;
      found.push(part);
    }
    return found;
  }

  #pool(field: Indexed): Pool {
    let pool = this.#pools.get(field);
    if (pool === undefined) {
      const parts = this.tile?.pool(INDEX_STEMS[field], field)?.parts ?? [];
      this.#pools.set(field, (pool = { parts, businesses: new Map() }));
    }
    return pool;
  }

  #hasParts(field: Indexed): boolean {
    return this.#pool(field).parts.length > 0;
  }

  #decline(): undefined {
    this.#values.declined = true;
  }
}

function isNumbers(value: unknown): value is readonly number[] {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== "number") return false;
  return true;
}

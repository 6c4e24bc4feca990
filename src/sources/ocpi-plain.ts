/**
 * The short way through the OCPI reader, for records that take no liberties: every field the tagging rules read is of
 * the type OCPI says, or absent, under OCPI's own name. It gives exactly what the schema of `ocpi.ts` gives, in a fifth
 * of the time; anything odd is declined and goes the long way. A property test holds the two equal.
 */
import { foldEnum } from "../ocpi/enums.js";
import type { FullTaggingLocation } from "../ocpi/location.js";
import type { DecodeText } from "./dialect.js";
import { type FieldNames, TAGGED_FIELDS, ocpiNameOf } from "./field-names.js";
import { isRecord } from "./json-value.js";

type Json = Readonly<Record<string, unknown>>;
type Evse = FullTaggingLocation["evses"][number];
type Connector = Evse["connectors"][number];
type Hours = NonNullable<FullTaggingLocation["opening_times"]>;
type GeoLocation = NonNullable<FullTaggingLocation["coordinates"]>;
type Parking = NonNullable<FullTaggingLocation["parking_places"]>[number];

const EVSE_FIELDS = fieldsBelow(TAGGED_FIELDS, "evses");
const CONNECTOR_FIELDS = fieldsBelow(EVSE_FIELDS, "connectors");
const GEO_FIELDS = fieldsBelow(TAGGED_FIELDS, "coordinates");
const OPERATOR_FIELDS = fieldsBelow(TAGGED_FIELDS, "operator");
const HOURS_FIELDS = fieldsBelow(TAGGED_FIELDS, "opening_times");
const PERIOD_FIELDS = fieldsBelow(HOURS_FIELDS, "regular_hours");

function fieldsBelow(names: FieldNames, name: string): FieldNames {
  const below = names.fields.get(name);
  if (below === undefined || below === null) throw new Error(`${name} has no fields`);
  return below;
}

/** The Location at depth `tagging`, or `undefined` when it has to be read the long way. */
export function readPlainLocation(value: Json, decode: DecodeText): FullTaggingLocation | undefined {
  const reader = new PlainReader(decode);
  const location = reader.location(value);
  return reader.declined ? undefined : location;
}

class PlainReader {
  declined = false;
  readonly #decode: DecodeText;

  constructor(decode: DecodeText) {
    this.#decode = decode;
  }

  location(value: Json): FullTaggingLocation {
    this.#refuseOtherNames(value, TAGGED_FIELDS);
    const operator = this.#object(value["operator"], OPERATOR_FIELDS);
    return {
      country_code: this.#text(value["country_code"]),
      party_id: this.#text(value["party_id"]),
      id: this.#text(value["id"]),
      publish: this.#flag(value["publish"]),
      name: this.#text(value["name"]),
      country: this.#text(value["country"]),
      coordinates: this.#geoLocation(value["coordinates"]),
      parking_type: this.#code(value["parking_type"]),
      parking_places: this.#parkingPlaces(value["parking_places"]),
      last_updated: this.#text(value["last_updated"]),
      evses: this.#objects(value["evses"], EVSE_FIELDS).map((evse) => this.#evse(evse)),
      opening_times: this.#hours(value["opening_times"]),
      operator: operator === undefined ? undefined : { name: this.#text(operator["name"]) },
    };
  }

  #evse(value: Json): Evse {
    // Parking is rare and has many fields: the long way reads it.
    if ((value["parking"] ?? undefined) !== undefined) this.declined = true;
    return {
      uid: this.#text(value["uid"]),
      evse_id: this.#text(value["evse_id"]),
      status: this.#code(value["status"]),
      capabilities: this.#codes(value["capabilities"]),
      floor_level: this.#text(value["floor_level"]),
      coordinates: this.#geoLocation(value["coordinates"]),
      physical_reference: this.#text(value["physical_reference"]),
      parking_restrictions: this.#codes(value["parking_restrictions"]),
      parking: undefined,
      connectors: this.#objects(value["connectors"], CONNECTOR_FIELDS).map((connector) =>
        this.#connector(connector),
      ),
    };
  }

  #connector(value: Json): Connector {
    return {
      standard: this.#code(value["standard"]),
      format: this.#code(value["format"]),
      power_type: this.#code(value["power_type"]),
      max_voltage: this.#number(value["max_voltage"]),
      max_amperage: this.#number(value["max_amperage"]),
      max_electric_power: this.#number(value["max_electric_power"]),
    };
  }

  #geoLocation(value: unknown): GeoLocation | undefined {
    const geo = this.#object(value, GEO_FIELDS);
    if (geo === undefined) return undefined;
    return { latitude: this.#text(geo["latitude"]), longitude: this.#text(geo["longitude"]) };
  }

  #hours(value: unknown): Hours | undefined {
    const hours = this.#object(value, HOURS_FIELDS);
    if (hours === undefined) return undefined;
    const periods = hours["regular_hours"] ?? undefined;
    return {
      twentyfourseven: this.#flag(hours["twentyfourseven"]),
      regular_hours:
        periods === undefined
          ? undefined
          : this.#objects(periods, PERIOD_FIELDS).map((period) => this.#period(period)),
    };
  }

  #period(period: Json): NonNullable<Hours["regular_hours"]>[number] {
    return {
      weekday: this.#number(period["weekday"]),
      period_begin: this.#text(period["period_begin"]),
      period_end: this.#text(period["period_end"]),
    };
  }

  #parkingPlaces(value: unknown): Parking[] | undefined {
    if ((value ?? undefined) === undefined) return undefined;
    if (!Array.isArray(value) || value.length > 0) this.declined = true;
    return [];
  }

  #text(value: unknown): string | undefined {
    if (typeof value === "string") return this.#decode(value).trim() || undefined;
    if ((value ?? undefined) !== undefined) this.declined = true;
    return undefined;
  }

  #code(value: unknown): string | undefined {
    if (typeof value === "string") return foldEnum(this.#decode(value)) || undefined;
    if ((value ?? undefined) !== undefined) this.declined = true;
    return undefined;
  }

  #codes(value: unknown): string[] | undefined {
    if ((value ?? undefined) === undefined) return undefined;
    const codes: string[] = [];
    if (!Array.isArray(value)) this.declined = true;
    else {
      for (const item of value) {
        const code = this.#code(item);
        if (code !== undefined) codes.push(code);
      }
    }
    return codes;
  }

  #number(value: unknown): number | undefined {
    if (typeof value === "number" && Number.isFinite(value)) return value;
    if ((value ?? undefined) !== undefined) this.declined = true;
    return undefined;
  }

  #flag(value: unknown): boolean | undefined {
    if (typeof value === "boolean") return value;
    if ((value ?? undefined) !== undefined) this.declined = true;
    return undefined;
  }

  #object(value: unknown, names: FieldNames): Json | undefined {
    if (!isRecord(value)) {
      if ((value ?? undefined) !== undefined) this.declined = true;
      return undefined;
    }
    this.#refuseOtherNames(value, names);
    return value;
  }

  #objects(value: unknown, names: FieldNames): readonly Json[] {
    if ((value ?? undefined) === undefined) return [];
    if (!Array.isArray(value) || !value.every(isRecord)) {
      this.declined = true;
      return [];
    }
    for (const item of value) this.#refuseOtherNames(item, names);
    return value;
  }

  /** A field under another name (`evseId`, `voltage`) counts where OCPI's own is absent: the long way knows when. */
  #refuseOtherNames(value: Json, names: FieldNames): void {
    for (const key in value) {
      if (!names.fields.has(key) && ocpiNameOf(key, names) !== undefined) this.declined = true;
    }
  }
}

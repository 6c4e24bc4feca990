/**
 * The canonical record: an OCPI 2.3.0 Location with OCPI's own field names.
 *
 * Every dialect in `sources/` translates into it; everything after reads it. Values are cleaned of what feeds do to
 * them (numbers where text belongs, nulls, odd spellings of enums): a field is either absent or of the type written
 * here. Enumerations are open (OCPI OpenEnum): spelt as `foldEnum` spells them, but any text is legal.
 *
 * The shape is written once, over leaves: the plain leaves make `locationSchema`, the OCPI reader's forgiving leaves
 * make the schema it reads feeds with.
 *
 * Units: watts, volts, amperes; centimetres and kilograms; minutes; degrees as decimal text.
 */
import { z } from "zod";

/** How each kind of value is checked, and how a list or an object of them is. */
export interface Leaves {
  readonly text: z.ZodType<string | undefined>;
  /** A value of an enumeration, in the spelling of `foldEnum`. */
  readonly code: z.ZodType<string | undefined>;
  readonly number: z.ZodType<number | undefined>;
  readonly flag: z.ZodType<boolean | undefined>;
  readonly texts: z.ZodType<string[] | undefined>;
  readonly codes: z.ZodType<string[] | undefined>;
  /** A list that may be absent. */
  list<T>(item: z.ZodType<T>): z.ZodType<T[] | undefined>;
  /** A list that is empty where the feed has none. */
  fullList<T>(item: z.ZodType<T>): z.ZodType<T[]>;
  /** An object that may be absent. */
  maybe<T>(schema: z.ZodType<T>): z.ZodType<T | undefined>;
}

/** All of OCPI's fields, or only those that the tagging rules read. */
export type Depth = "whole" | "tagging";

/** The schema of a Location over these leaves. */
export function locationSchemaOver(leaf: Leaves) {
  const { text, code, number, flag, texts, codes, list, fullList, maybe } = leaf;

  const geoLocation = z.object({ latitude: text, longitude: text });
  const displayText = z.object({ language: text, text });
  const image = z.object({
    url: text,
    thumbnail: text,
    category: code,
    type: text,
    width: number,
    height: number,
  });
  const businessDetails = z.object({ name: text, website: text, logo: maybe(image) });

  const taggedConnector = z.object({
    standard: code,
    format: code,
    power_type: code,
    /** Volts; line to neutral for AC_3_PHASE. 2.1.1's `voltage` is read into it. */
    max_voltage: number,
    /** Amperes. 2.1.1's `amperage` is read into it. */
    max_amperage: number,
    /** Watts, as stated by the feed (some feeds mean kilowatts: rule T4.1). */
    max_electric_power: number,
  });
  const connector = taggedConnector.extend({
    id: text,
    tariff_ids: texts,
    terms_and_conditions: text,
    capabilities: codes,
    last_updated: text,
  });

  const taggedEvse = z.object({
    uid: text,
    evse_id: text,
    status: code,
    capabilities: codes,
    floor_level: text,
    coordinates: maybe(geoLocation),
    physical_reference: text,
    parking_restrictions: codes,
    parking: list(z.object({ parking_id: text, evse_position: code })),
  });
  const evse = taggedEvse.extend({
    connectors: fullList(connector),
    status_schedule: list(z.object({ period_begin: text, period_end: text, status: code })),
    directions: list(displayText),
    images: list(image),
    accepted_service_providers: texts,
    last_updated: text,
  });

  /** 2.3.0 Parking object. Centimetres, kilograms, minutes. */
  const parking = z.object({
    id: text,
    physical_reference: text,
    vehicle_types: codes,
    max_vehicle_weight: number,
    max_vehicle_height: number,
    max_vehicle_length: number,
    max_vehicle_width: number,
    parking_space_length: number,
    parking_space_width: number,
    dangerous_goods_allowed: flag,
    direction: code,
    drive_through: flag,
    restricted_to_type: flag,
    reservation_required: flag,
    time_limit: number,
    roofed: flag,
    images: list(image),
    lighting: flag,
    refrigeration_outlet: flag,
    standards: texts,
    apds_reference: text,
  });

  const taggedHours = z.object({
    twentyfourseven: flag,
    /** weekday: 1 = Monday … 7 = Sunday. */
    regular_hours: list(z.object({ weekday: number, period_begin: text, period_end: text })),
  });
  const exceptionalPeriods = list(z.object({ period_begin: text, period_end: text }));
  const hours = taggedHours.extend({
    exceptional_openings: exceptionalPeriods,
    exceptional_closings: exceptionalPeriods,
  });

  const taggedLocation = z.object({
    country_code: text,
    party_id: text,
    id: text,
    /** Absent (2.1.1 has no such field) means published. */
    publish: flag,
    name: text,
    country: text,
    coordinates: maybe(geoLocation),
    parking_type: code,
    parking_places: list(parking),
    last_updated: text,
  });
  const whole = taggedLocation.extend({
    evses: fullList(evse),
    opening_times: maybe(hours),
    operator: maybe(businessDetails),
    suboperator: maybe(businessDetails),
    owner: maybe(businessDetails),
    publish_allowed_to: list(
      z.object({ uid: text, type: code, visual_number: text, issuer: text, group_id: text }),
    ),
    address: text,
    city: text,
    postal_code: text,
    state: text,
    related_locations: list(z.object({ latitude: text, longitude: text, name: maybe(displayText) })),
    directions: list(displayText),
    facilities: codes,
    time_zone: text,
    charging_when_closed: flag,
    images: list(image),
    energy_mix: maybe(
      z.object({
        is_green_energy: flag,
        energy_sources: list(z.object({ source: code, percentage: number })),
        environ_impact: list(z.object({ category: code, amount: number })),
        supplier_name: text,
        energy_product_name: text,
      }),
    ),
    help_phone: text,
  });
  const tagging = taggedLocation.extend({
    evses: fullList(taggedEvse.extend({ connectors: fullList(taggedConnector) })),
    opening_times: maybe(taggedHours),
    operator: maybe(z.object({ name: text })),
  });
  return { whole, tagging };
}

const text = z.string().optional();
const texts = z.array(z.string()).optional();

const plain = locationSchemaOver({
  text,
  code: text,
  number: z.number().optional(),
  flag: z.boolean().optional(),
  texts,
  codes: texts,
  list: (item) => z.array(item).optional(),
  fullList: (item) => z.array(item),
  maybe: (schema) => schema.optional(),
});

/** A canonical Location with nothing to mend. */
export const locationSchema = plain.whole;

/** The part of it that the tagging rules read. */
export const taggedLocationSchema = plain.tagging;

/** The type `T` with every key that may be absent optional: what `JSON.parse` of a sparse record fits. */
type Sparse<T> =
  T extends ReadonlyArray<infer Item>
    ? Array<Sparse<Item>>
    : T extends object
      ? { [K in keyof T as undefined extends T[K] ? never : K]: Sparse<T[K]> } & {
          [K in keyof T as undefined extends T[K] ? K : never]?: Sparse<T[K]>;
        }
      : T;

export type Location = Sparse<z.infer<typeof locationSchema>>;
export type Evse = Location["evses"][number];
export type Connector = Evse["connectors"][number];
export type Parking = NonNullable<Location["parking_places"]>[number];
export type Hours = NonNullable<Location["opening_times"]>;
export type GeoLocation = NonNullable<Location["coordinates"]>;
export type BusinessDetails = NonNullable<Location["operator"]>;

/**
 * What is read of a Location at depth `tagging`. The tagging rules take this type, so that the compiler refuses a rule
 * over a field that most outputs never read. A whole Location is one, too.
 */
export type TaggingLocation = Sparse<z.infer<typeof taggedLocationSchema>>;
export type TaggingEvse = TaggingLocation["evses"][number];
export type TaggingConnector = TaggingEvse["connectors"][number];
export type TaggingHours = NonNullable<TaggingLocation["opening_times"]>;
export type TaggingParking = NonNullable<TaggingLocation["parking_places"]>[number];

/** The same with every key there, `undefined` where a record has none: what a reader returns that must forget no field. */
export type FullTaggingLocation = z.infer<typeof taggedLocationSchema>;

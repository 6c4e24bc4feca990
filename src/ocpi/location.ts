/**
 * The canonical record: an OCPI 2.3.0 Location with OCPI's own field names.
 *
 * Every dialect in `sources/` translates into it; everything after reads it. Values are cleaned of what
 * feeds do to them (numbers where text belongs, nulls, odd spellings of enums): a field is either absent or
 * of the type written here. Enumerations are open (OCPI OpenEnum): spelt as `foldEnum` spells them, but any text is legal.
 *
 * Units: watts, volts, amperes; centimetres and kilograms; minutes; degrees as decimal text.
 */
import { z } from "zod";

const text = z.string();
const texts = z.array(z.string());

/** Degrees as decimal text, as OCPI writes them (`"51.047599"`). Not yet checked for range: that is rule T1.2. */
export const geoLocationSchema = z.object({ latitude: text.optional(), longitude: text.optional() });

const displayText = z.object({ language: text.optional(), text: text.optional() });

const image = z.object({
  url: text.optional(),
  thumbnail: text.optional(),
  category: text.optional(),
  type: text.optional(),
  width: z.number().optional(),
  height: z.number().optional(),
});

const businessDetails = z.object({ name: text.optional(), website: text.optional(), logo: image.optional() });

export const connectorSchema = z.object({
  id: text.optional(),
  standard: text.optional(),
  format: text.optional(),
  power_type: text.optional(),
  /** Volts; line to neutral for AC_3_PHASE. 2.1.1's `voltage` is read into it. */
  max_voltage: z.number().optional(),
  /** Amperes. 2.1.1's `amperage` is read into it. */
  max_amperage: z.number().optional(),
  /** Watts, as stated by the feed (some feeds mean kilowatts: rule T4.1). */
  max_electric_power: z.number().optional(),
  tariff_ids: texts.optional(),
  terms_and_conditions: text.optional(),
  capabilities: texts.optional(),
  last_updated: text.optional(),
});

const evseParking = z.object({ parking_id: text.optional(), evse_position: text.optional() });

const statusSchedule = z.object({
  period_begin: text.optional(),
  period_end: text.optional(),
  status: text.optional(),
});

export const evseSchema = z.object({
  uid: text.optional(),
  evse_id: text.optional(),
  status: text.optional(),
  status_schedule: z.array(statusSchedule).optional(),
  capabilities: texts.optional(),
  connectors: z.array(connectorSchema),
  floor_level: text.optional(),
  coordinates: geoLocationSchema.optional(),
  physical_reference: text.optional(),
  directions: z.array(displayText).optional(),
  parking_restrictions: texts.optional(),
  parking: z.array(evseParking).optional(),
  images: z.array(image).optional(),
  accepted_service_providers: texts.optional(),
  last_updated: text.optional(),
});

/** 2.3.0 Parking object. Centimetres, kilograms, minutes. */
export const parkingSchema = z.object({
  id: text.optional(),
  physical_reference: text.optional(),
  vehicle_types: texts.optional(),
  max_vehicle_weight: z.number().optional(),
  max_vehicle_height: z.number().optional(),
  max_vehicle_length: z.number().optional(),
  max_vehicle_width: z.number().optional(),
  parking_space_length: z.number().optional(),
  parking_space_width: z.number().optional(),
  dangerous_goods_allowed: z.boolean().optional(),
  direction: text.optional(),
  drive_through: z.boolean().optional(),
  restricted_to_type: z.boolean().optional(),
  reservation_required: z.boolean().optional(),
  time_limit: z.number().optional(),
  roofed: z.boolean().optional(),
  images: z.array(image).optional(),
  lighting: z.boolean().optional(),
  refrigeration_outlet: z.boolean().optional(),
  standards: texts.optional(),
  apds_reference: text.optional(),
});

const regularHours = z.object({
  /** 1 = Monday … 7 = Sunday. */
  weekday: z.number().optional(),
  period_begin: text.optional(),
  period_end: text.optional(),
});

const exceptionalPeriod = z.object({ period_begin: text.optional(), period_end: text.optional() });

export const hoursSchema = z.object({
  twentyfourseven: z.boolean().optional(),
  regular_hours: z.array(regularHours).optional(),
  exceptional_openings: z.array(exceptionalPeriod).optional(),
  exceptional_closings: z.array(exceptionalPeriod).optional(),
});

const energyMix = z.object({
  is_green_energy: z.boolean().optional(),
  energy_sources: z
    .array(z.object({ source: text.optional(), percentage: z.number().optional() }))
    .optional(),
  environ_impact: z.array(z.object({ category: text.optional(), amount: z.number().optional() })).optional(),
  supplier_name: text.optional(),
  energy_product_name: text.optional(),
});

const relatedLocation = z.object({
  latitude: text.optional(),
  longitude: text.optional(),
  name: displayText.optional(),
});

const publishTokenType = z.object({
  uid: text.optional(),
  type: text.optional(),
  visual_number: text.optional(),
  issuer: text.optional(),
  group_id: text.optional(),
});

export const locationSchema = z.object({
  country_code: text.optional(),
  party_id: text.optional(),
  id: text.optional(),
  /** Absent (2.1.1 has no such field) means published. */
  publish: z.boolean().optional(),
  publish_allowed_to: z.array(publishTokenType).optional(),
  name: text.optional(),
  address: text.optional(),
  city: text.optional(),
  postal_code: text.optional(),
  state: text.optional(),
  country: text.optional(),
  coordinates: geoLocationSchema.optional(),
  related_locations: z.array(relatedLocation).optional(),
  parking_type: text.optional(),
  evses: z.array(evseSchema),
  parking_places: z.array(parkingSchema).optional(),
  directions: z.array(displayText).optional(),
  operator: businessDetails.optional(),
  suboperator: businessDetails.optional(),
  owner: businessDetails.optional(),
  facilities: texts.optional(),
  time_zone: text.optional(),
  opening_times: hoursSchema.optional(),
  charging_when_closed: z.boolean().optional(),
  images: z.array(image).optional(),
  energy_mix: energyMix.optional(),
  help_phone: text.optional(),
  last_updated: text.optional(),
});

export type GeoLocation = z.infer<typeof geoLocationSchema>;
export type Connector = z.infer<typeof connectorSchema>;
export type Evse = z.infer<typeof evseSchema>;
export type Parking = z.infer<typeof parkingSchema>;
export type Hours = z.infer<typeof hoursSchema>;
export type BusinessDetails = z.infer<typeof businessDetails>;
export type Location = z.infer<typeof locationSchema>;

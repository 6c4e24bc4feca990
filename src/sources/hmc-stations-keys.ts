/** The keys that the layer is known to have, as seen in real tiles, and which keys of a tile are none of them. */
import type { RecordDocument, UnusualKey } from "./dialect.js";
import type { FieldNames } from "./field-names.js";
import { SPELLINGS } from "./hmc-stations-tables.js";
import { isRecord } from "./json-value.js";
import { foldedKey } from "./proto-json.js";
import { unusualKeys } from "./unusual-keys.js";

/** A field that holds objects, or lists of them, has fields of its own. */
interface Fields {
  readonly [name: string]: Fields | null;
}

const REFERENCE: Fields = { identifier: null, partitionName: null };
const POSITION: Fields = { latitude: null, longitude: null };
const LOCALISED: Fields = { language: null, value: null };

const PLACE: Fields = {
  identifier: null,
  locationRef: REFERENCE,
  name: {
    nameType: null,
    text: LOCALISED,
    primary: null,
    representation: { representation: LOCALISED, representationType: null, preferred: null },
  },
  category: REFERENCE,
};

const LOCATION: Fields = {
  identifier: null,
  addressRelation: null,
  segmentAnchorSide: null,
  locationType: null,
  addressIndex: null,
  displayPosition: POSITION,
  geometry: { point: POSITION },
  segmentAnchor: {
    attributeOrientation: null,
    lastSegmentEndOffset: null,
    firstSegmentStartOffset: null,
    orientedSegmentRef: { segmentRef: REFERENCE, attribute: null },
  },
};

const ADDRESS: Fields = {
  countryCode: { officialCountryCode: null },
  postalCode: { text: LOCALISED },
};

/** Without `placeIndex`, which all of them have. */
const ATTRIBUTES: Fields = {
  portAttribute: {
    connectorType: null,
    connectorTypeId: null,
    numberOfPorts: null,
    groundTruthPortCount: null,
    fixedCable: null,
    customerConnectorNames: null,
  },
  electricChargeAttribute: { totalNumberOfPorts: null, price: null },
  operatingTime: {
    operatingTime: {
      daysOfWeek: { dayOfWeek: null },
      timeRange: { startTimeOfDay: null, endTimeOfDay: null },
    },
  },
  payment: { paymentType: null, typeQualifier: null },
  placeAccessAttribute: {},
  contactInformation: {
    contactInfo: { type: null, value: null, countryCode: null, additionalData: { key: null, value: null } },
  },
  externalIdentifier: { externalIdentifier: null, type: null },
  matchLevelAttribute: { matchLevel: null },
  mediaReferenceAttribute: { mediaReference: { id: null, type: null, url: null } },
  verificationAttribute: {
    verification: { system: null, method: null, endDate: null, verified: null, type: null, status: null },
  },
  qualityScore: {
    realityConfidence: null,
    realityQualityLevel: null,
    openConfidence: null,
    openQualityLevel: null,
    placeConfidence: null,
    placeQualityLevel: null,
    addressConfidence: null,
    addressQualityLevel: null,
    nameConfidence: null,
    nameQualityLevel: null,
    phoneConfidence: null,
    phoneQualityLevel: null,
    overallConfidence: null,
    modelVersion: null,
  },
};

const SUPPLIER: Fields = { identifier: null, name: { text: LOCALISED } };

const POOLS: Fields = {
  location: LOCATION,
  address: ADDRESS,
  supplier: SUPPLIER,
  ...Object.fromEntries(
    Object.entries(ATTRIBUTES).map(([list, fields]) => [list, Object.assign({ placeIndex: null }, fields)]),
  ),
};

const TILE = namesOf({ partitionName: null, place: PLACE, ...POOLS });
const LONE_PLACE = namesOf(PLACE);
const JOINED: Fields = { place: PLACE, ...POOLS };
const PROPERTIES = namesOf(JOINED);
const FEATURE = namesOf({
  type: null,
  id: null,
  bbox: null,
  geometry: { type: null, coordinates: null },
  properties: JOINED,
});

function namesOf(fields: Fields): FieldNames {
  const spellings = new Map<string, string>();
  for (const name of Object.keys(fields)) {
    for (const spelling of SPELLINGS.get(name) ?? []) spellings.set(spelling, name);
  }
  for (const name of Object.keys(fields)) spellings.set(foldedKey(name), name);
  return {
    fields: new Map(Object.entries(fields).map(([name, below]) => [name, below && namesOf(below)])),
    spellings,
  };
}

/** As `Dialect.unusualKeys`: those of a whole tile come with its first record. */
export function hmcStationsUnusualKeys(value: unknown, document?: RecordDocument): UnusualKey[] {
  if (document !== undefined) return document.index === 0 ? keysOf(document.value, TILE) : [];
  if (!isRecord(value)) return [];
  if (isRecord(value["properties"])) return keysOf(value, FEATURE);
  return keysOf(value, isRecord(value["location"]) ? PROPERTIES : LONE_PLACE);
}

function keysOf(value: unknown, names: FieldNames): UnusualKey[] {
  return unusualKeys(value, names, (key, { spellings }) => spellings.get(foldedKey(key)));
}

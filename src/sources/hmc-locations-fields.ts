/**
 * The keys of a decoded tile of `electric-vehicle-charging-locations`, as data. Only `geometry`, `latitude`, `longitude`
 * and the `…Index` keys are public; the rest is inferred from v3, which is the same product. A real tile that spells a
 * field otherwise is settled by a word in one of these rows. Names on the left are v3's.
 */
import { ENUM_VALUES } from "../ocpi/enums.js";
import {
  CAPABILITY_WORDS,
  CONDITION_WORDS,
  DAYS,
  ENERGY_WORDS,
  FACILITY_WORDS,
  PAYMENT_WORDS,
  PLUG_PAYMENT_WORDS,
  RESTRICTION_WORDS,
  VEHICLE_WORDS,
} from "./here-v3-tables.js";
import { type FieldKind, type FieldRows, type FieldTable, fieldTable } from "./hmc-locations-field-table.js";
import { protoEnum } from "./proto-json-enum.js";

const DAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const HERE = "here ev evse evcp charging charge connector location";

/** The words each enumeration has, and the words that the name of its type may be made of. */
export const ENUMS = {
  standard: protoEnum(`${HERE} standard type plug`, ENUM_VALUES.ConnectorType),
  format: protoEnum(`${HERE} format type`, ENUM_VALUES.ConnectorFormat),
  powerType: protoEnum(`${HERE} power type current feed`, ENUM_VALUES.PowerType),
  status: protoEnum(`${HERE} status state`, [...ENUM_VALUES.Status, "operational", "outOfOrder"]),
  restriction: protoEnum(`${HERE} access restriction restrictions reason type`, RESTRICTION_WORDS.keys()),
  condition: protoEnum(`${HERE} access parking condition conditions restriction restrictions reason type`, [
    ...CONDITION_WORDS.keys(),
    ...RESTRICTION_WORDS.keys(),
    ...ENUM_VALUES.ParkingRestriction,
  ]),
  parkingType: protoEnum(`${HERE} parking type`, ENUM_VALUES.ParkingType),
  vehicle: protoEnum(`${HERE} supported vehicle vehicles category type`, [
    ...VEHICLE_WORDS.keys(),
    ...ENUM_VALUES.VehicleType,
  ]),
  capability: protoEnum(`${HERE} capability capabilities type`, [
    ...CAPABILITY_WORDS.keys(),
    ...ENUM_VALUES.Capability,
  ]),
  payment: protoEnum(`${HERE} payment support supports method type`, [
    ...PAYMENT_WORDS.keys(),
    ...PLUG_PAYMENT_WORDS.keys(),
  ]),
  facility: protoEnum(`${HERE} facility facilities type`, FACILITY_WORDS.keys()),
  energy: protoEnum(`${HERE} energy source environmental impact category type`, ENERGY_WORDS.keys()),
  day: protoEnum("day of week weekday", [...DAYS, ...DAY_NAMES, ...DAY_NAMES.map((day) => day.slice(0, 3))]),
  evsePosition: protoEnum(`${HERE} position type`, ENUM_VALUES.EvsePosition),
  direction: protoEnum(`${HERE} parking direction type`, [...ENUM_VALUES.ParkingDirection, "pullThrough"]),
} as const;

const text: FieldKind = { kind: "text" };
const texts: FieldKind = { kind: "texts" };
const number: FieldKind = { kind: "number" };
const flag: FieldKind = { kind: "flag" };
const time: FieldKind = { kind: "time" };
const unread: FieldKind = { kind: "unread" };
const word = (name: keyof typeof ENUMS): FieldKind => ({ kind: "word", of: ENUMS[name] });
const words = (name: keyof typeof ENUMS): FieldKind => ({ kind: "words", of: ENUMS[name] });
const object = (of: () => FieldTable): FieldKind => ({ kind: "object", of });
const objects = (of: () => FieldTable): FieldKind => ({ kind: "objects", of });

/** One brand's customers only, whatever the plug (T5.3). */
const BRAND_ONLY_ROW: FieldRows[string] = [flag, "| brandOnly isBrandOnly"];
const RESTRICTIONS_ROW: FieldRows[string] = [
  words("condition"),
  "| restrictions restriction accessRestrictions accessRestriction restrictionReason restrictionReasons parkingRestrictions",
];

const POSITION_ROWS: FieldRows = {
  lat: [number, "latitude lat"],
  lng: [number, "longitude lng | lon long"],
  /** GeoJSON's. */
  point: [unread, "coordinates type"],
  altitude: [unread, "altitude | z elevation"],
};
const BARE_POSITION = fieldTable(POSITION_ROWS);

/** Degrees; `inner` is a position in a wrapper. */
export const POSITION = fieldTable({
  ...POSITION_ROWS,
  inner: [
    { kind: "position", of: () => BARE_POSITION },
    "| position point geometry location displayPosition",
  ],
});

export const LOGO = fieldTable({
  url: [text, "url | href"],
  thumbnailUrl: [text, "thumbnailUrl | thumbnail"],
});

/** An operator, a suboperator, an owner, a service provider. */
export const BUSINESS = fieldTable({
  name: [text, "name | names displayName companyName"],
  website: [text, "website | url homepage websiteUrl"],
  eMobilityIds: [texts, "eMobilityIds | eMobilityId emi3Ids"],
  logo: [object(() => LOGO), "logo"],
  partnerId: [unread, "partnerId"],
});

export const ADDRESS = fieldTable(
  {
    label: [text, "label | freeform formatted", "whole"],
    street: [text, "street | streetName road", "whole"],
    houseNumber: [text, "houseNumber | streetNumber", "whole"],
    city: [text, "city | cityName locality", "whole"],
    state: [text, "state | stateName region", "whole"],
    postalCode: [text, "postalCode | zip zipCode postcode", "whole"],
    countryCode: [text, "countryCode | country isoCountryCode"],
    unread: [unread, "district subdistrict block subblock county languageCode"],
  },
  true,
);

export const LIMITATIONS = fieldTable({
  weight: [number, "weight | maxWeight"],
  height: [number, "height | maxHeight"],
  width: [number, "width | maxWidth"],
  length: [number, "length | maxLength"],
  unread: [unread, "permittedTrailers"],
});

export const PARKING = fieldTable({
  conditions: [words("condition"), "conditions | condition parkingRestrictions restrictions"],
  vehicleTypes: [words("vehicle"), "vehicleTypes | vehicleType"],
  vehicleLimitations: [object(() => LIMITATIONS), "vehicleLimitations | vehicleLimitation"],
  noClearanceHeight: [flag, "noClearanceHeight"],
  evsePosition: [word("evsePosition"), "evsePosition"],
  parkingDirection: [word("direction"), "parkingDirection | direction"],
  reservationRequired: [flag, "reservationRequired"],
});

export const CONNECTOR = fieldTable({
  id: [text, "id | identifier connectorId"],
  standard: [word("standard"), "standard | connectorStandard connectorType plugType type"],
  format: [word("format"), "format | connectorFormat"],
  powerType: [word("powerType"), "powerType | currentType"],
  maxVoltage: [number, "maxVoltage | voltage maxVoltageInVolts"],
  maxCurrent: [number, "maxCurrent | maxAmperage amperage current maxCurrentInAmperes"],
  maxPower: [
    number,
    "maxPower | maxElectricPower power maxPowerLevel maxPowerInWatts maxPowerW maxPowerWatts",
  ],
  termsAndConditionsUrl: [text, "termsAndConditionsUrl | termsAndConditions"],
  restrictions: RESTRICTIONS_ROW,
  brandOnly: BRAND_ONLY_ROW,
  unread: [unread, "tariffIndexes tariffIndex tariffsIndex tariffIds"],
});

export const EVSE = fieldTable({
  uid: [text, "uid | identifier evseUid"],
  evseId: [text, "evseId | emi3Id eMI3Id"],
  status: [word("status"), "status | state"],
  modified: [text, "modified | lastUpdated lastModified"],
  physicalReference: [text, "physicalReference"],
  floorLevel: [text, "floorLevel | floor level"],
  location: [{ kind: "position", of: () => POSITION }, "geometry location | position coordinates point"],
  capabilities: [words("capability"), "capabilities | capability"],
  paymentSupports: [words("payment"), "paymentSupports | paymentSupport paymentMethods payments"],
  parking: [object(() => PARKING), "parking | evseParking"],
  /** Of one EVSE; joined to the conditions of its parking. */
  restrictions: RESTRICTIONS_ROW,
  brandOnly: BRAND_ONLY_ROW,
  connectors: [objects(() => CONNECTOR), "connectors connector"],
  unread: [unread, "id reliability"],
});

export const PERIOD = fieldTable(
  {
    from: [time, "from | startTimeOfDay startTime periodBegin begin start"],
    to: [time, "to | endTimeOfDay endTime periodEnd end"],
  },
  true,
);

const SCHEDULE_ROWS: FieldRows = {
  days: [words("day"), "days | day daysOfWeek dayOfWeek weekday weekdays"],
  periods: [objects(() => PERIOD), "periods | period timeRange timeRanges"],
  from: [time, "| from startTimeOfDay startTime periodBegin begin start"],
  to: [time, "| to endTimeOfDay endTime periodEnd end"],
};
export const SCHEDULE = fieldTable(SCHEDULE_ROWS, true);

/** Also one schedule that stands in place of hours with a list of them. */
export const HOURS = fieldTable(
  {
    ...SCHEDULE_ROWS,
    open24x7: [flag, "open24x7 | twentyfourseven open247 alwaysOpen"],
    chargingWhenClosed: [flag, "chargingWhenClosed", "whole"],
    regularSchedule: [
      objects(() => SCHEDULE),
      "regularSchedule | regularSchedules regularHours operatingTime operatingTimes schedule schedules",
    ],
    unread: [unread, "exceptions"],
  },
  true,
);

const ENERGY_SOURCE = fieldTable({ source: [word("energy"), "source"], percentage: [number, "percentage"] });
const IMPACT = fieldTable({ category: [word("energy"), "category"], amount: [number, "amount"] });
const ENERGY = fieldTable({
  isGreenEnergy: [flag, "isGreenEnergy | greenEnergy"],
  energySources: [objects(() => ENERGY_SOURCE), "energySources | energySource"],
  environmentalImpacts: [objects(() => IMPACT), "environmentalImpacts | environmentalImpact"],
  supplier: [text, "supplier | supplierName"],
  energyProduct: [text, "energyProduct | energyProductName"],
});

export const TRUCKS = fieldTable({
  hazardousGoodsRestricted: [flag, "hazardousGoodsRestricted"],
  unread: [unread, "truckAccess noClearanceHeight trailerParking overnightParking amenities"],
});

/** One element of `chargingLocation[]`. */
export const CHARGING_LOCATION = fieldTable({
  id: [
    text,
    "identifier id | chargingLocationId locationId contentId hereId evcpId chargingLocationIdentifier",
  ],
  location: [
    { kind: "position", of: () => POSITION },
    "geometry location | position coordinates displayPosition geoCoordinates point",
  ],
  name: [text, "name | names displayName"],
  supportedVehicles: [words("vehicle"), "supportedVehicles | supportedVehicle vehicleCategories"],
  operator: [object(() => BUSINESS), "operator | cpo chargePointOperator"],
  suboperator: [object(() => BUSINESS), "suboperator"],
  owner: [object(() => BUSINESS), "owner"],
  eMobilityServiceProviders: [
    objects(() => BUSINESS),
    "eMobilityServiceProviders | eMobilityServiceProvider emsps emsp",
  ],
  restrictions: [
    words("restriction"),
    "restrictions accessRestrictions restrictionReason restrictionReasons | restriction accessRestriction accessRestrictionReason accessRestrictionReasons",
  ],
  brandOnly: BRAND_ONLY_ROW,
  address: [object(() => ADDRESS), "address | addresses"],
  accessPoints: [{ kind: "positions", of: () => POSITION }, "accessPoints | accessPoint", "whole"],
  parkingType: [word("parkingType"), "parkingType"],
  supportPhoneNumber: [text, "supportPhoneNumber | supportPhone helpPhone", "whole"],
  timeZone: [text, "timeZone", "whole"],
  openingHours: [
    { kind: "hours", of: () => HOURS },
    "openingHours | openingTimes operatingTime operatingTimes operatingHours hours",
  ],
  cpoLocationId: [text, "cpoLocationId | ocpiLocationId ocpiId"],
  energyMix: [object(() => ENERGY), "energyMix", "whole"],
  isPullThrough: [flag, "isPullThrough | pullThrough"],
  reservationRequired: [flag, "reservationRequired"],
  evses: [objects(() => EVSE), "evses evse"],
  facilityTypes: [words("facility"), "facilityTypes | facilityType facilities", "whole"],
  truckRestrictions: [object(() => TRUCKS), "truckRestrictions | truckRestriction"],
  vehicleLimitations: [object(() => LIMITATIONS), "vehicleLimitations | vehicleLimitation"],
  unread: [
    unread,
    "nearbyPlaces hasMoreNearbyPlaces tariffs tariffsIndex tariffIndex predictions connectorGroups",
  ],
});

/** The lists of shared parts that a field is not named after (folded), in the order they are tried. */
export const POOLS_OF_FIELDS: Readonly<Record<string, readonly string[]>> = {
  operator: ["businessdetails", "businessdetail", "business", "businesses"],
  suboperator: ["businessdetails", "businessdetail", "business", "businesses"],
  owner: ["businessdetails", "businessdetail", "business", "businesses"],
  eMobilityServiceProviders: ["businessdetails", "businessdetail", "business", "businesses"],
  evses: ["evse", "evses"],
  connectors: ["connector", "connectors"],
};

/** What the elements of a list of shared parts are, by its folded name; lists named after a field are its objects. */
export const POOL_TABLES: ReadonlyMap<string, FieldTable> = new Map(
  Object.entries({
    charginglocation: CHARGING_LOCATION,
    charginglocations: CHARGING_LOCATION,
    businessdetails: BUSINESS,
    businessdetail: BUSINESS,
    business: BUSINESS,
    businesses: BUSINESS,
    evse: EVSE,
    evses: EVSE,
    connector: CONNECTOR,
    connectors: CONNECTOR,
  }),
);

/** Members of a tile that are no lists of parts. */
export const TILE_KEYS: ReadonlySet<string> = new Set(["partitionName", "type"]);

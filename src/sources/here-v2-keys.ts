/** Which keys of a HERE v2 record are not HERE's. The exact shapes are not public: what is not here was never seen. */
import type { UnusualKey } from "./dialect.js";
import type { FieldNames } from "./field-names.js";
import { BRAND_FLAG_KEYS, RESTRICTION_KEYS } from "./here-v3-tables.js";
import { unusualKeys } from "./unusual-keys.js";

/** Keys of an object by name; `null` where nothing below is looked at. */
interface Keys {
  readonly [key: string]: Keys | null;
}

const POSITION: Keys = { latitude: null, longitude: null, lat: null, lng: null, lon: null };
const ID_AND_NAME: Keys = { id: null, name: null };
const CONTACT: Keys = { label: null, value: null };
const HOURS_ENTRY: Keys = {
  daymask: null,
  dayMask: null,
  period: { from: null, to: null },
  periods: { from: null, to: null },
};
const REGULAR: Keys = { ...HOURS_ENTRY, regularOpeningHour: HOURS_ENTRY };
const OPENING: Keys = {
  open24x7: null,
  openingTime: null,
  openingHours: { ...REGULAR, regularOpeningHours: REGULAR, annualOpenings: null },
};
const RESTRICTIONS: Keys = Object.fromEntries(
  [...RESTRICTION_KEYS, ...BRAND_FLAG_KEYS].map((key) => [key, null]),
);
const STATUS: Keys = {
  physicalReference: null,
  state: null,
  cpoEvseId: null,
  cpoEvseEMI3Id: null,
  evseId: null,
  lastUpdateTimestamp: null,
};
const GROUP: Keys = {
  ...RESTRICTIONS,
  id: null,
  cpoId: null,
  typeId: null,
  state: null,
  powerType: null,
  supplierName: null,
  supplierContacts: null,
  connectorType: ID_AND_NAME,
  connectorTypeId: null,
  connectorTypeName: null,
  powerFeedType: ID_AND_NAME,
  chargeCapacity: null,
  maxPowerLevel: null,
  fixedCable: null,
  customerChargeLevel: null,
  customerConnectorName: null,
  numberOfConnectors: null,
  connectorDetails: {
    ...OPENING,
    deviceName: null,
    reservable: null,
    pay: null,
    manufacturer: null,
    privateAccess: null,
  },
  chargingPoint: {
    chargeMode: null,
    voltsRange: null,
    ampsRange: null,
    phases: null,
    numberOfConnectors: null,
    numberOfAvailable: null,
    numberOfInUse: null,
    numberOfOutOfService: null,
    numberOfReserved: null,
    lastUpdateTimestamp: null,
  },
  connectorStatuses: { ...STATUS, connectorStatus: STATUS },
};
const CONNECTORS: Keys = { ...GROUP, connector: GROUP };
const EVSE: Keys = {
  id: null,
  cpoId: null,
  cpoEvseEMI3Id: null,
  evseId: null,
  state: null,
  last_updated: null,
  lastUpdated: null,
  lastUpdateTimestamp: null,
  physicalReference: null,
  connectors: CONNECTORS,
};
const EVSES: Keys = { ...EVSE, evse: EVSE };
const STATION: Keys = {
  ...OPENING,
  ...RESTRICTIONS,
  id: null,
  pvId: null,
  poolId: null,
  cpoId: null,
  state: null,
  last_updated: null,
  lastUpdateTimestamp: null,
  timeZone: null,
  name: null,
  brand: null,
  position: POSITION,
  entrancePosition: POSITION,
  distance: null,
  address: {
    street: null,
    streetNumber: null,
    houseNumber: null,
    city: null,
    postalCode: null,
    region: null,
    state: null,
    country: null,
    countryCode: null,
    label: null,
    county: null,
    district: null,
  },
  contacts: { phone: CONTACT, website: CONTACT, email: CONTACT, fax: CONTACT },
  totalNumberOfConnectors: null,
  connectors: CONNECTORS,
  evses: EVSES,
  evStationDetails: {
    ...OPENING,
    ...RESTRICTIONS,
    privateAccess: null,
    restrictedAccess: null,
    accessibilityType: null,
    paymentMethods: null,
    notes: null,
  },
  paymentMethods: null,
};
/** What Geocoding & Search has around a station. */
const SEARCH_ITEM: Keys = {
  title: null,
  language: null,
  resultType: null,
  access: null,
  categories: null,
  references: null,
  ontologyId: null,
  chains: null,
  foodTypes: null,
  extended: {
    evStation: {
      connectors: CONNECTORS,
      totalNumberOfConnectors: null,
      access: null,
      eMobilityServiceProviders: null,
      paymentMethods: null,
    },
    evAvailability: { stations: { id: null, cpoId: null, evses: EVSES } },
  },
};
const STATIONS: Keys = { ...STATION, evStation: STATION, station: STATION };
const RECORD: Keys = {
  ...STATION,
  ...SEARCH_ITEM,
  evStations: STATIONS,
  stations: STATIONS,
  evStation: STATION,
  station: STATION,
};

const NAMES = namesOf(RECORD);

/** As `Dialect.unusualKeys`. HERE's keys are read in HERE's spelling only. */
export function hereV2UnusualKeys(value: unknown): UnusualKey[] {
  return unusualKeys(value, NAMES, () => undefined);
}

function namesOf(keys: Keys): FieldNames {
  const fields = Object.entries(keys).map(([key, below]): [string, FieldNames | null] => [
    key,
    below === null ? null : namesOf(below),
  ]);
  return { fields: new Map(fields), spellings: new Map() };
}

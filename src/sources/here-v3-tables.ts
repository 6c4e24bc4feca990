/** HERE v3's words and places beside OCPI 2.3.0's, as data. */
import { OCPI_LOCATION_ID } from "../ocpi/source-record.js";
import { foldedKey } from "./proto-json.js";

type Words = ReadonlyMap<string, string>;

function words(rows: Readonly<Record<string, string>>): Words {
  return new Map(
    Object.entries(rows).flatMap(([here, ocpi]): [string, string][] => [
      [here, ocpi],
      [foldedKey(here), ocpi],
    ]),
  );
}

/** OCPI's word for a word of HERE's in any spelling; `undefined` where OCPI has none. */
export function ocpiWord(table: Words, word: string): string | undefined {
  // HERE writes `brandOnly`, its map content `BRAND_ONLY`: both become `brandonly`.
  return table.get(word) ?? table.get(foldedKey(word));
}

/**
 * Names of the list of restrictions, of a location, an EVSE or a connector: HERE's own, the one in its prose, and those
 * of its map content.
 */
export const RESTRICTION_KEYS = [
  "restrictions",
  "accessRestrictions",
  "restrictionReason",
  "restrictionReasons",
  "restriction",
  "accessRestriction",
] as const;

/** The same restriction as a flag: whoever has it, one brand only may charge. */
export const BRAND_FLAG_KEYS = [
  "brandOnly",
  "isBrandOnly",
  "brand_only",
  "is_brand_only",
  "BRAND_ONLY",
  "BrandOnly",
  "IsBrandOnly",
] as const;

/** `restrictions` of a location → ParkingRestriction of each EVSE (T5.3). A word not listed is read as `other`. */
export const RESTRICTION_WORDS = words({
  customersOnly: "CUSTOMERS",
  customers: "CUSTOMERS",
  brandOnly: "BRAND_ONLY",
  brand: "BRAND_ONLY",
  taxisOnly: "TAXIS",
  taxis: "TAXIS",
  carSharingOnly: "CAR_SHARING_ONLY",
  carSharing: "CAR_SHARING_ONLY",
});
export const OTHER_RESTRICTION = "OTHER";

/** Conditions and restrictions of an EVSE or a connector → ParkingRestriction of the EVSE. A word not listed is kept as `foldEnum` spells it. */
export const CONDITION_WORDS = words({
  disabled: "DISABLED",
  customers: "CUSTOMERS",
  customersOnly: "CUSTOMERS",
  taxis: "TAXIS",
  taxisOnly: "TAXIS",
  brandOnly: "BRAND_ONLY",
  brand: "BRAND_ONLY",
  carSharingOnly: "CAR_SHARING_ONLY",
  carSharing: "CAR_SHARING_ONLY",
});

/** `status`: only HERE's own word; the others are OCPI's. `operational` = worked when last checked, no live state. */
export const STATUS_WORDS = words({ operational: "UNKNOWN" });

/** `capabilities` of an EVSE → Capability. A word not listed is kept as `foldEnum` spells it. */
export const CAPABILITY_WORDS = words({
  chargingProfile: "CHARGING_PROFILE_CAPABLE",
  chargingPreferences: "CHARGING_PREFERENCES_CAPABLE",
  remoteStartStop: "REMOTE_START_STOP_CAPABLE",
  reservable: "RESERVABLE",
  tokenGroup: "TOKEN_GROUP_CAPABLE",
  unlock: "UNLOCK_CAPABLE",
});

/** `paymentSupports` of an EVSE → Capability (T5.4). OCPI has no word for paying by app, web, QR code or SMS. */
export const PAYMENT_WORDS = words({
  chipCard: "CHIP_CARD_SUPPORT",
  contactlessCard: "CONTACTLESS_CARD_SUPPORT",
  creditCard: "CREDIT_CARD_PAYABLE",
  debitCard: "DEBIT_CARD_PAYABLE",
  pedTerminal: "PED_TERMINAL",
  rfidReader: "RFID_READER",
});

/** `paymentSupports` of an EVSE → ConnectorCapability of each of its connectors. */
export const PLUG_PAYMENT_WORDS = words({ authByCarPlugAndCharge: "ISO_15118_2_PLUG_AND_CHARGE" });

/** The least a place for trucks admits, where `vehicleTypes` does not say which: a truck without trailer. */
export const LEAST_TRUCK = "RIGID";
/** `supportedVehicles` → VehicleType. */
export const VEHICLE_WORDS = words({ car: "PERSONAL_VEHICLE", twoWheeler: "MOTORCYCLE", truck: LEAST_TRUCK });

/** `facilityTypes` → Facility. The dozen others (bakery, toilets …) have no OCPI word. */
export const FACILITY_WORDS = words({
  hotel: "HOTEL",
  restaurant: "RESTAURANT",
  cafe: "CAFE",
  mall: "MALL",
  supermarket: "SUPERMARKET",
  sport: "SPORT",
  recreationArea: "RECREATION_AREA",
  nature: "NATURE",
  museum: "MUSEUM",
  bikeSharing: "BIKE_SHARING",
  busStop: "BUS_STOP",
  taxiStand: "TAXI_STAND",
  tramStop: "TRAM_STOP",
  metroStation: "METRO_STATION",
  trainStation: "TRAIN_STATION",
  airport: "AIRPORT",
  parkingLot: "PARKING_LOT",
  carpoolParking: "CARPOOL_PARKING",
  fuelStation: "FUEL_STATION",
  wifi: "WIFI",
});

/** `energyMix` sources and impacts → EnergySourceCategory and EnvironmentalImpactCategory. */
export const ENERGY_WORDS = words({
  nuclear: "NUCLEAR",
  generalFossil: "GENERAL_FOSSIL",
  coal: "COAL",
  gas: "GAS",
  generalGreen: "GENERAL_GREEN",
  solar: "SOLAR",
  wind: "WIND",
  water: "WATER",
  nuclearWaste: "NUCLEAR_WASTE",
  carbonDioxide: "CARBON_DIOXIDE",
});

/** Two letters a day, in the order of OCPI's weekday 1 … 7. */
export const DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"] as const;

/** `isPullThrough` and the parking direction of that name are OCPI's `drive_through`. */
export const PULL_THROUGH = "PULLTHROUGH";

const restrictionsIn = (place: string): string[] =>
  [...RESTRICTION_KEYS, ...BRAND_FLAG_KEYS].map((key) => `${place}/${key}`);

/**
 * Canonical place → the HERE places it is made of, first choice first (RFC 6901, `#` for an index, the same ones in
 * the same order on both sides, `*` for the first element that has the rest). In a `/parking_places/#` row the index is that of the EVSE the place was made for.
 */
export const PLACES: ReadonlyArray<readonly [canonical: string, ...here: readonly string[]]> = [
  ["", ""],
  ["/id", "/id"],
  [OCPI_LOCATION_ID, "/cpoLocationId"],
  ["/country_code", "/operator/eMobilityIds"],
  ["/party_id", "/operator/eMobilityIds"],
  ["/name", "/name"],
  ["/address", "/address/street", "/address/label"],
  ["/city", "/address/city"],
  ["/postal_code", "/address/postalCode"],
  ["/state", "/address/state"],
  ["/country", "/address/countryCode"],
  ["/coordinates", "/location"],
  ["/coordinates/latitude", "/location/lat"],
  ["/coordinates/longitude", "/location/lng"],
  ["/related_locations", "/accessPoints"],
  ["/related_locations/#", "/accessPoints/#"],
  ["/related_locations/#/latitude", "/accessPoints/#/lat"],
  ["/related_locations/#/longitude", "/accessPoints/#/lng"],
  ["/parking_type", "/parkingType"],
  ["/operator", "/operator"],
  ["/operator/name", "/operator/name"],
  ["/operator/website", "/operator/website"],
  ["/operator/logo", "/operator/logo"],
  ["/operator/logo/url", "/operator/logo/url"],
  ["/operator/logo/thumbnail", "/operator/logo/thumbnailUrl"],
  ["/suboperator", "/suboperator"],
  ["/suboperator/name", "/suboperator/name"],
  ["/suboperator/website", "/suboperator/website"],
  ["/suboperator/logo", "/suboperator/logo"],
  ["/suboperator/logo/url", "/suboperator/logo/url"],
  ["/suboperator/logo/thumbnail", "/suboperator/logo/thumbnailUrl"],
  ["/owner", "/owner"],
  ["/owner/name", "/owner/name"],
  ["/owner/website", "/owner/website"],
  ["/owner/logo", "/owner/logo"],
  ["/owner/logo/url", "/owner/logo/url"],
  ["/owner/logo/thumbnail", "/owner/logo/thumbnailUrl"],
  ["/facilities", "/facilityTypes"],
  ["/time_zone", "/timeZone"],
  ["/opening_times", "/openingHours"],
  ["/opening_times/twentyfourseven", "/openingHours/open24x7", "/openingHours"],
  ["/opening_times/regular_hours", "/openingHours/regularSchedule"],
  ["/charging_when_closed", "/openingHours/chargingWhenClosed"],
  ["/energy_mix", "/energyMix"],
  ["/energy_mix/is_green_energy", "/energyMix/isGreenEnergy"],
  ["/energy_mix/energy_sources", "/energyMix/energySources"],
  ["/energy_mix/energy_sources/#", "/energyMix/energySources/#"],
  ["/energy_mix/energy_sources/#/source", "/energyMix/energySources/#/source"],
  ["/energy_mix/energy_sources/#/percentage", "/energyMix/energySources/#/percentage"],
  ["/energy_mix/environ_impact", "/energyMix/environmentalImpacts"],
  ["/energy_mix/environ_impact/#", "/energyMix/environmentalImpacts/#"],
  ["/energy_mix/environ_impact/#/category", "/energyMix/environmentalImpacts/#/category"],
  ["/energy_mix/environ_impact/#/amount", "/energyMix/environmentalImpacts/#/amount"],
  ["/energy_mix/supplier_name", "/energyMix/supplier"],
  ["/energy_mix/energy_product_name", "/energyMix/energyProduct"],
  ["/help_phone", "/supportPhoneNumber"],
  ["/evses", "/evses"],
  ["/evses/#", "/evses/#"],
  ["/evses/#/uid", "/evses/#/uid"],
  ["/evses/#/evse_id", "/evses/#/evseId"],
  ["/evses/#/status", "/evses/#/status"],
  ["/evses/#/capabilities", "/evses/#/paymentSupports", "/evses/#/capabilities"],
  ["/evses/#/floor_level", "/evses/#/floorLevel"],
  ["/evses/#/coordinates", "/evses/#/location"],
  ["/evses/#/coordinates/latitude", "/evses/#/location/lat"],
  ["/evses/#/coordinates/longitude", "/evses/#/location/lng"],
  ["/evses/#/physical_reference", "/evses/#/physicalReference"],
  [
    "/evses/#/parking_restrictions",
    ...restrictionsIn(""),
    "/evses/#/parking/conditions",
    ...restrictionsIn("/evses/#"),
    ...restrictionsIn("/evses/#/connectors/*"),
  ],
  ["/evses/#/parking", "/evses/#/parking"],
  ["/evses/#/parking/#", "/evses/#/parking"],
  ["/evses/#/parking/#/evse_position", "/evses/#/parking/evsePosition"],
  ["/evses/#/accepted_service_providers", "/eMobilityServiceProviders"],
  ["/evses/#/last_updated", "/evses/#/modified"],
  ["/evses/#/connectors", "/evses/#/connectors"],
  ["/evses/#/connectors/#", "/evses/#/connectors/#"],
  ["/evses/#/connectors/#/id", "/evses/#/connectors/#/id"],
  ["/evses/#/connectors/#/standard", "/evses/#/connectors/#/standard"],
  ["/evses/#/connectors/#/format", "/evses/#/connectors/#/format"],
  ["/evses/#/connectors/#/power_type", "/evses/#/connectors/#/powerType"],
  ["/evses/#/connectors/#/max_voltage", "/evses/#/connectors/#/maxVoltage"],
  ["/evses/#/connectors/#/max_amperage", "/evses/#/connectors/#/maxCurrent"],
  ["/evses/#/connectors/#/max_electric_power", "/evses/#/connectors/#/maxPower"],
  ["/evses/#/connectors/#/terms_and_conditions", "/evses/#/connectors/#/termsAndConditionsUrl"],
  ["/evses/#/connectors/#/capabilities", "/evses/#/paymentSupports"],
  ["/parking_places/#", "/evses/#/parking"],
  ["/parking_places/#/id", "/evses/#/uid"],
  ["/parking_places/#/vehicle_types", "/evses/#/parking/vehicleTypes", "/supportedVehicles"],
  [
    "/parking_places/#/max_vehicle_weight",
    "/evses/#/parking/vehicleLimitations/weight",
    "/vehicleLimitations/weight",
  ],
  [
    "/parking_places/#/max_vehicle_height",
    "/evses/#/parking/vehicleLimitations/height",
    "/vehicleLimitations/height",
  ],
  [
    "/parking_places/#/max_vehicle_length",
    "/evses/#/parking/vehicleLimitations/length",
    "/vehicleLimitations/length",
  ],
  [
    "/parking_places/#/max_vehicle_width",
    "/evses/#/parking/vehicleLimitations/width",
    "/vehicleLimitations/width",
  ],
  ["/parking_places/#/dangerous_goods_allowed", "/truckRestrictions/hazardousGoodsRestricted"],
  ["/parking_places/#/direction", "/evses/#/parking/parkingDirection"],
  ["/parking_places/#/drive_through", "/evses/#/parking/parkingDirection", "/isPullThrough"],
  ["/parking_places/#/reservation_required", "/evses/#/parking/reservationRequired", "/reservationRequired"],
];

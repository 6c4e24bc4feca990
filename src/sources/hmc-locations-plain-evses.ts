/** EVSEs and connectors the short way (`PlainReader`). */
import type { Connector, Evse } from "../ocpi/location.js";
import { PLAIN_KEYS } from "./hmc-locations-plain-keys.js";
import type { Json, PlainValues } from "./hmc-locations-plain-values.js";
import { PLAIN_WORDS } from "./hmc-locations-plain-words.js";
import { joined } from "./here-v3-evses.js";
import { unlessEmpty } from "./here-v3-values.js";

/** As `readEvses`, at depth `tagging`. `restrictions`: of the location; `parking`: of this EVSE. */
export function plainEvse(
  values: PlainValues,
  evse: Json,
  restrictions: string[],
  parking: Evse["parking"],
): Evse {
  const said = values.words(PLAIN_WORDS.evse, evse["paymentSupports"], evse["capabilities"]);
  const place = values.record(evse["parking"], PLAIN_KEYS.parking);
  const conditions =
    place === undefined ? undefined : values.words(PLAIN_WORDS.conditions, place["conditions"]);
  const connectors: Connector[] = [];
  for (const connector of values.records(evse["connectors"], PLAIN_KEYS.connector)) {
    connectors.push(plainConnector(values, connector, said?.plugAndCharge));
  }
  return {
    uid: values.text(evse["uid"]),
    evse_id: values.text(evse["evseId"]),
    status: values.word(PLAIN_WORDS.status, evse["status"]),
    capabilities: said?.capabilities,
    connectors,
    floor_level: values.text(evse["floorLevel"]),
    coordinates: values.position(values.either(evse["location"], evse["geometry"])),
    physical_reference: values.text(evse["physicalReference"]),
    parking_restrictions: unlessEmpty(
      conditions === undefined ? restrictions : joined(restrictions, conditions),
    ),
    parking,
    accepted_service_providers: undefined,
    last_updated: values.text(evse["modified"]),
  };
}

function plainConnector(values: PlainValues, connector: Json, capabilities: string[] | undefined): Connector {
  return {
    id: values.text(connector["id"]),
    standard: values.word(PLAIN_WORDS.standard, connector["standard"]),
    format: values.word(PLAIN_WORDS.format, connector["format"]),
    power_type: values.word(PLAIN_WORDS.powerType, connector["powerType"]),
    max_voltage: values.number(connector["maxVoltage"]),
    max_amperage: values.number(connector["maxCurrent"]),
    max_electric_power: values.number(connector["maxPower"]),
    terms_and_conditions: values.text(connector["termsAndConditionsUrl"]),
    capabilities,
  };
}

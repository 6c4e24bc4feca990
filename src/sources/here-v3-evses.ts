/** HERE's evses and connectors → OCPI's, with what the location says for all of them. */
import { foldEnum } from "../ocpi/enums.js";
import type { Connector, Depth, Evse, Location } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { DecodeText } from "./dialect.js";
import { evseRestrictions, locationRestrictions, unclearAccessNotes } from "./here-v3-access.js";
import { readParking } from "./here-v3-parking.js";
import {
  CAPABILITY_WORDS,
  PAYMENT_WORDS,
  PLUG_PAYMENT_WORDS,
  STATUS_WORDS,
  ocpiWord,
} from "./here-v3-tables.js";
import {
  asEnum,
  asGeoLocation,
  asNumber,
  asText,
  asTexts,
  ocpiWords,
  present,
  unlessEmpty,
} from "./here-v3-values.js";
import type { HereConnector, HereEvse, HereLocation } from "./here-v3-wire.js";

interface SharedByEvses {
  readonly restrictions: string[];
  readonly providers: string[] | undefined;
}

/**
 * EVSEs in the order of the source, none left out but elements that are no objects. HERE's location-level restrictions
 * are alternatives (any one lets you in) and hold for every EVSE (T5.3); its service providers likewise.
 */
export function readEvses(
  wire: HereLocation,
  decode: DecodeText,
  depth: Depth,
  notes: Note[],
): { evses: Evse[]; places: NonNullable<Location["parking_places"]> } {
  const wireEvses = present(wire.evses);
  const { places, ofEvse } = readParking(wire, wireEvses, decode, notes);
  const providers = depth === "whole" ? present(wire.eMobilityServiceProviders) : [];
  const { restrictions, notUnderstood } = locationRestrictions(wire, decode);
  const shared: SharedByEvses = {
    restrictions,
    providers: unlessEmpty(providers.flatMap(({ name }) => asTexts(name, decode))),
  };
  const evses = wireEvses.map((evse, index) => readEvse(evse, shared, ofEvse[index], decode));
  notes.push(...unclearAccessNotes(evses, notUnderstood));
  return { evses, places };
}

function readEvse(evse: HereEvse, shared: SharedByEvses, parking: Evse["parking"], decode: DecodeText): Evse {
  const status = asEnum(evse.status, decode);
  const payments = asTexts(evse.paymentSupports, decode);
  const capabilities = joined(
    ocpiWords(payments, PAYMENT_WORDS),
    ocpiWords(asTexts(evse.capabilities, decode), CAPABILITY_WORDS, foldEnum),
  );
  const plugAndCharge = unlessEmpty(ocpiWords(payments, PLUG_PAYMENT_WORDS));
  return {
    uid: asText(evse.uid, decode),
    evse_id: asText(evse.evseId, decode),
    status: status === undefined ? undefined : (ocpiWord(STATUS_WORDS, status) ?? status),
    capabilities: unlessEmpty(capabilities),
    connectors: present(evse.connectors).map((connector) => readConnector(connector, plugAndCharge, decode)),
    floor_level: asText(evse.floorLevel, decode),
    coordinates: asGeoLocation(evse.location),
    physical_reference: asText(evse.physicalReference, decode),
    parking_restrictions: unlessEmpty(joined(shared.restrictions, evseRestrictions(evse, decode))),
    parking,
    accepted_service_providers: shared.providers,
    last_updated: asText(evse.modified, decode),
  };
}

/** The words of both, each once. */
export function joined<List extends readonly string[]>(some: List, others: List): List | string[] {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...new Set([...some, ...others])];
}

function readConnector(
  connector: HereConnector,
  capabilities: string[] | undefined,
  decode: DecodeText,
): Connector {
  return {
    id: asText(connector.id, decode),
    standard: asEnum(connector.standard, decode),
    format: asEnum(connector.format, decode),
    power_type: asEnum(connector.powerType, decode),
    max_voltage: asNumber(connector.maxVoltage),
    max_amperage: asNumber(connector.maxCurrent),
    max_electric_power: asNumber(connector.maxPower),
    terms_and_conditions: asText(connector.termsAndConditionsUrl, decode),
    capabilities,
  };
}

interface Plug {
  readonly standard: string | undefined;
  readonly power: number | undefined;
}

/** Where connectorGroups and connectors tell of different plugs. */
export interface GroupDisagreement {
  /** In words. */
  readonly detail: string;
  /** A group has no connector: there are more EVSEs than the answer has. */
  readonly lacksEvses: boolean;
}

/**
 * Whether connectorGroups and connectors tell of different plugs (standard and power). A connector without `maxPower`
 * agrees with any group of its standard.
 */
export function groupDisagreement(
  wire: HereLocation,
  location: Pick<Location, "evses">,
  decode: DecodeText,
): GroupDisagreement | undefined {
  const groups = present(wire.connectorGroups).map((group): Plug => ({
    standard: asEnum(group.standard, decode),
    power: asNumber(group.maxPower),
  }));
  if (groups.length === 0) return undefined;
  const plugs = location.evses.flatMap(({ connectors }) =>
    connectors.map((plug): Plug => ({ standard: plug.standard, power: plug.max_electric_power })),
  );
  const lone = firstNotIn(groups, plugs);
  if (lone) return { detail: `group ${plugText(lone)} has no connector`, lacksEvses: true };
  const ungrouped = firstNotIn(plugs, groups);
  return ungrouped && { detail: `connector ${plugText(ungrouped)} is in no group`, lacksEvses: false };
}

/** The first of `some` that none of `others` agrees with. */
function firstNotIn(some: readonly Plug[], others: readonly Plug[]): Plug | undefined {
  const powers = new Map<string | undefined, Set<number | undefined>>();
  for (const { standard, power } of others) {
    const known = powers.get(standard);
    if (known) known.add(power);
    else powers.set(standard, new Set([power]));
  }
  return some.find(({ standard, power }) => {
    const known = powers.get(standard);
    return !known || (power !== undefined && !known.has(power) && !known.has(undefined));
  });
}

function plugText({ standard, power }: Plug): string {
  return `${standard ?? "without standard"}${power === undefined ? "" : ` ${power} W`}`;
}

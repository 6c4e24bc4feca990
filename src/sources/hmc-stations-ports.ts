/** Ports counted by connector type → stand-ins for EVSEs, so that T3.1 gives the number of ports of each type. */
import { ENUM_VALUES, foldEnum } from "../ocpi/enums.js";
import type { Connector, Evse } from "../ocpi/location.js";
import type { ConnectorTypeReader } from "./connector-type-crosswalk.js";
import type { Member, Part, PartReader } from "./hmc-stations-part.js";
import { CONNECTOR, CONNECTOR_WORDS } from "./hmc-stations-tables.js";
import { enumWord } from "./proto-json-enum.js";
import { foldedKey } from "./proto-json.js";

export interface Ports {
  readonly evses: Evse[];
  /** Whether the EVSEs are as many as cars can charge at once. */
  readonly countKnown: boolean;
}

/** What connector types mean, and where (alpha-3): an id may mean another plug elsewhere. */
export interface ConnectorTypes {
  readonly typeOf: ConnectorTypeReader;
  readonly country: string | undefined;
}

/** More ports than any station has; beyond, a count is a mistake. */
const MAX_PORTS = 1000;
const STANDARDS: readonly string[] = ENUM_VALUES.ConnectorType;

/** One `portAttribute` of a place. */
interface PortGroup {
  readonly part: Part;
  readonly connector: Connector;
  /** What tells two types apart, known or not. */
  readonly type: string;
  readonly sources: { readonly standard: Member | undefined; readonly format: Member | undefined };
  /** `numberOfPorts`, else `groundTruthPortCount`. */
  readonly count: Member<number> | undefined;
  /** Whether the two, where there are both, are one number. */
  readonly agreed: boolean;
}

/**
 * One EVSE with one connector for each port, in the order of the lists; `shared` is what the place says of all of them.
 *
 * A port counts as often as `numberOfPorts` says, else `groundTruthPortCount`, else `totalNumberOfPorts` where there is
 * one type only. Where none says, or there are no ports at all, an EVSE without connectors stands for what is there, so
 * that no socket is claimed. More types than one may share ports (CCS and CHAdeMO of one charger), and nothing says so;
 * so the count is known (T5.1) only where all ports are of one type, `totalNumberOfPorts` is their number and
 * `groundTruthPortCount`, where given, too.
 */
export function readPorts(
  ports: readonly Part[],
  charges: readonly Part[],
  shared: Partial<Evse>,
  types: ConnectorTypes,
  reader: PartReader,
): Ports {
  const groups = ports.map((part) => groupOf(part, types, reader));
  const total = firstCount(charges, reader);
  const evses: Evse[] = [];
  let counted = 0;
  let complete = true;
  for (const group of groups) {
    const count = group.count ?? (groups.length === 1 ? total : undefined);
    if (count === undefined || counted + count.value > MAX_PORTS) {
      if (count !== undefined) reader.badField("/evses", count);
      complete = false;
      push(evses, { connectors: [] }, 1, group, undefined, shared, reader);
    } else {
      counted += count.value;
      push(evses, { connectors: [group.connector] }, count.value, group, count, shared, reader);
    }
  }
  if (evses.length === 0) evses.push({ connectors: [], ...shared });
  const kinds = new Set(groups.map(({ type }) => type)).size;
  if (complete) noteDisagreement(total, counted, kinds, reader);
  reader.note(
    "no-evse-data",
    "/evses",
    `${complete ? counted : `at least ${counted}`} ports; connector types: ${kinds}`,
  );
  const countKnown =
    kinds === 1 &&
    total?.value === counted &&
    groups.every(({ count, agreed }) => count !== undefined && agreed);
  return { evses, countKnown };
}

function push(
  evses: Evse[],
  own: Evse,
  count: number,
  { part, sources }: PortGroup,
  counted: Member | undefined,
  shared: Partial<Evse>,
  reader: PartReader,
): void {
  const evse: Evse = Object.assign(own, shared);
  for (let i = 0; i < count; i++) {
    const place = reader.tellsSources ? `/evses/${evses.length}` : "";
    evses.push(evse);
    if (!reader.tellsSources) continue;
    reader.comesFrom(place, counted ?? part);
    if (evse.connectors.length === 0) continue;
    reader.comesFrom(`${place}/connectors/0`, part);
    reader.comesFrom(`${place}/connectors/0/standard`, sources.standard);
    reader.comesFrom(`${place}/connectors/0/format`, sources.format);
  }
}

function groupOf(part: Part, types: ConnectorTypes, reader: PartReader): PortGroup {
  const id = reader.text(part, "connectorTypeId", "/evses");
  const words = reader.text(part, "connectorType", "/evses");
  const cable = reader.flag(part, "fixedCable", "/evses");
  const stated = countIn(part, "numberOfPorts", reader);
  const truth = countIn(part, "groundTruthPortCount", reader);
  const agreed = stated === undefined || truth === undefined || stated.value === truth.value;
  if (!agreed) {
    const detail = `${stated.pointer} is ${stated.value}, groundTruthPortCount ${truth.value}`;
    reader.note("port-counts-disagree", "/evses", detail);
  }
  const { standard, source } = standardOf(id, words, types, reader);
  // A decoded message leaves out what is false, so an absent fixedCable says as little as an absent format (T3.2).
  const format = cable && (cable.value ? "CABLE" : "SOCKET");
  return {
    part,
    connector: { standard, format },
    type: [standard ?? id?.value ?? words?.value, format].join(),
    sources: { standard: source, format: cable },
    count: stated ?? truth,
    agreed,
  };
}

/** A count; 0 is what a decoded message leaves out, so it says nothing. */
function countIn(part: Part, name: string, reader: PartReader): Member<number> | undefined {
  const count = reader.count(part, name, "/evses");
  if (count === undefined || count.value === 0) return undefined;
  if (count.value <= MAX_PORTS) return count;
  reader.badField("/evses", count);
  return undefined;
}

function firstCount(charges: readonly Part[], reader: PartReader): Member<number> | undefined {
  for (const part of charges) {
    const count = countIn(part, "totalNumberOfPorts", reader);
    if (count !== undefined) return count;
  }
  return undefined;
}

/** Ports of several types may be the same ones, so there the sum may well be more than the total. */
function noteDisagreement(
  total: Member<number> | undefined,
  counted: number,
  types: number,
  reader: PartReader,
): void {
  if (total === undefined || counted === 0) return;
  if (total.value > counted || (total.value < counted && types === 1)) {
    reader.note(
      "port-counts-disagree",
      "/evses",
      `${total.pointer} is ${total.value}, the ports are ${counted}`,
    );
  }
}

interface Standard {
  readonly standard: string | undefined;
  readonly source: Member | undefined;
}

/** By the id; where its meaning is not known, by the words. */
function standardOf(
  id: Member<string> | undefined,
  words: Member<string> | undefined,
  { typeOf, country }: ConnectorTypes,
  reader: PartReader,
): Standard {
  const { standard, note } = typeOf(id?.value, words?.value, country);
  const byId = id !== undefined && note?.code !== "connector-type-unknown";
  const worded = byId || words === undefined ? undefined : standardInWords(words.value);
  if (worded !== undefined) return { standard: worded, source: words };
  if (note !== undefined) reader.note(note.code, "/evses", note.detail);
  return { standard, source: id ?? words };
}

/** OCPI's words and a few others; HERE's names of its ids are known to the reader of types. */
function standardInWords(words: string): string | undefined {
  const word = enumWord(CONNECTOR, words) ?? words;
  const folded = foldEnum(word);
  return STANDARDS.includes(folded) ? folded : CONNECTOR_WORDS.get(foldedKey(word));
}

/** What the tests of the v2 reader share. */
import { readFileSync } from "node:fs";
import type { SourceRecord } from "../ocpi/source-record.js";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import type { ConnectorTypeCrosswalk } from "../sources/connector-type-crosswalk.js";
import { asIs } from "../sources/dialect.js";
import { hereV2With } from "../sources/here-v2.js";

/** A fixture, untyped like every feed. */
export function fixtureJson(name: string) {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8"));
}

export function fixtureStations() {
  return fixtureJson("here-v2/stations.json").evStations.evStation;
}

/** Reads a record. Throws where it is none. */
export function readStation(value: unknown, crosswalk?: ConnectorTypeCrosswalk): SourceRecord {
  const record = hereV2With(crosswalk).read(value, asIs, "whole");
  if ("unreadable" in record) throw new Error(`${record.unreadable}: ${record.detail}`);
  return record;
}

/** A station in Germany with these connector groups and other members. */
export function aStation(groups: unknown, rest: object = {}) {
  return {
    id: "276u33db-1",
    position: { latitude: 52.52, longitude: 13.38 },
    address: { country: "DEU" },
    connectors: { connector: groups },
    ...rest,
  };
}

/** A group of connectors of one type. */
export function aGroup(type: unknown, count: unknown, rest: object = {}) {
  return {
    connectorType: { id: type },
    fixedCable: true,
    chargingPoint: { numberOfConnectors: count },
    ...rest,
  };
}

/** The tags and the notes of a station, `code: detail`; `here-supplier` left out. Throws where none is written. */
export function tagged(
  value: unknown,
  crosswalk?: ConnectorTypeCrosswalk,
): { readonly tags: Record<string, string>; readonly notes: readonly string[] } {
  const made = tagLocation(readStation(value, crosswalk), DEFAULT_TAGGING);
  if ("reason" in made) throw new Error(`${made.reason} ${made.detail}`);
  return {
    tags: Object.fromEntries(made.station.tags.map(({ key, value }) => [key, value])),
    notes: made.notes
      .filter(({ code }) => code !== "here-supplier")
      .map(({ code, detail }) => `${code}: ${detail}`),
  };
}

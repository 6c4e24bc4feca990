import { describe, expect, it } from "vitest";
import { asIs } from "./dialect.js";
import { hmcStations } from "./hmc-stations.js";
import {
  defectTile,
  documentOf,
  placeOf,
  readable,
  recordOf,
  tileOfOne,
} from "./hmc-stations.test-support.js";
import { valueAt } from "./json-value.js";

const tile = defectTile("joins.json");

function pointerIn(index: number, canonical: string, of = tile): string | undefined {
  return hmcStations.sourcePointer(canonical, placeOf(of, index), documentOf(of, index));
}

/** Hours are not said to be around the clock; nothing is said of who may charge. */
const READERS_OWN = /^\/(?:opening_times\/twentyfourseven|evses\/\d+\/parking_restrictions\/0)$/;

describe("sourcePointer", () => {
  it.each([
    [0, "", "/place/0"],
    [0, "/id", "/place/0/identifier"],
    [0, "/name", "/place/0/name/1/text/value"],
    [0, "/coordinates", "/location/1/displayPosition"],
    [0, "/coordinates/latitude", "/location/1/displayPosition/latitude"],
    [0, "/country", "/address/0/countryCode/officialCountryCode"],
    [0, "/opening_times", "/operatingTime/0"],
    [0, "/opening_times/regular_hours/5/weekday", "/operatingTime/0/operatingTime/1/daysOfWeek/dayOfWeek/0"],
    [0, "/evses/3", "/portAttribute/0/numberOfPorts"],
    [0, "/evses/0/connectors/0/standard", "/portAttribute/0/connectorTypeId"],
    [1, "/evses/4", "/portAttribute/3/numberOfPorts"],
    [1, "/evses/4/connectors/0/format", "/portAttribute/3/fixedCable"],
    [1, "/evses/0/capabilities", "/payment/0/paymentType"],
    [1, "/evses/0/capabilities/0", "/payment/0/paymentType"],
    [1, "/operator/name", "/place/1/name/0/text/value"],
    [0, "/evses/0/parking_restrictions", undefined],
    [0, "/evses/9", undefined],
    [0, "/evses/0/evse_id", undefined],
    [0, "/operator/name", undefined],
    [0, "/publish", undefined],
  ])("of place %i, %s → %s", (index, canonical, pointer) => {
    expect(pointerIn(index, canonical)).toBe(pointer);
  });

  it("leads to keys as the tile spells them", () => {
    const tile = defectTile("snake-case.json");
    expect(pointerIn(0, "/evses/1", tile)).toBe("/port_attribute/0/number_of_ports/value");
    expect(pointerIn(0, "/coordinates/longitude", tile)).toBe("/location/0/display_position/longitude");
    expect(pointerIn(0, "/evses/0/parking_restrictions", tile)).toBe("/place_access_attribute/0/access_type");
    expect(pointerIn(0, "/evses/0", tileOfOne({ "port/Attribute": [] }))).toBeUndefined();
  });

  it("leads into the Feature where there is no tile", () => {
    const { features } = defectTile("public-tool.geojson");
    const feature: unknown = Array.isArray(features) ? features[0] : undefined;
    expect(hmcStations.sourcePointer("/evses/0", feature)).toBe("/properties/portAttribute/numberOfPorts");
    expect(hmcStations.sourcePointer("", feature)).toBe("/properties/location");
  });

  it.each([
    ["joins.json", 3],
    ["snake-case.json", 1],
    ["counts.json", 7],
  ])("leads to something for every value of %s that was read", (name, places) => {
    const tile = defectTile(name);
    for (let index = 0; index < places; index++) {
      for (const canonical of leaves(recordOf(tile, index).location, "")) {
        const pointer = pointerIn(index, canonical, tile);
        if (READERS_OWN.test(canonical)) continue;
        expect(pointer, canonical).toBeDefined();
        expect(valueAt(tile, pointer ?? ""), canonical).toBeDefined();
      }
    }
  });

  it("leads to the very value where it is carried as it is", () => {
    const { location } = recordOf(tile, 0);
    const carried = [
      ["/id", location.id],
      ["/name", location.name],
      ["/country", location.country],
      ["/help_phone", location.help_phone],
      ["/postal_code", location.postal_code],
      ["/coordinates/latitude", location.coordinates?.latitude],
    ] as const;
    for (const [canonical, value] of carried) {
      expect(String(valueAt(tile, pointerIn(0, canonical) ?? "/none"))).toBe(value);
    }
  });

  it("knows nothing of what is no place", () => {
    expect(hmcStations.sourcePointer("/id", null)).toBeUndefined();
    expect(hmcStations.sourcePointer("/id", { road: 1 })).toBeUndefined();
  });
});

describe("unusualKeys", () => {
  const keysOf = (value: unknown, index = 0) =>
    hmcStations.unusualKeys(placeOf(tile, index), { value: tileWith(value), index });
  const tileWith = (value: unknown) => ({ ...tile, ...(typeof value === "object" ? value : {}) });

  it("finds none where all is as in real tiles", () => {
    expect(keysOf({})).toEqual([]);
    const { features } = defectTile("public-tool.geojson");
    for (const feature of Array.isArray(features) ? features : []) {
      expect(hmcStations.unusualKeys(feature)).toEqual([]);
    }
  });

  it("tells other spellings and keys nobody knows, with the tile's first place only", () => {
    const tile = defectTile("snake-case.json");
    const found = hmcStations.unusualKeys(placeOf(tile, 0), documentOf(tile, 0));
    const told = found.map(({ pointer, readAs }) => [pointer, readAs]);
    expect(told).toContainEqual(["/port_attribute", "portAttribute"]);
    expect(told).toContainEqual(["/port_attribute/*/number_of_ports", "numberOfPorts"]);
    expect(told).toContainEqual(["/port_attribute/*/power_in_kw", undefined]);
    expect(told).toContainEqual(["/place_access_attribute/*/access_type", undefined]);
    expect(hmcStations.unusualKeys(placeOf(tile, 0), documentOf(tile, 1))).toEqual([]);
  });

  it("tells a renamed list once, not what is in it", () => {
    const sockets = [{ placeIndex: [0], plug: { kind: "31" } }];
    expect(keysOf({ sockets })).toEqual([{ pointer: "/sockets", value: sockets, readAs: undefined }]);
  });

  it("knows every key that is read by another name", () => {
    const port = { placeIndices: [0], connectorTypeId: "31", portCount: 2 };
    const tile = tileOfOne({ portAttribute: [port] });
    const found = hmcStations.unusualKeys(placeOf(tile, 0), documentOf(tile, 0));
    expect(found).toContainEqual({
      pointer: "/portAttribute/*/portCount",
      value: 2,
      readAs: "numberOfPorts",
    });
    const record = readable(hmcStations.read(placeOf(tile, 0), asIs, "whole", documentOf(tile, 0)));
    expect(record.location.evses).toHaveLength(2);
  });
});

function leaves(value: unknown, pointer: string): string[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [pointer];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${pointer}/${key}`));
}

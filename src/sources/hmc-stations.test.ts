import { describe, expect, it } from "vitest";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { connectorTypeOfId } from "./connector-type-ids.js";
import { dialectShownBy } from "./dialect-signs.js";
import { asIs } from "./dialect.js";
import { hmcStations, hmcStationsWith } from "./hmc-stations.js";
import {
  type Tile,
  answerFor,
  defectTile,
  noteTexts,
  readable,
  recordOf,
  tileOfOne,
} from "./hmc-stations.test-support.js";

function tagsOf(tile: Tile, index: number): Record<string, string> {
  const made = tagLocation(recordOf(tile, index), { ...DEFAULT_TAGGING, name: true });
  if ("reason" in made) throw new Error(made.reason);
  return Object.fromEntries(made.station.tags.map(({ key, value }) => [key, value]));
}

function refusalOf(tile: Tile, index: number): string {
  const made = tagLocation(recordOf(tile, index), DEFAULT_TAGGING);
  return "reason" in made ? made.reason : "none";
}

describe("a tile's places", () => {
  const tile = defectTile("joins.json");

  it("are joined with their lists by reference and index, whatever the order of the lists", () => {
    expect(tagsOf(tile, 0)).toEqual({
      amenity: "charging_station",
      capacity: "4",
      name: "Markthalle Süd",
      opening_hours: "Mo-Fr 08:00-20:00; Sa 09:00-24:00",
      "payment:credit_cards": "yes",
      "socket:type2": "4",
    });
    const { location } = recordOf(tile, 0);
    expect(location).toMatchObject({
      id: "276u33d-a1",
      country: "DEU",
      coordinates: { latitude: "52.52", longitude: "13.42" },
      postal_code: "10115",
      help_phone: "+49 30 0000000",
    });
  });

  it("add up ports of one type and keep types apart", () => {
    expect(tagsOf(tile, 1)).toEqual({
      amenity: "charging_station",
      operator: "Ladewerk Muster",
      "payment:credit_cards": "yes",
      "socket:chademo": "2",
      "socket:type2_combo": "3",
    });
  });

  it("share an attribute where its placeIndex names several", () => {
    expect(tagsOf(tile, 2)["socket:type2"]).toBe("4");
  });

  it("never get ids that are not theirs, the data supplier as operator, or a power", () => {
    for (const index of [0, 1, 2]) {
      const record = recordOf(tile, index);
      expect(record.ocpiLocationId).toBeUndefined();
      expect(record.location.evses.every(({ evse_id }) => evse_id === undefined)).toBe(true);
      expect(JSON.stringify(tagsOf(tile, index))).not.toMatch(/276u33d|Data Supplier|ref:|output/);
    }
  });

  it("all say that the layer has no EVSEs, once", () => {
    for (const index of [0, 1, 2]) {
      const codes = recordOf(tile, index).notes.map(({ code }) => code);
      expect(codes.filter((code) => code === "no-evse-data")).toHaveLength(1);
    }
  });

  it("tell HERE's supplier where an identifier is a content id, in a note only", () => {
    const externalIdentifier = "276u33d8xy1zq-aGVyZS1ldjplY29tb3ZlbWVudDoyMDEyMTg1ODgz";
    const tile = tileOfOne({ externalIdentifier: [{ externalIdentifier, type: "EV_POOL" }] });
    expect(noteTexts(recordOf(tile, 0))).toContain("here-supplier: ecomovement, id 2012185883");
    expect(JSON.stringify(tagsOf(tile, 0))).not.toMatch(/ecomovement|2012185883|276u33d/);
  });

  it("are read from lists named in the plural", () => {
    const { place, location, portAttribute, ...others } = defectTile("joins.json");
    const plural = { ...others, places: place, locations: location, portAttributes: portAttribute };
    const answer = hmcStations.read([place].flat()[0], asIs, "whole", { value: plural, index: 0 });
    expect(readable(answer).location).toEqual(recordOf(defectTile("joins.json"), 0).location);
  });

  it("are read from any spelling of keys, wrappers, prefixed enumerations and int64 texts", () => {
    const tile = defectTile("snake-case.json");
    expect(answerForFirst(tile)).toMatchObject({ id: "a", country: "DEU", suboperator: { name: "Stromer" } });
    expect(tagsOf(tile, 0)).toEqual({
      amenity: "charging_station",
      access: "customers",
      capacity: "2",
      opening_hours: "Mo-Tu 08:00-18:00",
      "payment:contactless": "yes",
      "socket:type2": "2",
    });
  });
});

function answerForFirst(tile: Tile): object {
  const place = (Array.isArray(tile["place"]) ? tile["place"] : [])[0];
  return readable(hmcStations.read(place, asIs, "whole", { value: tile, index: 0 })).location;
}

describe("what cannot be joined", () => {
  const tile = defectTile("loose-ends.json");

  it("is told by the tile's first place where it is about no place", () => {
    expect(noteTexts(recordOf(tile, 0))).toContain(
      "shared-part-missing: /portAttribute/0/placeIndex/1 is 9, place[] has 6 (and 3 more)",
    );
    expect(noteTexts(recordOf(tile, 1)).filter((text) => text.includes("placeIndex"))).toEqual([]);
  });

  it("does not give a place the position of another location", () => {
    expect(refusalOf(tile, 0)).toBe("bad-coordinates");
    expect(noteTexts(recordOf(tile, 0))).toContain(
      'shared-part-missing: locationRef "elsewhere" is not in location[], which has 5',
    );
  });

  it("is taken by position where there is no reference, with a note", () => {
    expect(recordOf(tile, 1).location.coordinates).toEqual({ latitude: "52.42", longitude: "13.32" });
    expect(noteTexts(recordOf(tile, 1))).toContain(
      "shared-part-missing: no locationRef; /location/1, at the place's own position, was taken",
    );
    expect(refusalOf(tile, 5)).toBe("bad-coordinates");
  });

  it("tells an address beyond the list and keeps the place", () => {
    const record = recordOf(tile, 1);
    expect(record.location.country).toBeUndefined();
    expect(noteTexts(record)).toContain(
      "shared-part-missing: /location/1/addressIndex is 7, address[] has 1",
    );
    expect(refusalOf(tile, 1)).toBe("none");
  });

  it("tells a reference that fits two locations", () => {
    expect(recordOf(tile, 2).location.coordinates?.latitude).toBe("52.43");
    expect(noteTexts(recordOf(tile, 2))).toContain(
      'shared-part-missing: 2 locations are "twice"; /location/2 was taken',
    );
  });

  it("leaves a place without identifier out, and what is no place", () => {
    expect(refusalOf(tile, 3)).toBe("no-id");
    expect(answerFor(tile, 4)).toEqual({ unreadable: "not-an-object", detail: '"no place"' });
  });

  it("is told where a whole list is missing", () => {
    const tile = defectTile("missing-lists.json");
    expect(noteTexts(recordOf(tile, 0))).toContain("shared-part-missing: the tile has no location[]");
    expect(refusalOf(tile, 0)).toBe("bad-coordinates");
    const { portAttribute: _, ...portless } = defectTile("joins.json");
    expect(noteTexts(recordOf(portless, 0))).toContain(
      "shared-part-missing: the tile has no portAttribute[]",
    );
    expect(tagsOf(portless, 0)["opening_hours"]).toBeDefined();
  });

  it("is told where the tile of a place could not be had", () => {
    const alone = { identifier: "a", locationRef: { identifier: "l" } };
    const record = readable(hmcStations.read(alone, asIs, "tagging"));
    expect(record.location.id).toBe("a");
    expect(noteTexts(record)).toContain("shared-part-missing: the place came without its tile");
  });
});

describe("counts of ports", () => {
  const tile = defectTile("counts.json");
  const socketsAndCapacity = (index: number): Record<string, string | undefined> => {
    const { capacity, ...tags } = tagsOf(tile, index);
    const sockets = Object.entries(tags).filter(([key]) => key.startsWith("socket:"));
    return { capacity, ...Object.fromEntries(sockets) };
  };

  it("make a capacity only where all ports are of one type and every count agrees", () => {
    expect(tagsOf(defectTile("joins.json"), 0)["capacity"]).toBe("4");
    expect(tagsOf(defectTile("joins.json"), 1)["capacity"]).toBeUndefined();
    expect(tagsOf(defectTile("joins.json"), 2)["capacity"]).toBeUndefined();
    expect(socketsAndCapacity(6)).toEqual({ "socket:chademo": "2", "socket:type2_combo": "2" });
  });

  it("follow numberOfPorts where groundTruthPortCount differs, with a note", () => {
    expect(socketsAndCapacity(0)).toEqual({ "socket:type2": "4" });
    expect(noteTexts(recordOf(tile, 0))).toContain(
      "port-counts-disagree: /portAttribute/0/numberOfPorts is 4, groundTruthPortCount 2",
    );
  });

  it("tell where totalNumberOfPorts counts more than the ports", () => {
    expect(socketsAndCapacity(1)).toEqual({ "socket:type2": "3" });
    expect(noteTexts(recordOf(tile, 1))).toContain(
      "port-counts-disagree: /electricChargeAttribute/1/totalNumberOfPorts is 6, the ports are 3",
    );
    expect(noteTexts(recordOf(tile, 6)).filter((text) => text.startsWith("port-counts"))).toEqual([]);
  });

  it("claim no socket where nobody counted", () => {
    expect(socketsAndCapacity(2)).toEqual({ "socket:type2_combo": "1" });
    expect(socketsAndCapacity(3)).toEqual({ "socket:type2": "2" });
    expect(tagsOf(tile, 4)).toEqual({ amenity: "charging_station" });
  });

  it("are bounded", () => {
    expect(recordOf(tile, 5).location.evses).toHaveLength(1);
    expect(socketsAndCapacity(5)).toEqual({});
    expect(noteTexts(recordOf(tile, 5))).toContain("bad-field: /portAttribute/5/numberOfPorts is 4000000000");
    const many = Array.from({ length: 50 }, () => ({ connectorTypeId: "31", numberOfPorts: 900 }));
    expect(recordOf(tileOfOne({ portAttribute: many }), 0).location.evses.length).toBeLessThan(1100);
  });
});

describe("connector types", () => {
  it.each([
    [{ connectorTypeId: "31" }, "IEC_62196_T2"],
    [{ connectorTypeId: 34 }, "IEC_62196_T2_COMBO"],
    [{ connectorTypeId: "68" }, "TESLA_S"],
    [{ connectorTypeId: "31", connectorType: "CHADEMO" }, "IEC_62196_T2"],
    [{ connectorType: "IEC 62196-3 type 2 combo (Mennekes)" }, "IEC_62196_T2_COMBO"],
    [{ connectorTypeId: "", connectorType: "chademo" }, "CHADEMO"],
    [{ connectorTypeId: "61", connectorType: "Mennekes" }, "IEC_62196_T2"],
    [{ connectorType: "Warp plug" }, "WARP_PLUG"],
    [{}, undefined],
  ])("%j is %s", (port, standard) => {
    const tile = tileOfOne({ portAttribute: [{ numberOfPorts: 1, ...port }] });
    expect(recordOf(tile, 0).location.evses[0]?.connectors).toMatchObject([{ standard }]);
  });

  it.each([
    ["10", `connector-type-ambiguous: id 10, ${connectorTypeOfId(10)?.name}`],
    ["61", "connector-type-unknown: id 61"],
    ["43", "tesla-connector: id 43, Tesla Connector"],
  ])("%s has a note, once", (connectorTypeId, note) => {
    const ports = { connectorTypeId, numberOfPorts: 1 };
    const notes = noteTexts(recordOf(tileOfOne({ portAttribute: [ports, ports] }), 0));
    expect(notes.filter((text) => text === note)).toHaveLength(1);
  });

  it("are those of HERE's own crosswalk where the user saved it", () => {
    const tile = tileOfOne({ portAttribute: [{ connectorTypeId: "61", numberOfPorts: 1 }] });
    const place = { identifier: "p", locationRef: { identifier: "l" } };
    const withCrosswalk = hmcStationsWith([{ id: 61, standard: "MCS" }]);
    const record = readable(withCrosswalk.read(place, asIs, "tagging", { value: tile, index: 0 }));
    expect(record.location.evses[0]?.connectors[0]?.standard).toBe("MCS");
  });

  it.each([
    [true, "CABLE"],
    [false, "SOCKET"],
    [undefined, undefined],
  ])("fixedCable %s is the format %s", (fixedCable, format) => {
    const tile = tileOfOne({ portAttribute: [{ connectorTypeId: "31", numberOfPorts: 1, fixedCable }] });
    expect(recordOf(tile, 0).location.evses[0]?.connectors[0]?.format).toBe(format);
  });
});

describe("access (T5.3)", () => {
  const accessFor = (attribute: object) => {
    const tile = tileOfOne({
      portAttribute: [{ connectorTypeId: "31", numberOfPorts: 1 }],
      placeAccessAttribute: [attribute],
    });
    return { access: tagsOf(tile, 0)["access"], notes: noteTexts(recordOf(tile, 0)) };
  };

  it.each([
    [{}, undefined],
    [{ privateAccess: false }, undefined],
    [{ accessType: "ACCESS_TYPE_UNSPECIFIED" }, undefined],
    [{ accessType: "PUBLIC" }, "yes"],
    [{ accessType: "ACCESS_TYPE_PUBLIC", restrictedAccess: true }, undefined],
    [{ restriction: "BRAND_ONLY" }, "customers"],
    [{ restriction: ["customersOnly"] }, "customers"],
    [{ accessType: "EMPLOYEES" }, "private"],
    [{ privateAccess: true }, "private"],
    [{ restrictedAccess: true }, undefined],
    [{ accessType: "RESTRICTED" }, undefined],
    [{ accessType: 3 }, undefined],
    [{ conditions: { from: "x" } }, undefined],
  ])("%j is %s", (attribute, access) => expect(accessFor(attribute).access).toBe(access));

  it("is not taken from silence", () => {
    const tile = tileOfOne({ portAttribute: [{ connectorTypeId: "31", numberOfPorts: 1 }] });
    expect(tagsOf(tile, 0)).not.toHaveProperty("access");
    expect(noteTexts(recordOf(tile, 0)).filter((text) => text.startsWith("access"))).toEqual([]);
  });

  it("notes what it does not understand", () => {
    expect(accessFor({ restrictedAccess: true }).notes).toContain(
      "access-restricted: /placeAccessAttribute/0/restrictedAccess",
    );
  });
});

describe("categories", () => {
  const tile = defectTile("other-categories.json");

  it("keep places that charge or do not say what they are, and only these", () => {
    expect(answerFor(tile, 0)).toEqual({
      unreadable: "not-charging",
      detail: "not a charging place; categories: 700-7600-0116",
    });
    expect(recordOf(tile, 1).location.id).toBe("both");
    expect(recordOf(tile, 2).location.id).toBe("unreadable");
  });
});

describe("GeoJSON of the public tool", () => {
  const { features } = defectTile("public-tool.geojson");
  const [first, second]: unknown[] = Array.isArray(features) ? features : [];

  it("is read, with the location's identifier and no capacity", () => {
    const record = readable(hmcStations.read(first, asIs, "whole"));
    expect(record.location.id).toBe("loc-b");
    const made = tagLocation(record, DEFAULT_TAGGING);
    if ("reason" in made) throw new Error(made.reason);
    expect(made.station.tags.map(({ key, value }) => `${key}=${value}`)).toEqual([
      "amenity=charging_station",
      "payment:credit_cards=yes",
      "socket:type2=4",
    ]);
    expect(noteTexts(record)).toContainEqual(expect.stringMatching(/^shared-part-missing: GeoJSON/));
  });

  it("is placed by the location's geometry, else by the Feature's", () => {
    const at = (value: unknown) => readable(hmcStations.read(value, asIs, "tagging")).location.coordinates;
    expect(at(second)).toEqual({ latitude: "52.53", longitude: "13.43" });
    const geometry = { type: "Point", coordinates: [13.4, 52.5] };
    const lone = { type: "Feature", geometry, properties: { location: { identifier: "l" } } };
    expect(at(lone)).toEqual({ latitude: "52.5", longitude: "13.4" });
  });
});

describe("detection", () => {
  const [feature]: unknown[] = [defectTile("public-tool.geojson")["features"]].flat();

  it.each([
    ["a tile", defectTile("joins.json")],
    ["a tile in snake_case", defectTile("snake-case.json")],
    ["a Feature", feature],
  ])("knows %s", (_, value) => expect(dialectShownBy(value)).toBe("hmc-stations"));
});

describe("what is no place", () => {
  it.each([
    [null, "not-an-object"],
    [[], "not-an-object"],
    [{}, "not-a-location"],
    [{ type: "Feature", properties: { road: 1 } }, "not-a-location"],
    [defectTile("joins.json"), "not-a-location"],
  ])("is refused", (value, reason) => {
    expect(hmcStations.read(value, asIs, "tagging")).toMatchObject({ unreadable: reason });
  });
});

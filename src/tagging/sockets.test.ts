import { describe, expect, test } from "vitest";
import { aConnector, anEvse } from "../ocpi/location.test-support.js";
import type { Connector } from "../ocpi/location.js";
import { NoteCollector } from "./note-collector.js";
import { socketTags } from "./sockets.js";
import { leftBy, placed } from "./tags.test-support.js";

function tagsOf(...evses: Connector[][]): ReturnType<typeof leftBy> {
  const points = placed(...evses.map((connectors) => anEvse({ connectors })));
  return leftBy((tags, notes) => socketTags(points, "DE", tags, notes));
}

const socket = aConnector();
const cable = aConnector({ format: "CABLE" });
const ccs = (max_electric_power: number): Connector => ({
  standard: "IEC_62196_T2_COMBO",
  max_electric_power,
});

describe("T3.1: the count is of EVSEs, not of connectors", () => {
  test("two connectors of one key on one EVSE count once", () => {
    expect(tagsOf([socket, socket], [socket]).tags["socket:type2"]).toBe("2");
  });

  test("an EVSE with different keys counts for each", () => {
    expect(tagsOf([socket, cable, ccs(50_000)]).tags).toEqual({
      "socket:type2": "1",
      "socket:type2:output": "22 kW",
      "socket:type2_cable": "1",
      "socket:type2_cable:output": "22 kW",
      "socket:type2_combo": "1",
      "socket:type2_combo:output": "50 kW",
    });
  });

  test("keys that take turns on one EVSE count once each", () => {
    expect(tagsOf([socket, cable, socket, cable]).tags).toMatchObject({
      "socket:type2": "1",
      "socket:type2_cable": "1",
    });
  });

  test("EVSEs without connectors have no socket", () => {
    expect(tagsOf([], []).tags).toEqual({});
  });

  test("T3.3: connectors without a key are noted with their text and leave the rest as it is", () => {
    const notes = new NoteCollector();
    const evse = anEvse({ connectors: [{ standard: "TYPE_2_OUTLET" }, {}, socket] });
    socketTags(placed(evse), "DE", [], notes);
    expect(notes.notes()).toEqual([
      {
        code: "unknown-standard",
        pointer: "/evses/0/connectors/0/standard",
        detail: "TYPE_2_OUTLET (and 1 more)",
      },
    ]);
    expect(tagsOf([{ standard: "TYPE_2_OUTLET" }, socket]).tags["socket:type2"]).toBe("1");
  });
});

describe("T3.4: the output", () => {
  test("distinct powers, highest first", () => {
    const { tags } = tagsOf([ccs(50_000)], [ccs(300_000), ccs(150_000)], [ccs(50_000)], [ccs(149_990)]);
    expect(tags["socket:type2_combo:output"]).toBe("300 kW;150 kW;50 kW");
  });

  test("numbers, not texts, decide the order", () => {
    const { tags } = tagsOf([ccs(90_000)], [ccs(100_000)], [ccs(9500)]);
    expect(tags["socket:type2_combo:output"]).toBe("100 kW;90 kW;9.5 kW");
  });

  test("of connectors that state it, although others of the key do not", () => {
    const { tags } = tagsOf([socket], [aConnector({ max_electric_power: 0 })]);
    expect(tags).toEqual({ "socket:type2": "2", "socket:type2:output": "22 kW" });
  });

  test("T4.1: kilowatts where watts belong are read and noted", () => {
    expect(tagsOf([aConnector({ max_electric_power: 22 })])).toEqual({
      tags: { "socket:type2": "1", "socket:type2:output": "22 kW" },
      notes: ["power-in-kw"],
    });
  });

  test("T4.5: a power above the ceiling is noted, not written, and not made up from volts and amperes", () => {
    const connector = aConnector({ max_electric_power: 22_000_000, max_voltage: 230, max_amperage: 32 });
    expect(tagsOf([connector])).toEqual({ tags: { "socket:type2": "1" }, notes: ["power-implausible"] });
  });

  test("T4.5: the note of a product shows where it comes from, and no more digits than a power has", () => {
    const notes = new NoteCollector();
    const connector = aConnector({ max_electric_power: 0, max_voltage: 400, max_amperage: 22_000 });
    socketTags([{ evse: anEvse({ connectors: [connector] }), index: 3 }], "LT", [], notes);
    expect(notes.notes()).toEqual([
      {
        code: "power-implausible",
        pointer: "/evses/3/connectors/0/max_voltage",
        detail: "15242.05 kW at type2",
      },
    ]);
  });

  test("T4.6: what would be written as 0 kW is not written", () => {
    expect(tagsOf([aConnector({ max_electric_power: 0.001 })]).tags).toEqual({ "socket:type2": "1" });
  });

  test("T4.2: a fast charger's volts and amperes are not multiplied", () => {
    const connector = {
      standard: "IEC_62196_T2_COMBO",
      power_type: "DC",
      max_voltage: 920,
      max_amperage: 400,
    };
    expect(tagsOf([connector]).tags).toEqual({ "socket:type2_combo": "1" });
  });
});

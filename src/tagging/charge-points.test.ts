import { describe, expect, test } from "vitest";
import { type Position, positionOf } from "../ocpi/coordinates.js";
import type { Evse } from "../ocpi/location.js";
import { aConnector, anEvse } from "../ocpi/location.test-support.js";
import { MAX_CHARGE_POINTS, type Point, chargePoints } from "./charge-points.js";
import { NoteCollector } from "./note-collector.js";
import { placed, tagRecord } from "./tags.test-support.js";

function stationAt(latitude: string, longitude: string): Position {
  const position = positionOf({ latitude, longitude });
  if (typeof position === "string") throw new Error(position);
  return position;
}

const STATION = stationAt("54.6872", "25.2797");

function made(...evses: Evse[]): { points: readonly Point[]; notes: readonly string[] } {
  const notes = new NoteCollector();
  const points = chargePoints(STATION, placed(...evses), "LT", notes);
  return { points, notes: notes.notes().map(({ code }) => code) };
}

function evseAt(latitude: string, longitude: string, fields: Partial<Evse> = {}): Evse {
  return anEvse({ coordinates: { latitude, longitude }, ...fields });
}

describe("T6: charge_point nodes", () => {
  test("claim no capacity where the number of EVSEs is not known", () => {
    const evses = placed(evseAt("54.6874", "25.2797"));
    const [point] = chargePoints(STATION, evses, "LT", new NoteCollector(), false);
    expect(tagRecord(point?.tags ?? [])).toEqual({
      man_made: "charge_point",
      "socket:type2": "1",
      "socket:type2:output": "22 kW",
    });
  });

  test("one for each EVSE position apart from the Location's, with what its EVSEs have", () => {
    const { points, notes } = made(
      evseAt("54.6874", "25.2797", { evse_id: "LT*ABC*E2", physical_reference: "B" }),
      evseAt("54.6873", "25.2797", { evse_id: "LT*ABC*E3" }),
      evseAt("54.68740", "25.2797000", {
        evse_id: "LT*ABC*E1",
        physical_reference: "A",
        connectors: [aConnector({ format: "CABLE" })],
      }),
    );
    expect(notes).toEqual([]);
    expect(points.map(({ lat, lon, tags }) => ({ lat, lon, tags: tagRecord(tags) }))).toEqual([
      {
        lat: "54.6873",
        lon: "25.2797",
        tags: {
          capacity: "1",
          man_made: "charge_point",
          "ref:EU:EVSE": "LT*ABC*E3",
          "socket:type2": "1",
          "socket:type2:output": "22 kW",
        },
      },
      {
        lat: "54.6874",
        lon: "25.2797",
        tags: {
          capacity: "2",
          man_made: "charge_point",
          ref: "A;B",
          "ref:EU:EVSE": "LT*ABC*E1;LT*ABC*E2",
          "socket:type2": "1",
          "socket:type2:output": "22 kW",
          "socket:type2_cable": "1",
          "socket:type2_cable:output": "22 kW",
        },
      },
    ]);
  });

  test.each([
    ["at the station", "54.6872", "25.2797", 0],
    ["under 2 m away", "54.687217", "25.2797", 0],
    ["over 2 m away", "54.687219", "25.2797", 1],
    ["no usable position", "x", "25.2797", 0],
    ["at 0, 0", "0", "0", 0],
  ])("%s", (_what, latitude, longitude, count) => {
    const { points, notes } = made(evseAt(latitude, longitude));
    expect(points).toHaveLength(count);
    expect(notes).toEqual([]);
  });

  test("EVSEs without a position have no node", () => {
    expect(made(anEvse(), anEvse()).points).toEqual([]);
  });

  test("farther than a kilometre one of the positions is wrong: noted, no node", () => {
    expect(made(evseAt("54.6972", "25.2797"))).toEqual({ points: [], notes: ["evse-far-away"] });
  });

  test("south to north, then west to east, however the EVSEs stand", () => {
    const evses = [
      evseAt("54.688", "25.2797"),
      evseAt("54.687", "25.28"),
      evseAt("54.687", "25.279"),
      evseAt("54.6865", "25.2797"),
    ];
    const places = (list: Evse[]): string[] => made(...list).points.map(({ lat, lon }) => `${lat} ${lon}`);
    expect(places(evses)).toEqual(["54.6865 25.2797", "54.687 25.279", "54.687 25.28", "54.688 25.2797"]);
    expect(places(evses.toReversed())).toEqual(places(evses));
  });

  test("a list that does not fit is withheld and noted", () => {
    const evses = Array.from({ length: 40 }, (_, i) =>
      evseAt("54.6874", "25.2797", { evse_id: `LT*ABC*E${1000 + i}`, physical_reference: `column ${i}` }),
    );
    const { points, notes } = made(...evses);
    expect(notes).toContain("value-too-long");
    expect(tagRecord(points[0]?.tags ?? [])).toEqual({
      capacity: "40",
      man_made: "charge_point",
      "socket:type2": "40",
      "socket:type2:output": "22 kW",
    });
  });

  test("more positions than node ids are kept for: none is written", () => {
    const row = (count: number): Evse[] =>
      Array.from({ length: count }, (_, i) => evseAt((54.688 + i * 1e-6).toFixed(6), "25.2797"));
    expect(made(...row(MAX_CHARGE_POINTS)).points).toHaveLength(MAX_CHARGE_POINTS);
    expect(made(...row(MAX_CHARGE_POINTS + 1))).toEqual({ points: [], notes: ["too-many-charge-points"] });
  });
});

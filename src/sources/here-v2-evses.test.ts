import { array, assert, constantFrom, integer, property, record as recordOf } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  aGroup,
  aStation,
  fixtureJson,
  fixtureStations,
  readStation,
  tagged,
} from "../commands/here-v2.test-support.js";

const evseOf = (id: string, ...types: readonly unknown[]) => ({
  id,
  state: "AVAILABLE",
  connectors: types.map((typeId, index) => ({ id: `${index}`, typeId })),
});

describe("a group of N connectors", () => {
  it("is N sockets of its type and power; how many cars charge at once it does not say", () => {
    const { tags, notes } = tagged(
      aStation([aGroup(34, 2, { maxPowerLevel: 150 }), aGroup(34, 1, { maxPowerLevel: 50 }), aGroup(29, 2)]),
    );
    expect(tags).toMatchObject({
      "socket:type2_combo": "3",
      "socket:type2_combo:output": "150 kW;50 kW",
      "socket:chademo": "2",
    });
    expect(tags["capacity"]).toBeUndefined();
    expect(notes).toEqual(["capacity-unknown: "]);
  });

  it("counts as stated, whatever the groups are", () => {
    const group = recordOf({ type: constantFrom(29, 31, 34, 52), count: integer({ min: 0, max: 9 }) });
    assert(
      property(array(group, { minLength: 1, maxLength: 6 }), (groups) => {
        const record = readStation(aStation(groups.map(({ type, count }) => aGroup(type, count))));
        const total = groups.reduce((sum, { count }) => sum + count, 0);
        expect(record.location.evses).toHaveLength(total);
        expect(record.evseCountKnown).toBe(total === 0 ? undefined : false);
      }),
    );
  });

  it.each<[string, object, number, string | undefined]>([
    [
      "as many as it lists states",
      { connectorStatuses: { connectorStatus: [{ state: "A" }, { state: "A" }] } },
      2,
      undefined,
    ],
    ["one, where it says nothing", {}, 1, "connectors-uncounted: 31"],
    [
      "one, where the number cannot be meant",
      { chargingPoint: { numberOfConnectors: 1e9 } },
      1,
      "connectors-uncounted: 31",
    ],
    [
      "one, where the number is no number",
      { chargingPoint: { numberOfConnectors: "two" } },
      1,
      "connectors-uncounted: 31",
    ],
    ["none, where it says none", { chargingPoint: { numberOfConnectors: 0 } }, 0, undefined],
  ])("is %s", (_what, rest, count, note) => {
    const { location, notes } = readStation(
      aStation({ connectorType: { id: "31" }, fixedCable: true, ...rest }),
    );
    expect(location.evses).toHaveLength(count);
    expect(notes.some(({ code }) => code === "connectors-uncounted")).toBe(note !== undefined);
  });

  it("that stands alone has the station's total, where it has no number itself", () => {
    const station = aStation(
      { connectorType: { id: 31 }, fixedCable: true },
      { totalNumberOfConnectors: "4" },
    );
    expect(tagged(station).tags).toMatchObject({ "socket:type2_cable": "4" });
  });

  it("tells when the station has more connectors than its groups: the answer was pruned", () => {
    const { notes } = tagged(aStation(aGroup(34, 2), { totalNumberOfConnectors: 6 }));
    expect(notes).toContain("evses-pruned: totalNumberOfConnectors is 6, the record holds 2");
  });

  it("never makes more than a thousand EVSEs of a record", () => {
    const groups = Array.from({ length: 5000 }, () => aGroup(31, 1000));
    const { location, notes } = readStation(aStation(groups));
    expect(location.evses).toHaveLength(1000);
    expect(notes[0]).toMatchObject({
      code: "bad-field",
      detail: "more than 1000 connectors: the rest is left out",
    });
  });

  it("has its format from fixedCable", () => {
    const socketsOf = (fixedCable: unknown) =>
      Object.keys(tagged(aStation(aGroup(31, 1, { fixedCable }))).tags).filter((key) =>
        key.startsWith("socket"),
      );
    expect(socketsOf(true)).toEqual(["socket:type2_cable"]);
    expect(socketsOf("false")).toEqual(["socket:type2"]);
    expect(tagged(aStation(aGroup(31, 1, { fixedCable: undefined }))).notes).toContain(
      "format-missing: IEC_62196_T2",
    );
  });
});

describe("EVSEs that the source tells of", () => {
  it("make the capacity; groups complete what the plugs leave out", () => {
    const station = aStation(
      [
        aGroup(34, 2, { maxPowerLevel: 150, powerFeedType: { name: "DC" } }),
        aGroup(31, 2, { fixedCable: false }),
      ],
      { evses: { evse: [evseOf("a", 34, "31"), evseOf("b", "34", 31)] } },
    );
    const { tags, notes } = tagged(station);
    expect(tags).toMatchObject({
      capacity: "2",
      "socket:type2": "2",
      "socket:type2_combo": "2",
      "socket:type2_combo:output": "150 kW",
    });
    expect(notes).toEqual([]);
    expect(readStation(station).evseCountKnown).toBeUndefined();
  });

  it("that are fewer than the groups say leave the rest to the groups, and no capacity", () => {
    const station = aStation(aGroup(34, 5), { evses: [evseOf("a", 34), evseOf("b", 34)] });
    const { tags, notes } = tagged(station);
    expect(tags["socket:type2_combo"]).toBe("5");
    expect(tags["capacity"]).toBeUndefined();
    expect(notes).toContain("evses-pruned: 3 of 5 connectors are in no EVSE");
  });

  it("of a pruned answer are no capacity", () => {
    const evses = [evseOf("a", 34), evseOf("b", 34)];
    expect(tagged(aStation([], { evses, totalNumberOfConnectors: 2 })).tags["capacity"]).toBe("2");
    const { tags, notes } = tagged(aStation([], { evses, totalNumberOfConnectors: 4 }));
    expect(tags["capacity"]).toBeUndefined();
    expect(notes).toContain("evses-pruned: totalNumberOfConnectors is 4, the record holds 2");
  });

  it("of two stations of a pool are not one for having one number", () => {
    const status = { connectorStatus: { cpoEvseId: "1", state: "AVAILABLE" } };
    const station = { connectors: { connector: aGroup(34, 1, { connectorStatuses: status }) } };
    const pool = { id: "p", position: { latitude: 52.5, longitude: 13.4 }, stations: [station, station] };
    expect(tagged(pool).tags).toMatchObject({ capacity: "2", "socket:type2_combo": "2" });
  });

  it("may be named by each connector's status: plugs of one EVSE are alternatives", () => {
    const [, paris] = fixtureStations();
    expect(tagged(paris).tags).toMatchObject({
      capacity: "2",
      "ref:EU:EVSE": "FR*EXA*E1;FR*EXA*E2",
      "socket:chademo": "2",
      "socket:type2_combo": "2",
    });
    const { evses } = readStation(paris).location;
    expect(evses.map(({ connectors }) => connectors.length)).toEqual([3, 2]);
    expect(evses.map(({ status }) => status)).toEqual(["AVAILABLE", "CHARGING"]);
  });

  it("are not taken for all while one connector names none", () => {
    const [, paris] = fixtureStations();
    delete paris.connectors.connector[1].connectorStatuses.connectorStatus[0].cpoEvseId;
    delete paris.connectors.connector[1].connectorStatuses.connectorStatus[0].cpoEvseEMI3Id;
    expect(tagged(paris).tags["capacity"]).toBeUndefined();
  });

  it("have their EVSE id from cpoId where it is one, and no warning where it is some other id", () => {
    const station = (cpoId: string) => aStation([], { evses: [{ ...evseOf("a", 34), cpoId }] });
    expect(tagged(station("DE-ABC-E12")).tags["ref:EU:EVSE"]).toBe("DE*ABC*E12");
    expect(tagged(station("12345")).notes).toEqual([]);
  });

  it("of a pool are those of all its stations, which is what v3 has as one location", () => {
    const [pool] = fixtureJson("here-v2/pools.json").pools.pool;
    const record = readStation(pool);
    expect(record.location.id).toMatch(/^528u173z/);
    expect(tagged(pool).tags).toMatchObject({
      capacity: "3",
      "ref:EU:EVSE": "NL*LVB*E1*1;NL*LVB*E1*2;NL*LVB*E2",
      "socket:type2": "2",
      "socket:type2_combo": "1",
      "socket:chademo": "1",
    });
    expect(record.location.evses.map(({ status }) => status)).toEqual([
      "AVAILABLE",
      "OUTOFORDER",
      "CHARGING",
    ]);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locationSchema } from "../ocpi/location.js";
import { NOTE_MEANINGS } from "../ocpi/notes.js";
import { DEFAULT_TAGGING, tagLocation } from "../tagging/tag-location.js";
import { asIs } from "./dialect.js";
import { hmcStations } from "./hmc-stations.js";
import { isRecord, valueAt } from "./json-value.js";

const scalar = fc.oneof(
  fc.constantFrom("31", "34", "a", "b", "MONDAY", "08:00:00", "CREDIT_CARD", "", "-1", "1e9", "__proto__"),
  fc.constantFrom(0, 1, 2, -1, 1.5, 31, 2 ** 53, true, false, null),
  fc.constantFrom({ value: "1" }, { value: 0 }, { text: { language: "de", value: "x" } }, [], {}, [null]),
);

const KEYS = [
  "placeIndex",
  "place_index",
  "identifier",
  "connectorTypeId",
  "connectorType",
  "numberOfPorts",
  "groundTruthPortCount",
  "totalNumberOfPorts",
  "fixedCable",
  "addressIndex",
  "locationRef",
  "displayPosition",
  "latitude",
  "longitude",
  "geometry",
  "name",
  "nameType",
  "primary",
  "text",
  "category",
  "countryCode",
  "officialCountryCode",
  "operatingTime",
  "daysOfWeek",
  "dayOfWeek",
  "timeRange",
  "startTimeOfDay",
  "paymentType",
  "accessType",
  "contactInfo",
  "properties",
  "constructor",
];
const LISTS = [
  "place",
  "location",
  "address",
  "portAttribute",
  "electric_charge_attribute",
  "operatingTime",
  "payment",
  "placeAccessAttribute",
  "contactInformation",
];

const { value: part } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 6 }),
  ),
}));
const element = fc.oneof(
  fc.dictionary(fc.constantFrom(...KEYS), fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), part), {
    maxKeys: 8,
  }),
  part,
);
const tile = fc.dictionary(fc.constantFrom(...LISTS), fc.oneof(fc.array(element, { maxLength: 4 }), part));

describe("whatever a tile holds", () => {
  it("every place of it is a canonical Location or is refused", () => {
    fc.assert(
      fc.property(tile, (made) => {
        // Shrinking puts the same objects into other tiles; what is known of an object is known of its tile.
        const value = structuredClone(made);
        const places = value["place"];
        for (const [index, place] of (Array.isArray(places) ? places : [places]).entries()) {
          const document = { value, index };
          const answer = hmcStations.read(place, asIs, "whole", document);
          hmcStations.unusualKeys(place, document);
          if ("unreadable" in answer) continue;
          expect(locationSchema.safeParse(answer.location).success).toBe(true);
          expect(answer.location.evses.length).toBeGreaterThan(0);
          for (const { code } of answer.notes) expect(NOTE_MEANINGS).toHaveProperty(code);
          tagLocation(answer, DEFAULT_TAGGING);
          for (const canonical of [
            "",
            "/id",
            "/name",
            "/evses/0",
            "/coordinates/latitude",
            "/opening_times",
          ]) {
            const pointer = hmcStations.sourcePointer(canonical, place, document);
            if (pointer !== undefined && Array.isArray(places)) {
              expect(valueAt(value, pointer)).toBeDefined();
            }
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("any JSON without a tile is a canonical Location or is refused", () => {
    const feature = fc.record({ type: fc.constant("Feature"), geometry: part, properties: tile });
    fc.assert(
      fc.property(fc.oneof(feature, tile, part, fc.jsonValue()), (value) => {
        const answer = hmcStations.read(value, asIs, "whole");
        hmcStations.unusualKeys(value);
        hmcStations.sourcePointer("/evses/0", value);
        if (!("unreadable" in answer)) {
          expect(locationSchema.safeParse(answer.location).success).toBe(true);
          expect(isRecord(value)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("the order of ports changes no count", () => {
    const port = fc.record({
      placeIndex: fc.constant([0]),
      connectorTypeId: fc.constantFrom("29", "31", "34"),
      numberOfPorts: fc.integer({ min: 1, max: 20 }),
    });
    const socketsOf = (portAttribute: readonly object[]) => {
      const value = {
        place: [{ identifier: "p", locationRef: { identifier: "l" } }],
        location: [{ identifier: "l", displayPosition: { latitude: 52, longitude: 13 } }],
        portAttribute,
      };
      const answer = hmcStations.read(value.place[0], asIs, "tagging", { value, index: 0 });
      const made = "unreadable" in answer ? answer : tagLocation(answer, DEFAULT_TAGGING);
      return "station" in made ? made.station.tags : [];
    };
    fc.assert(
      fc.property(fc.array(port, { minLength: 1, maxLength: 6 }), (ports) => {
        const tags = socketsOf(ports);
        expect(tags).toEqual(socketsOf(ports.toReversed()));
        const sockets = tags.filter(({ key }) => key.startsWith("socket:"));
        const sum = sockets.reduce((total, { value }) => total + Number(value), 0);
        expect(sum).toBe(ports.reduce((total, { numberOfPorts }) => total + numberOfPorts, 0));
      }),
    );
  });
});

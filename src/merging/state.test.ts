import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryLineError } from "./memory-lines.js";
import type { StateEntry } from "./state-entry.js";
import { parseState, stateText } from "./state.js";

const HEADER = '{"ocpi2osm_state":1,"source":"ignitis"}';

function entry(fields: Partial<StateEntry> = {}): StateEntry {
  return { key: "LT*ABC*1", id: "1", lat: 54.6, lon: 25.2, base: {}, ...fields };
}

describe("the state file", () => {
  it("has a header and an entry a line, sorted by key, members and tags in a fixed order", () => {
    const entries = [
      entry({ osm: ["n2"], base: { capacity: "2", amenity: "charging_station" }, key: "LT*ABC*2", id: "2" }),
      entry({ absent: 1, pending: { capacity: { old: "1", base: null, version: 3 } } }),
    ];
    expect(stateText({ source: "ignitis", entries })).toBe(
      [
        HEADER,
        '{"key":"LT*ABC*1","id":"1","lat":54.6,"lon":25.2,"base":{},"pending":{"capacity":{"old":"1","base":null,"version":3}},"absent":1}',
        '{"key":"LT*ABC*2","id":"2","lat":54.6,"lon":25.2,"osm":["n2"],"base":{"amenity":"charging_station","capacity":"2"}}',
        "",
      ].join("\n"),
    );
  });

  it("is read back as it was written, whatever stands in it", () => {
    const text = fc.string({ unit: "binary", maxLength: 12 });
    const key = text.filter((key) => key !== "__proto__");
    const tags = fc.dictionary(key, text, { maxKeys: 4, noNullPrototype: true });
    const arbitrary = fc.record(
      {
        key: text.map((key) => `K${key}`),
        id: text,
        lat: fc.integer({ min: -90, max: 90 }),
        lon: fc.integer({ min: -180, max: 180 }),
        base: tags,
        operator: text,
        osm: fc.array(fc.constantFrom("n1", "w2", "r3"), { minLength: 1, maxLength: 2 }),
        refused: fc.dictionary(
          key,
          fc.record({ value: fc.option(text), when: fc.constant("2024-01-01") }, { requiredKeys: ["value"] }),
          {
            noNullPrototype: true,
          },
        ),
        deleted: fc.constant(true as const),
      },
      { requiredKeys: ["key", "id", "lat", "lon", "base"] },
    );
    fc.assert(
      fc.property(fc.uniqueArray(arbitrary, { selector: ({ key }) => key }), text, (entries, source) => {
        const written = stateText({ source, entries });
        const state = parseState(written, "state.ndjson");
        expect(state.source).toBe(source);
        expect(new Set(state.entries)).toEqual(new Set(entries));
        expect(stateText(state)).toBe(written);
      }),
    );
  });

  it("keeps members that a later version of it added", () => {
    const line = '{"key":"A","id":"1","lat":1,"lon":2,"base":{},"later":{"x":1}}';
    expect(stateText(parseState(`${HEADER}\n${line}\n`, "s"))).toBe(`${HEADER}\n${line}\n`);
  });

  it.each([
    ["", "s, line 1: no header"],
    ['{"key":"A"}', "s, line 1: ocpi2osm_state: "],
    ['{"ocpi2osm_state":2,"source":"x"}', "s, line 1: the state is of version 2"],
    [`${HEADER}\n\n{"key":"A",`, "s, line 3: not JSON"],
    [`${HEADER}\n{"key":"A","id":"1","lat":"1","lon":2,"base":{}}`, "s, line 2: lat: "],
    [`${HEADER}\n{"key":"A","id":"1","lat":1,"lon":2,"base":{"capacity":2}}`, "s, line 2: base.capacity: "],
    [`${HEADER}\n${stateLine("A")}\n${stateLine("A")}`, "s, line 3: A stands twice"],
  ])("%j is refused: %s", (text, message) => {
    expect(() => parseState(text, "s")).toThrow(MemoryLineError);
    expect(() => parseState(text, "s")).toThrow(message);
  });
});

function stateLine(key: string): string {
  return JSON.stringify(entry({ key }));
}

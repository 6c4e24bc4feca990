import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMITTED, LICENSED, emittedWith } from "./emitted.test-support.js";
import type { TagSource } from "./output-form.js";
import { proposalKey } from "./proposal-id.js";
import { parseSourcesLine, readSources, sourcesForm } from "./sources-form.js";

function sourcesOf(line: string): Record<string, unknown> {
  const { sources } = parseSourcesLine(line.slice(0, -1));
  return Object.fromEntries([...sources].map(([key, text]) => [key, readSources(text)]));
}

describe("the sources of a Location's tags", () => {
  test("come back as they were given, tag by tag", () => {
    const line = sourcesForm.record(EMITTED, LICENSED);
    expect(parseSourcesLine(line.slice(0, -1)).key).toBe("LT*IGN*42");
    expect(sourcesOf(line)).toEqual({
      amenity: [{ pointer: "/id", value: 42 }],
      "socket:type2": [{ pointer: "/evses/0/connectors/0/standard", value: "IEC_62196_T2" }],
    });
  });

  test("come back on one line whatever stands in the record", () => {
    const text = fc.string({ unit: "binary", maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom("\t", "\n", "a\tb", "\u2028", "\ud800", '"\\')), (odd) => {
        const emitted = emittedWith(odd);
        const line = sourcesForm.record(emitted, LICENSED);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(parseSourcesLine(line.slice(0, -1)).key).toBe(proposalKey(emitted.location));
        expect(sourcesOf(line)["z"]).toEqual([{ pointer: "/name", value: odd }]);
      }),
    );
  });

  test("are few and short: twenty places, 120 characters, no whole record", () => {
    const places: TagSource[] = Array.from({ length: 30 }, (_, i) => ({ pointer: `/evses/${i}`, value: i }));
    const given: Record<string, readonly TagSource[]> = {
      amenity: [{ pointer: "", value: { id: "42" } }],
      "socket:type2": [{ pointer: "/name", value: "x".repeat(200) }, ...places],
    };
    const read = sourcesOf(
      sourcesForm.record({ ...EMITTED, sourcesOf: (_, key) => given[key] ?? [] }, LICENSED),
    );
    expect(read["amenity"]).toEqual([{ pointer: "", value: null }]);
    expect(read["socket:type2"]).toEqual([
      { pointer: "/name", value: `"${"x".repeat(119)}…` },
      ...places.slice(0, 19),
    ]);
  });

  test("are only those that are asked for, where not all are", () => {
    expect(
      Object.keys(sourcesOf(sourcesForm.record({ ...EMITTED, asked: ["amenity", "x"] }, LICENSED))),
    ).toEqual(["amenity"]);
    expect(sourcesOf(sourcesForm.record({ ...EMITTED, asked: [] }, LICENSED))).toEqual({});
  });

  test("that come again are kept once", () => {
    const text = JSON.stringify([{ pointer: "/operator/name", value: "Ignitis" }]);
    expect(readSources(text)).toBe(readSources(text));
    const many = Array.from({ length: 60_000 }, (_, i) => i);
    const read = many.map((i) => readSources(`[{"pointer":"/id","value":${i}}]`)[0]?.value);
    expect(read).toEqual(many);
    expect(readSources(text)).toEqual([{ pointer: "/operator/name", value: "Ignitis" }]);
  });
});

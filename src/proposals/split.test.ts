import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLoadable } from "./loadable-edits.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { CREATE, MODIFY, NODE, REVIEW } from "./proposal.test-support.js";
import { MAX_ELEMENTS, parseSplit, partFile, splitEdits } from "./split.js";

/** `count` creates of one element each, each place in turn, a few metres from each other. */
function creates(count: number, country: string | undefined, places = [{ lat: 55, lon: 20 }]) {
  return Array.from({ length: count }, (_, index) => {
    const { lat = 0, lon = 0 } = places[index % places.length] ?? {};
    return {
      ...CREATE,
      id: `create/${country}/${String(index).padStart(6, "0")}`,
      location: { ...CREATE.location, country, lat: lat + index / 1e6, lon },
      chargePoints: [],
    };
  });
}

describe("--split", () => {
  it.each([
    ["country", "country"],
    ["1", 1],
    ["50", 50],
    ["10000", 10_000],
    ["10001", undefined],
    ["0", undefined],
    ["-5", undefined],
    ["1e3", undefined],
    ["Country", undefined],
    ["", undefined],
  ])("takes %j as %j", (text, split) => {
    expect(parseSplit(text)).toBe(split);
  });

  it("names the files of a part", () => {
    expect(partFile("changes.osm", "LT-1")).toBe("changes-LT-1.osm");
  });

  it("makes a part of each country, and more when a changeset cannot hold it", () => {
    const proposals = [...creates(MAX_ELEMENTS + 1, "LT"), ...creates(2, "LV"), ...creates(1, undefined)];
    expect(splitEdits(proposals, "country").map(({ name, elements }) => [name, elements])).toEqual([
      ["LT-1", 10_000],
      ["LT-2", 1],
      ["LV-1", 2],
      ["unknown-1", 1],
    ]);
  });

  it("makes parts of the size asked for, each of places near each other", () => {
    const towns = [
      { lat: 54.7, lon: 25.3 },
      { lat: 55.7, lon: 21.1 },
      { lat: 54.9, lon: 23.9 },
    ];
    const parts = splitEdits(creates(75, "LT", towns), 25);
    expect(parts.map(({ name, elements }) => [name, elements])).toEqual([
      ["LT-1", 25],
      ["LT-2", 25],
      ["LT-3", 25],
    ]);
    for (const { proposals } of parts)
      expect(new Set(proposals.map(({ location }) => location.lon)).size).toBe(1);
  });

  it("keeps together what changes one element, and a create with its charge points", () => {
    const relink = { ...MODIFY, id: "relink/elsewhere", change: "relink" as const };
    const parts = splitEdits(
      [CREATE, MODIFY, relink, { ...MODIFY, id: "modify/2", target: { ...NODE, id: 124 } }],
      1,
    );
    const texts = parts.map(
      ({ elements, proposals }) => `${elements}: ${proposals.map(({ id }) => id).join(" ")}`,
    );
    expect(texts.sort()).toEqual([
      "1: modify/2",
      "1: modify/LT*IGN*42 relink/elsewhere",
      "2: create/LT*IGN*7",
    ]);
  });

  it("takes only what files for editors hold", () => {
    expect(splitEdits([REVIEW, { ...MODIFY, change: "close" }], 10)).toEqual([]);
  });

  it("makes no path of a country", () => {
    const [part] = splitEdits([{ ...MODIFY, location: { ...MODIFY.location, country: "../x" } }], 10);
    expect(part?.name).toBe("unknown-1");
  });

  it("puts each edit into one part, and the same whatever their order", () => {
    fc.assert(
      fc.property(anyProposals, fc.integer({ min: 1, max: 4 }), (proposals, size) => {
        const parts = splitEdits(proposals, size);
        const ids = parts.map(({ proposals }) => proposals.map(({ id }) => id).sort());
        expect(ids.flat().sort()).toEqual(
          proposals
            .filter(isLoadable)
            .map(({ id }) => id)
            .sort(),
        );
        for (const { elements, proposals } of parts)
          expect(elements <= size || proposals.length === 1).toBe(true);
        const again = splitEdits([...proposals].reverse(), size);
        expect(again.map(({ proposals }) => proposals.map(({ id }) => id).sort())).toEqual(ids);
      }),
    );
  });
});

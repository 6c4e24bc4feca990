import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import * as api from "../src/index.js";
import { itWithOsmium, osmium } from "../src/osm/osmium.test-support.js";
import { locationForm, parseLocationLine } from "../src/proposals/location-form.js";
import { blocksOf, writeSet } from "./generate-osm.mjs";
import { stationIn } from "./synthetic/layouts.mjs";
import { metresBetween } from "./synthetic/metres.mjs";
import { osmDocument } from "./synthetic/osm-document.mjs";
import { PERTURBATIONS } from "./synthetic/perturbations.mjs";
import { onlyThese, wantedSet } from "./synthetic/wanted-set.mjs";

const tagger = { ...api, locationForm, parseLocationLine };
const set = (values: Record<string, string>) => ({ ...wantedSet({ locations: "400", ...values }) });

async function made(wanted: ReturnType<typeof set>) {
  const blocks: Awaited<ReturnType<ReturnType<typeof blocksOf>["next"]>>["value"][] = [];
  for await (const block of blocksOf(tagger, wanted)) blocks.push(block);
  const all = blocks.filter((block) => block !== undefined);
  let document = "";
  for await (const text of osmDocument(eachOf(all))) document += text;
  return {
    document,
    locations: all.flatMap((block) => block.locations),
    truth: all.flatMap((block) => block.truth),
  };
}

async function* eachOf<T>(some: readonly T[]) {
  yield* some;
}

interface Read {
  name: string;
  tags: Record<string, string>;
  lat: number;
  lon: number;
}

function elementsIn(document: string): Map<string, Read> {
  const elements = new Map<string, Read>();
  const parser = new SaxesParser();
  let last: Read | undefined;
  parser.on("opentag", ({ name, attributes: a }) => {
    if (name === "tag" && last) last.tags[String(a["k"])] = String(a["v"]);
    if (!["node", "way", "relation"].includes(name)) return;
    last = { name: `${name.charAt(0)}${a["id"]}`, tags: {}, lat: Number(a["lat"]), lon: Number(a["lon"]) };
    elements.set(last.name, last);
  });
  parser.write(document).close();
  return elements;
}

const isCharging = ({ tags }: Read) =>
  Object.entries(tags).some(
    ([key, value]) =>
      /(?:^|:)(?:amenity|man_made)$/.test(key) && /^(?:charging_station|charge_point)$/.test(value),
  );

describe("generate-osm", () => {
  test("the same arguments give the same bytes in every file, another seed others", async () => {
    const folder = mkdtempSync(join(tmpdir(), "generate-osm-"));
    try {
      const files = async (name: string, seed: string) => {
        await writeSet(tagger, set({ seed }), join(folder, name));
        return ["feed.ndjson", "osm.osm", "truth.ndjson"].map((file) =>
          readFileSync(join(folder, name, file), "utf8"),
        );
      };
      const [first, again, other] = [await files("a", "3"), await files("b", "3"), await files("c", "4")];
      expect(again).toEqual(first);
      for (const [place, text] of other.entries()) expect(text).not.toBe(first[place]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("truth names a line for every Location, in the feed's order, and only charging objects that are there", async () => {
    for (const layout of ["town", "city"]) {
      const { document, locations, truth } = await made(set({ layout }));
      expect(truth.map(({ key }) => key)).toEqual(locations.map(({ key }) => key));
      expect(new Set(truth.map(({ key }) => key)).size).toBe(400);
      const elements = elementsIn(document);
      for (const { osm, lifecycle, perturbations } of truth) {
        expect(osm.length === 0).toBe(perturbations.includes("missing"));
        for (const name of osm) {
          const element = elements.get(name);
          if (element === undefined) throw new Error(`${name} is not in the document`);
          expect(isCharging(element)).toBe(true);
          const prefixes = Object.keys(element.tags).map(
            (key) => /^(.*):(?:amenity|man_made)$/.exec(key)?.[1],
          );
          expect(prefixes.find((prefix) => prefix !== undefined) ?? "").toBe(lifecycle);
        }
      }
    }
  });

  test("every charging object is the truth of a Location or a neighbour in no feed; none is of two sites", async () => {
    const { document, truth } = await made(set({}));
    const owners = new Map<string, string[]>();
    for (const { key, osm } of truth) {
      for (const name of osm) owners.set(name, [...(owners.get(name) ?? []), key]);
    }
    const byKey = new Map(truth.map((one) => [one.key, one]));
    for (const keys of owners.values()) {
      const [first = "", ...others] = keys;
      expect(byKey.get(first)?.sharedWith).toEqual(others);
    }
    const charging = [...elementsIn(document).values()].filter(isCharging);
    const strangers = charging.filter(({ name }) => !owners.has(name));
    const neighbours = new Set(
      truth.flatMap(({ key, sharedWith, perturbations }) =>
        perturbations
          .filter((name) => /^(?:neighbour|elsewhere)/.test(name))
          .map((name) => `${[key, ...sharedWith].sort().join()} ${name}`),
      ),
    );
    expect(strangers).toHaveLength(neighbours.size);
  });

  test("distance is that from the Location to the nearest of its elements", async () => {
    const { document, locations, truth } = await made(set({ only: "shift-120" }));
    const elements = elementsIn(document);
    for (const [place, { osm, distance, sharedWith }] of truth.entries()) {
      const location = locations[place];
      const element = elements.get(osm[0] ?? "");
      if (location === undefined || element === undefined) throw new Error("incomplete");
      expect(Math.abs(metresBetween(location, element) - (distance ?? -1))).toBeLessThan(0.1);
      if (sharedWith.length === 0) expect(distance).toBeGreaterThan(40);
      expect(distance).toBeLessThan(160);
    }
  });

  test("without perturbations OSM says of a station what the program would write", async () => {
    const { document, locations, truth } = await made(set({ only: "", layout: "scattered" }));
    const elements = elementsIn(document);
    for (const [place, location] of locations.entries()) {
      const tags = elements.get(truth[place]?.osm[0] ?? "")?.tags;
      expect(tags).toEqual(Object.fromEntries(location.tags.map(({ key, value }) => [key, value])));
    }
  });

  test("devices mapped apart share out the ids: each EVSE id of the Locations stands on exactly one", async () => {
    for (const only of [
      "split",
      "charge-points-only",
      "with-charge-points",
      "charge-points-only,no-location-id",
    ]) {
      const { document, locations, truth } = await made(set({ only, layout: "town" }));
      const elements = elementsIn(document);
      const evseIds = new Map(locations.map(({ key, evseIds }) => [key, evseIds]));
      for (const { key, osm, sharedWith } of truth) {
        const devices = osm.flatMap((name) => elements.get(name) ?? []);
        const apart = devices.length > 1 ? devices.filter(({ tags }) => tags["ref:EU:EVSE"]) : devices;
        const points = apart.filter(({ tags }) => tags["man_made"] !== undefined);
        const ids = (points.length > 0 ? points : apart).flatMap(
          ({ tags }) => tags["ref:EU:EVSE"]?.split(";") ?? [],
        );
        const expected = [key, ...sharedWith].flatMap((one) => evseIds.get(one) ?? []);
        expect(ids.sort()).toEqual([...expected].sort());
        expect(new Set(ids).size).toBe(ids.length);
      }
    }
  });

  test("each perturbation, alone and applied to all, changes most Locations and is named in the truth", async () => {
    for (const { name } of PERTURBATIONS) {
      const { truth } = await made({ ...set({ locations: "120" }), mixture: onlyThese(name) });
      const touched = truth.filter(({ perturbations }) => perturbations.includes(name));
      expect([name, touched.length > 10]).toEqual([name, true]);
    }
  });

  test("an unknown perturbation or layout is refused by name", () => {
    expect(() => onlyThese("no-ids,nonsense")).toThrow(/"nonsense" is not one of/);
    expect(() => wantedSet({ layout: "village" })).toThrow(/"village" is not one of scattered, town, city/);
  });

  test("in a town, neighbours of one operator are about as frequent as in real feeds", () => {
    const stations = Array.from({ length: 4000 }, (_, index) => stationIn("town", 1, index).station);
    const shareWithin = (least: number, most: number) => {
      const near = stations.filter(({ operator, country, latitude, longitude }, place) =>
        [-2, -1, 1, 2].some((step) => {
          const other = stations[place + step];
          if (other === undefined || other.operator !== operator || other.country !== country) return false;
          const metres = metresBetween(
            { lat: latitude, lon: longitude },
            { lat: other.latitude, lon: other.longitude },
          );
          return metres >= least && metres <= most;
        }),
      );
      return near.length / stations.length;
    };
    expect(shareWithin(0, 0)).toBeGreaterThan(0.06);
    expect(shareWithin(0, 0)).toBeLessThan(0.11);
    expect(shareWithin(0, 200)).toBeGreaterThan(0.2);
    expect(shareWithin(0, 200)).toBeLessThan(0.38);
  });

  itWithOsmium("osmium finds it sorted and complete", async () => {
    const { document } = await made(set({ layout: "city" }));
    expect(osmium(document, "fileinfo", "-e", "-g", "data.objects_ordered")).toBe("yes\n");
    expect(() => osmium(document, "check-refs", "-r")).not.toThrow();
    const { document: areas } = await made(set({ only: "multipolygon" }));
    expect(Number(osmium(areas, "fileinfo", "-e", "-g", "data.count.relations"))).toBeGreaterThan(300);
  });
});

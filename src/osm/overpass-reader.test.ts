import { describe, expect, it } from "vitest";
import { refusal, sourceOf } from "./osm-files.test-support.js";
import { readOsm } from "./read-osm.js";

const tags = { amenity: "charging_station" };

async function read(...elements: object[]) {
  return (await readOsm(sourceOf(JSON.stringify({ version: 0.6, elements })))).objects;
}

describe("Overpass JSON", () => {
  it("gives ways and relations their stated centre, or that of their bounds", async () => {
    const bounds = { minlat: 1, minlon: 2, maxlat: 3, maxlon: 4 };
    expect(
      await read(
        { type: "way", id: 1, nodes: [7], center: { lat: 1.5, lon: 2.5 }, tags },
        { type: "way", id: 2, nodes: [7], bounds, tags },
        { type: "relation", id: 3, members: [{ type: "way", ref: 9, role: "outer" }], bounds, tags },
      ),
    ).toMatchObject([
      { id: 1, lat: 1.5, lon: 2.5, nodes: [7] },
      { id: 2, lat: 2, lon: 3 },
      { id: 3, lat: 2, lon: 3, members: [{ type: "way", ref: 9, role: "outer" }] },
    ]);
  });

  it("takes nodes before a stated centre, and a stated centre before half of the nodes", async () => {
    const way = { type: "way", nodes: [1, 2], center: { lat: 50, lon: 50 }, tags };
    const [n1, n2] = [
      { type: "node", id: 1, lat: 1, lon: 1 },
      { type: "node", id: 2, lat: 3, lon: 3 },
    ];
    expect(await read({ ...way, id: 5 }, n1, n2)).toMatchObject([{ lat: 2, lon: 2 }]);
    expect(await read({ ...way, id: 5 }, n1)).toMatchObject([{ lat: 50, lon: 50 }]);
  });

  it("takes the lines of out geom, for areas too, and leaves clipped ones open", async () => {
    const corner = (lat: number, lon: number) => ({ lat, lon });
    const ring = [corner(0, 0), corner(0, 2), corner(2, 2), corner(0, 0)];
    const objects = await read(
      { type: "way", id: 1, nodes: [1, 2, 3, 1], geometry: ring, tags },
      { type: "way", id: 2, nodes: [1, 2, 3, 1], geometry: [null, ...ring.slice(1)], tags },
      {
        type: "relation",
        id: 3,
        tags: { ...tags, type: "multipolygon" },
        members: [{ type: "way", ref: 8, role: "outer", geometry: ring }],
      },
    );
    expect(objects.map(({ lat, lon, outlines }) => [lat, lon, outlines])).toEqual([
      [1, 1, [ring]],
      [1, 1, []],
      [1, 1, [ring]],
    ]);
  });

  it("keeps any key of a tag, and leaves deleted elements and other kinds of things out", async () => {
    const text = `{"elements":[{"type":"count","id":0},
      {"type":"node","id":2,"visible":false,"lat":1,"lon":1,"tags":{"amenity":"charging_station"}},
      {"type":"node","id":1,"lat":1,"lon":1,"tags":{"amenity":"charging_station","__proto__":"x"}}]}`;
    const { objects } = await readOsm(sourceOf(text));
    expect(objects.map(({ id, tags }) => [id, tags.map(({ key }) => key)])).toEqual([
      [1, ["__proto__", "amenity"]],
    ]);
  });

  it.each([
    ["out ids", { type: "node", id: 1 }],
    ["out skel", { type: "node", id: 1, lat: 1, lon: 2 }],
    ["out count", { type: "count", id: 0, tags: { nodes: "7", total: "7" } }],
  ])("is refused without tags (%s), as all stations would seem missing", async (_, element) => {
    expect(await refusal(JSON.stringify({ elements: [element] }))).toContain("out meta center");
    expect(await read(element, { type: "node", id: 2, lat: 1, lon: 2, tags })).toHaveLength(1);
  });

  it("an answer without anything is an area without stations", async () => {
    expect(await read()).toEqual([]);
  });

  it("is refused with what to do when a query made things of its own", async () => {
    const made = { type: "stats", id: 1, tags: { number: "7" } };
    const said = await refusal(JSON.stringify({ elements: [made] }));
    expect(said).toContain('/elements/0 is of the type "stats"');
    expect(said).toContain("(make, convert)");
  });

  it("is refused with its place when it is damaged", async () => {
    const broken = '{"elements":[{"type":"node","id":1,"tags":{"a":"é"}},]}';
    expect(await refusal(broken)).toContain(`x.osm, byte ${Buffer.byteLength(broken) - 2}: no JSON`);
    expect(await refusal(broken.slice(0, 30))).toContain("no JSON");
    expect(await refusal('{"elements":[{"type":"node","id":"1"}]}')).toContain("/elements/0/id is no part");
    expect(await refusal('{"elements":[{"type":"node","id":1,"tags":{"a":{}}}]}')).toContain(
      "/elements/0/tags",
    );
  });
});

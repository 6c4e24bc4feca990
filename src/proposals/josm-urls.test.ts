import * as fc from "fast-check";
import { expect, it } from "vitest";
import { anyText } from "../osm/xml.test-support.js";
import { addNodeUrl, loadAndZoomUrl, loadObjectUrl } from "./josm-urls.js";

it("loads an element, with tags or without", () => {
  const way = { type: "way", id: 45 } as const;
  expect(loadObjectUrl(way, [{ key: "capacity", value: "4" }])).toBe(
    "http://127.0.0.1:8111/load_object?objects=w45&addtags=capacity%3D4",
  );
  expect(loadObjectUrl(way, [{ key: "operator", value: "a|b" }])).toBe(
    "http://127.0.0.1:8111/load_object?objects=w45",
  );
});

it("keeps the box on the map and selects only what OSM can have", () => {
  const url = new URL(loadAndZoomUrl({ lat: 90, lon: -180 }, ["n1", "n-2", "x3", "w4&select=n5", "r6"]));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    left: "-180",
    right: "-179.999",
    top: "90",
    bottom: "89.999",
    select: "node1,relation6",
  });
});

it("downloads as far as what is selected stands, but for what is far away", () => {
  const standing = [
    { lat: 54.703, lon: 25.301 },
    { lat: 54.8, lon: 25.3 },
  ];
  const url = new URL(loadAndZoomUrl({ lat: 54.7, lon: 25.3 }, ["n1", "n2"], standing));
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    left: "25.299",
    right: "25.302",
    top: "54.704",
    bottom: "54.699",
  });
});

it("is one link whatever the tags are, and JOSM reads back the tags it is sent", () => {
  const tag = fc.record({ key: anyText, value: anyText });
  fc.assert(
    fc.property(fc.array(tag, { minLength: 1, maxLength: 3 }), (tags) => {
      const url = new URL(addNodeUrl({ lat: "1", lon: "2", tags }));
      expect([...url.searchParams.keys()]).toEqual(["lon", "lat", "addtags"]);
      const sent = tags.filter(({ key, value }) => !/[=|]/.test(key) && !value.includes("|"));
      const read = url.searchParams.get("addtags") ?? "";
      expect(read === "" ? 0 : read.split("|").length).toBe(sent.length);
    }),
  );
});

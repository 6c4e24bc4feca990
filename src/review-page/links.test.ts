import { expect, it } from "vitest";
import { historyUrl, josmCommand, namedElementUrl, osmUrl, tagBlock } from "./links.js";
import { candidateOf, lineOf, tagOf } from "./review.test-support.js";

const undecided = (): undefined => undefined;

it("leads to the object and its history, or to the place where there is none", () => {
  expect(osmUrl(lineOf())).toBe("https://www.openstreetmap.org/node/123");
  expect(historyUrl(lineOf())).toBe("https://www.openstreetmap.org/node/123/history");
  const { target: _, ...create } = lineOf({ change: "create" });
  expect(osmUrl(create)).toContain("mlat=54.7&mlon=25.3");
  expect(historyUrl(create)).toBeUndefined();
});

it("does not lead to objects that OSM's database does not have", () => {
  expect(namedElementUrl("w7")).toBe("https://www.openstreetmap.org/way/7");
  expect(namedElementUrl("n-7")).toBeUndefined();
});

it("sends JOSM the tags of an edit, without those a reviewer refused or put off", () => {
  expect(decodeURIComponent(josmCommand(lineOf(), undecided).url)).toMatch(
    /load_object\?objects=n123&addtags=capacity=4\|opening_hours=24\/7$/,
  );
  const rejected = josmCommand(lineOf(), (key) => (key === "capacity" ? "reject" : undefined));
  expect(decodeURIComponent(rejected.url)).toMatch(/addtags=opening_hours=24\/7$/);
});

it("leaves to the mapper what remote control would tear apart or cannot take away", () => {
  const line = lineOf({ tags: [tagOf("name", "a|b"), tagOf("capacity", "4"), tagOf("fee", null, "yes")] });
  const { url, byHand } = josmCommand(line, undecided);
  expect(decodeURIComponent(url)).toMatch(/addtags=capacity=4$/);
  expect(byHand).toEqual(["name", "fee"]);
});

it("sends of a review only what was accepted", () => {
  const review = lineOf({ change: "review" });
  expect(josmCommand(review, undecided).url).not.toContain("addtags");
  expect(tagBlock(review, (key) => (key === "capacity" ? "accept" : undefined))).toBe("capacity=4");
});

it("shows JOSM the candidates of an unsettled match", () => {
  const { target: _, ...open } = lineOf({ change: "review", candidates: [candidateOf("n1;w2")] });
  expect(josmCommand(open, undecided).url).toMatch(/load_and_zoom\?.*select=node1,way2$/);
});

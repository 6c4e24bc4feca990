import { expect, it } from "vitest";
import type { Proposal } from "../merging/proposal.js";
import { CREATE, MODIFY, NODE, REVIEW } from "./proposal.test-support.js";
import type { Coded, CodedLists } from "./review-data.js";
import { reviewIndex } from "./review-index.js";
import { tagMark } from "./tag-mark.js";

const decoded = ({ words, at }: Coded) => at.map((code) => words[code]);
const decodedLists = ({ words, at }: CodedLists) => at.map((codes) => codes.map((code) => words[code]));

it("tells row by row what a list shows, is filtered by and sorted by", () => {
  const withheld: Proposal = { ...MODIFY, id: "modify/w", withheld: "no-version" };
  const index = reviewIndex([CREATE, MODIFY, REVIEW, withheld]);
  expect(index.id).toEqual([CREATE.id, MODIFY.id, REVIEW.id, "modify/w"]);
  expect(decoded(index.change)).toEqual(["create", "modify", "review", "modify"]);
  expect(decoded(index.reason)).toEqual(["new-station", "tags-differ", "ambiguous", "tags-differ"]);
  expect(decoded(index.country)).toEqual(["LT", "LT", "LT", "LT"]);
  expect(decoded(index.operator)).toEqual(Array(4).fill("Ignitis ON"));
  expect(index.location).toEqual(["7", "42", "8", "42"]);
  expect(index.lat).toEqual([54.5, 54.6872, 54.5, 54.6872]);
  expect(index.lon).toEqual([-25.25, 25.2701, -25.25, 25.2701]);
  expect(index.distance).toEqual([null, 8.1, 12.3, 8.1]);
  expect(index.osm).toEqual(["", "n123", "", "n123"]);
  expect(index.candidates).toEqual([0, 0, 2, 0]);
  expect(decodedLists(index.tags)[1]).toEqual([tagMark("capacity", "4"), tagMark("socket:type2", "4")]);
  expect(decodedLists(index.notes)[1]).toEqual(["format-missing"]);
  expect(decoded(index.withheld)).toEqual(["", "", "", "no-version"]);
});

it("has the classes of a proposal's tags once each, sorted", () => {
  const [tag] = MODIFY.tags;
  const tags = (["B", "A", "B"] as const).map((tagClass) => Object.assign({}, tag, { class: tagClass }));
  const mixed: Proposal = { ...MODIFY, tags: tags.flatMap((one) => (one.key === undefined ? [] : [one])) };
  expect(decoded(reviewIndex([mixed, { ...REVIEW, tags: [] }]).classes)).toEqual(["AB", ""]);
});

it("names the place by OSM's name, else the proposed one, else the address", () => {
  const inOsm = (...tags: { key: string; value: string }[]): Proposal => ({
    ...MODIFY,
    target: { ...NODE, tags },
  });
  const street = { key: "addr:street", value: "Gedimino pr." };
  const rest = [
    { key: "addr:housenumber", value: "9" },
    { key: "addr:city", value: "Vilnius" },
  ];
  const [tag] = CREATE.tags;
  const named: Proposal = { ...CREATE, tags: tag === undefined ? [] : [{ ...tag, key: "name", new: "New" }] };
  const index = reviewIndex([
    inOsm({ key: "name", value: "Old" }, street),
    named,
    inOsm(street, ...rest),
    inOsm(...rest.slice(1)),
    CREATE,
  ]);
  expect(index.place).toEqual(["Old", "New", "Gedimino pr. 9, Vilnius", "Vilnius", ""]);
});

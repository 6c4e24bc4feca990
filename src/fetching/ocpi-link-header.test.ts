import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextLink } from "./ocpi-link-header.js";

const BASE = "https://cpo.example/ocpi/2.2.1/locations?offset=0";

describe("the next page's address in a Link header", () => {
  it.each([
    [
      "as OCPI writes it",
      '<https://cpo.example/l?offset=50&limit=50>; rel="next"',
      "https://cpo.example/l?offset=50&limit=50",
    ],
    ["without quotes", "<https://cpo.example/l?offset=50>;rel=next", "https://cpo.example/l?offset=50"],
    ["in single quotes", "<https://cpo.example/l?offset=50>; rel='next'", "https://cpo.example/l?offset=50"],
    ["in capitals", '<https://cpo.example/l?offset=50>; REL="Next"', "https://cpo.example/l?offset=50"],
    [
      "relative to the path",
      '<locations?offset=50>; rel="next"',
      "https://cpo.example/ocpi/2.2.1/locations?offset=50",
    ],
    ["a query alone", '<?offset=50>; rel="next"', "https://cpo.example/ocpi/2.2.1/locations?offset=50"],
    [
      "among several",
      '<https://a.example/1>; rel="prev", <https://a.example/3>; rel="next"',
      "https://a.example/3",
    ],
    ["one of several relations", '<https://a.example/3>; rel="last next"', "https://a.example/3"],
    [
      "after other parameters",
      '<https://a.example/3>; title="a, b; rel=\\"prev\\" <x>"; rel="next"',
      "https://a.example/3",
    ],
    [
      "with commas in the address",
      '<https://a.example/3?ids=1,2,3>; rel="next"',
      "https://a.example/3?ids=1,2,3",
    ],
    ["after something broken", 'rel="prev", <https://a.example/3> ; rel="next"', "https://a.example/3"],
  ])("is found %s", (_how, header, address) => {
    expect(nextLink(header, BASE)).toBe(address);
  });

  it.each([
    ["no header", undefined],
    ["another relation", '<https://a.example/1>; rel="prev"'],
    ["a word that only holds it", '<https://a.example/1>; rel="nextish"'],
    ["no relation", "<https://a.example/1>"],
    ["a link about another document", '<https://a.example/1>; rel="next"; anchor="#x"'],
    ["a second rel, which does not count", '<https://a.example/1>; rel="prev"; rel="next"'],
    ["no address", '<https://>; rel="next"'],
    ["an open bracket", '<https://a.example/1; rel="next"'],
  ])("is not there: %s", (_what, header) => {
    expect(nextLink(header, BASE)).toBeUndefined();
  });

  it("comes out of any text without a failure", () => {
    fc.assert(fc.property(fc.string(), (header) => void nextLink(header, BASE)));
    const parts = fc.constantFrom(
      "<",
      ">",
      ";",
      ",",
      '"',
      "\\",
      "rel",
      "=",
      "next",
      " ",
      "https://a.example/",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (texts) => {
        const found = nextLink(texts.join(""), BASE);
        if (found !== undefined) expect(URL.canParse(found)).toBe(true);
      }),
    );
  });
});

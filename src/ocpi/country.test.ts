import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countryAt, isoCountry, liesIn, statedCountry } from "./country.js";

describe("isoCountry", () => {
  test.each([
    ["NLD", "NL"],
    ["nl", "NL"],
    [" deu ", "DE"],
    ["GLP", "GP"],
    ["hkg", "HK"],
    ["XK", "XK"],
    ["UK", "GB"],
    ["el", "GR"],
    ["ATA", "AQ"],
  ])("%j is %s", (code, expected) => expect(isoCountry(code)).toBe(expected));

  test.each([
    undefined,
    "",
    " ",
    "EU",
    "UN",
    "Polska",
    "Germany",
    "TRY",
    "EUR",
    "Q183",
    "FX",
    "IC",
    "EA",
    "AC",
  ])("%j is no country", (code) => expect(isoCountry(code)).toBeUndefined());

  test.each(["150", "001", ".de", "🇩🇪", "D", "DE-BY", "constructor", "__proto__"])(
    "%j is no country",
    (code) => expect(isoCountry(code)).toBeUndefined(),
  );

  test("what it returns, it returns again", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 3 }), (text) => {
        const code = isoCountry(text);
        if (code !== undefined) expect(isoCountry(code)).toBe(code);
      }),
    );
  });
});

describe("statedCountry", () => {
  test("country first, then country_code", () => {
    expect(statedCountry({ country: "POL", country_code: "IL", evses: [] })).toBe("PL");
    expect(statedCountry({ country: "Polska", country_code: "PL", evses: [] })).toBe("PL");
    expect(statedCountry({ country_code: "tr", evses: [] })).toBe("TR");
    expect(statedCountry({ evses: [] })).toBeUndefined();
  });
});

describe("places", () => {
  test.each([
    ["Ghent", 51.05, 3.72, "BE", ["BE"]],
    ["Guadeloupe", 16.2, -61.5, "GP", ["GP", "FR"]],
    ["Hong Kong", 22.3, 114.17, "HK", ["HK", "CN"]],
    ["Puerto Rico", 18.4, -66.1, "PR", ["PR", "US"]],
    ["Gran Canaria", 28.1, -15.4, "ES", ["ES"]],
    ["Åland", 60.2, 19.9, "AX", ["AX", "FI"]],
    ["Scotland", 55.95, -3.2, "GB", ["GB"]],
    ["Jersey", 49.2, -2.1, "JE", ["JE", "GB"]],
    ["Kosovo", 42.66, 21.16, "XK", ["XK", "RS"]],
    ["Alaska", 61.2, -149.9, "US", ["US"]],
  ])("%s", (_place, lat, lon, country, accepted) => {
    expect(countryAt(lat, lon)).toBe(country);
    for (const code of accepted) expect(liesIn(lat, lon, code), code).toBe(true);
    expect(liesIn(lat, lon, "BR")).toBe(false);
  });

  test("Crimea may be stated as Russia or as Ukraine", () => {
    expect(liesIn(44.95, 34.1, "UA")).toBe(true);
    expect(liesIn(44.95, 34.1, "RU")).toBe(true);
    expect(liesIn(44.95, 34.1, "TR")).toBe(false);
  });

  test("the open sea belongs to nobody", () => {
    expect(countryAt(40, -40)).toBeUndefined();
    expect(liesIn(40, -40, "PT")).toBeUndefined();
  });

  test("every place on earth has an answer, and lies in the country it is said to be in", () => {
    const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
    fc.assert(
      fc.property(degrees(90), degrees(180), (lat, lon) => {
        const country = countryAt(lat, lon);
        if (country === undefined) expect(liesIn(lat, lon, "DE")).toBeUndefined();
        else {
          expect(isoCountry(country)).toBe(country);
          expect(liesIn(lat, lon, country)).toBe(true);
        }
      }),
    );
  });
});

import { expect, test } from "vitest";
import { UsageError } from "../runs/exit-codes.js";
import { DEFAULT_PROFILE, parseProfile } from "../runs/profile.js";
import { profileOf, taggingArguments, taggingOptions } from "./arguments.js";

const given = (options: object) => taggingArguments.parse(options);

test("nothing given switches nothing on", async () => {
  expect(await profileOf(given({}))).toBe(DEFAULT_PROFILE);
  expect(await taggingOptions(given({}), DEFAULT_PROFILE)).toEqual({
    locationRef: "genuine",
    operatorName: undefined,
    extended: false,
    name: false,
    chargePoints: false,
    countries: undefined,
  });
});

test("the command line adds to the profile, and takes nothing from it", async () => {
  const profile = parseProfile(
    '{"name":"P","operator":{"name":"Op"},"locationRef":"none","tags":{"extended":true,"name":true},"chargePoints":true}',
    "p.jsonc",
  );
  const all = {
    locationRef: "none",
    operatorName: "Op",
    extended: true,
    name: true,
    chargePoints: true,
    countries: undefined,
  };
  expect(await taggingOptions(given({}), profile)).toEqual(all);
  expect(await taggingOptions(given({ chargePoints: false }), profile)).toEqual(all);
  expect(
    await taggingOptions(given({ tags: "extended", chargePoints: true }), DEFAULT_PROFILE),
  ).toMatchObject({
    extended: true,
    chargePoints: true,
    name: false,
  });
});

test("countries are understood in two letters and in three, and one that is none is refused", async () => {
  const countries = async (country: string[]) =>
    (await taggingOptions(given({ country }), DEFAULT_PROFILE)).countries;
  expect(await countries(["de", "AUT", "DEU"])).toEqual(await countries(["AT", "DE"]));
  await expect(countries(["DE", ""])).rejects.toThrow(UsageError);
  await expect(countries(["Germany"])).rejects.toThrow(/--country Germany: not an ISO 3166 country code/);
});

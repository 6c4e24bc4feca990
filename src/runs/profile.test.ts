import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { UsageError } from "./exit-codes.js";
import { DEFAULT_PROFILE, isLicensed, parseProfile, profileJsonSchema, readProfile } from "./profile.js";

const ODBL = '"licence": {"id": "ODbL-1.0", "url": "https://example.org/licence"}';

describe("a profile", () => {
  test("the example is one, and is licensed", async () => {
    const profile = await readProfile(
      fileURLToPath(new URL("../../fixtures/profiles/example.jsonc", import.meta.url)),
    );
    expect(profile).toMatchObject({ name: "Beispielstrom", thresholds: { maxRejects: "2%" } });
    expect(isLicensed(profile)).toBe(true);
  });

  test("needs no more than a name; everything else is off", () => {
    expect(parseProfile('\uFEFF{"name": "x"}', "p.jsonc")).toEqual({
      name: "x",
      locationRef: "genuine",
      tags: { extended: false, name: false },
      chargePoints: false,
      thresholds: {},
      changeset: {},
    });
    expect(isLicensed(DEFAULT_PROFILE)).toBe(false);
  });

  test.each([
    ["genuine", true],
    ["none", true],
    ["source", false],
  ])("with a licence and locationRef %s, licensed is %s (D9, T2.1)", (locationRef, licensed) => {
    const profile = parseProfile(`{"name": "x", "locationRef": "${locationRef}", ${ODBL}}`, "p.jsonc");
    expect(isLicensed(profile)).toBe(licensed);
  });
});

describe("mistakes are told with file, line and place", () => {
  test.each([
    ['{\n "name": "x"\n "chargePoints": true }', "p.jsonc:3: comma expected"],
    ["", "p.jsonc:1: value expected"],
    ['{\n "name": 5 }', "p.jsonc:2: name: must be text, not a number"],
    [
      '{\n "licence": {\n "id": "MIT", "url": "https://x.org" } }',
      'p.jsonc:3: licence.id: must be "ODbL-1.0" or',
    ],
    ['{ "name": "x",\n "chargepoints": true }', "p.jsonc:2: chargepoints: there is no such setting"],
    ['{ "name": "x",\n "tags": {\n "extnded": true } }', "p.jsonc:3: tags.extnded: there is no such setting"],
    [
      '{\n\n "name": "x",\n "thresholds": {"maxRejects": "lots"} }',
      'p.jsonc:4: thresholds.maxRejects: "lots" is',
    ],
    ['{ "licence": {} }', "p.jsonc:1: name: is missing"],
    [
      '{"name": "x", "licence": {"id": "CC0-1.0", "url": "javascript:alert(1)"}}',
      "licence.url: must be a whole address",
    ],
    [
      '{"name": "x",\n "licence": {"id": "permission", "url": "https://x.org"}}',
      "p.jsonc:2: licence.granted_by: a permission must say who",
    ],
    [
      `{"name": "x", "changeset": {"comment": "${"x".repeat(256)}"}}`,
      "changeset.comment: longer than OSM's 255",
    ],
  ])("%s", (text, message) => {
    expect(() => parseProfile(text, "p.jsonc")).toThrow(UsageError);
    expect(() => parseProfile(text, "p.jsonc")).toThrow(message);
  });

  test("all of them at once", () => {
    expect(() => parseProfile('{"name": 1,\n"chargePoints": "yes"}', "p.jsonc")).toThrow(
      /^p\.jsonc:1: name: .*\np\.jsonc:2: chargePoints: .*$/,
    );
  });

  test("a missing file", async () => {
    await expect(readProfile("nowhere.jsonc")).rejects.toThrow("--profile nowhere.jsonc: no such file");
  });
});

test("the JSON Schema asks for the name only and knows every setting", () => {
  expect(profileJsonSchema()).toMatchObject({
    type: "object",
    required: ["name"],
    additionalProperties: false,
    properties: { locationRef: { enum: ["genuine", "source", "none"], default: "genuine" } },
  });
});

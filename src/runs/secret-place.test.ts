import { describe, expect, it } from "vitest";
import { parseConfigText } from "./config-text.js";
import { secretPlaceSchema } from "./secret-place.js";

describe("the place of a secret", () => {
  it.each([{ env: "A_KEY" }, { file: "secrets/key" }])("%j", (place) => {
    expect(secretPlaceSchema.parse(place)).toEqual(place);
  });

  it("is told where the secret itself was written into the config, without showing it", () => {
    const read = () => parseConfigText('"s3cret-token"', secretPlaceSchema, "run.jsonc", "token");
    expect(read).toThrow(
      'run.jsonc:1: token: must be { "env": NAME } or { "file": PATH }: the place of the secret, not the secret itself',
    );
  });

  it.each([{}, { env: "" }, { env: "A", file: "b" }])("%j is none", (place) => {
    expect(secretPlaceSchema.safeParse(place).success).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { ocpiFeedSchema } from "./ocpi-feed.js";

const ADDRESS = "https://cpo.example/ocpi/versions";

describe("the settings of an OCPI feed", () => {
  it("need nothing but the address", () => {
    expect(ocpiFeedSchema.parse({ url: ADDRESS })).toMatchObject({
      auth: "token",
      tokenEncoding: "auto",
      deltas: false,
      fullEvery: "7d",
      acceptIncomplete: false,
    });
  });

  it.each([
    ["a secret itself in place of its place", { token: "abc" }],
    ["a secret in the address", { url: "https://me:secret@cpo.example/" }],
    ["another protocol", { url: "file:///etc/passwd" }],
    ["no address", { url: "nonsense" }],
    ["a secret that is needed and not named", { auth: "basic" }],
    ["a length of time that is none", { fullEvery: "often" }],
    ["a header that can be none", { headers: { "X Y": { env: "A" } } }],
    ["a key that is unknown", { tokn: { env: "A" } }],
  ])("refuse %s", (_what, settings) => {
    expect(ocpiFeedSchema.safeParse({ url: ADDRESS, ...settings }).success).toBe(false);
  });
});

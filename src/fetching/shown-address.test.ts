/** Addresses in messages can be read, and hold no secrets. */
import { describe, expect, it } from "vitest";
import { shownAddress } from "./shown-address.js";

describe("an address in a message", () => {
  it("is shown as it is where it is short", () => {
    expect(shownAddress("https://a.example/v3/locations?fields=address,evses&ids=1,2#top")).toBe(
      "https://a.example/v3/locations?fields=address,evses&ids=1,2",
    );
  });

  it("has long values of its query cut, each for itself", () => {
    const ids = Array.from({ length: 100 }, (_, index) => `276u1hc${index}`).join(",");
    const shown = shownAddress(`https://a.example/v3/locations?ids=${ids}&fields=evses`);
    expect(shown).toMatch(/^https:\/\/a\.example\/v3\/locations\?ids=276u1hc0,276u1hc1[^&]*…&fields=evses$/);
    expect(shown.length).toBeLessThan(130);
  });

  it("is cut as a whole where a server names something endless", () => {
    const shown = shownAddress(`https://a.example/${"x".repeat(9000)}?${"y".repeat(9000)}`);
    expect(shown.startsWith("https://a.example/xxx")).toBe(true);
    expect(shown.length).toBeLessThan(1000);
  });

  it("has stars for keys, however long these are", () => {
    expect(shownAddress(`https://a.example/?apiKey=${"k".repeat(500)}&x=1`)).toBe(
      "https://a.example/?apiKey=***&x=1",
    );
  });
});

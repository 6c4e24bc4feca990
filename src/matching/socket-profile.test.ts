import { describe, expect, test } from "vitest";
import { tagList } from "./matching.test-support.js";
import {
  ProfileBook,
  type SocketProfile,
  excludeEachOther,
  likeness,
  profileText,
  sameBuckets,
  sumOfProfiles,
} from "./socket-profile.js";

function of(tags: Readonly<Record<string, string>>): SocketProfile {
  return new ProfileBook().profileOf(tagList(tags));
}

describe("socket profiles (T3.5, T3.6)", () => {
  test("counts by bucket; outputs, no and 0 count for nothing", () => {
    const profile = of({
      "socket:type2": "2",
      "socket:type2_cable": "1",
      "socket:type2:output": "22 kW",
      "socket:chademo": "no",
      "socket:schuko": "0",
      "socket:tesla_supercharger_ccs": "4",
    });
    expect(profileText(profile)).toBe("type2 3, type2_combo 4");
  });

  test("yes is a presence without count, and makes its bucket one", () => {
    expect(profileText(of({ "socket:type2": "yes", "socket:type2_cable": "2" }))).toBe("type2 ?");
    expect(profileText(of({ "socket:type2": "2", "socket:type2_cable": "yes" }))).toBe("type2 ?");
  });

  test("the same tags make the same profile, other tags another", () => {
    const book = new ProfileBook();
    const two = book.profileOf(tagList({ "socket:type2": "2", capacity: "2" }));
    expect(book.profileOf(tagList({ "socket:type2": "2", capacity: "9" }))).toBe(two);
    expect(profileText(book.profileOf(tagList({ "socket:type2": "3" })))).toBe("type2 3");
  });

  test("profiles add up", () => {
    const sum = sumOfProfiles([
      of({ "socket:type2": "1" }),
      of({ "socket:type2_cable": "2", "socket:ccs": "1" }),
    ]);
    expect(profileText(sum)).toBe("type2 3, type2_combo 1");
  });
});

describe("likeness (D2.1)", () => {
  test("1 for the same, 0 for nothing in common, unknown when a side states none", () => {
    expect(likeness(of({ "socket:type2": "2" }), of({ "socket:type2_cable": "2" }))).toBe(1);
    expect(likeness(of({ "socket:type2": "2" }), of({ "socket:chademo": "2" }))).toBe(0);
    expect(likeness(of({ "socket:type2": "2" }), of({ capacity: "2" }))).toBeUndefined();
  });

  test("what is in common over what either has", () => {
    const feed = of({ "socket:type2": "2", "socket:type2_combo": "2" });
    expect(likeness(feed, of({ "socket:type2": "1", "socket:type2_combo": "2" }))).toBe(3 / 4);
    expect(likeness(feed, of({ "socket:type2": "yes" }))).toBe(2 / 4);
  });

  test("the same buckets in other numbers are told from others", () => {
    expect(sameBuckets(of({ "socket:type2": "4" }), of({ "socket:type2_cable": "1" }))).toBe(true);
    expect(sameBuckets(of({ "socket:type2": "4" }), of({ "socket:chademo": "4" }))).toBe(false);
  });

  test("sockets that are taken for one another do not exclude a pair", () => {
    expect(excludeEachOther(of({ "socket:type2": "2" }), of({ "socket:chademo": "2" }))).toBe(true);
    expect(
      excludeEachOther(of({ "socket:type2_combo": "2" }), of({ "socket:tesla_supercharger": "2" })),
    ).toBe(false);
    expect(excludeEachOther(of({ "socket:type2": "2" }), of({}))).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { aGroup, aStation, tagged } from "../commands/here-v2.test-support.js";

function withDetails(evStationDetails: object, rest: object = {}) {
  return aStation([aGroup(43, 2), aGroup(34, 1)], { evStationDetails, ...rest });
}

function access(station: object): readonly [string | undefined, ...string[]] {
  const { tags, notes } = tagged(station);
  return [tags["access"], ...notes.filter((note) => /^(?:access|brand)/.test(note))];
}

describe("T5.3 from v2", () => {
  it.each<[object, ReturnType<typeof access>]>([
    [{}, ["yes"]],
    [{ accessibilityType: "PUBLIC", restrictedAccess: false, privateAccess: false }, ["yes"]],
    [{ accessibilityType: "PRIVATE" }, ["private"]],
    [{ accessibilityType: "PUBLIC", privateAccess: "true" }, ["private"]],
    [{ accessibilityType: "RESTRICTED" }, [undefined, "access-restricted: RESTRICTED"]],
    [{ restrictedAccess: true }, [undefined, "access-restricted: restrictedAccess"]],
    [{ accessibilityType: "" }, ["yes"]],
    [{ accessibilityType: "public" }, ["yes"]],
    [{ accessibilityType: "MEMBERS" }, [undefined, "access-restricted: MEMBERS"]],
    [{ accessibilityType: "MEMBERS", restrictedAccess: true }, [undefined, "access-restricted: MEMBERS"]],
    [{ accessibilityType: "MEMBERS", privateAccess: true }, ["private"]],
    [{ restrictions: ["pilots"] }, [undefined, "access-restricted: pilots"]],
    [
      { restrictions: [{ reason: "customersOnly" }] },
      [undefined, 'access-restricted: {"reason":"customersOnly"}'],
    ],
    [{ restrictions: true }, [undefined, "access-restricted: a value that cannot be read"]],
    [{ privateAccess: "only staff" }, [undefined, "access-restricted: a value that cannot be read"]],
    [{ accessibilityType: { id: 2 } }, [undefined, "access-restricted: a value that cannot be read"]],
    [{ accessibilityType: { id: 2 }, privateAccess: true }, ["private"]],
    [{ restrictions: ["pilots", "customersOnly"] }, ["customers"]],
  ])("%j → %j", (details, left) => expect(access(withDetails(details))).toEqual(left));

  it("the restricted flag is no substitute for one brand only, but brandOnly in any spelling is", () => {
    expect(
      access(withDetails({ restrictedAccess: true, accessibilityType: "RESTRICTED" }))[0],
    ).toBeUndefined();
    for (const rest of [
      { restrictions: ["brandOnly"] },
      { restrictionReason: "BRAND_ONLY" },
      { restrictionReasons: { restriction: ["brand_only"] } },
      { accessRestrictions: "Brand only" },
      { brandOnly: true },
      { BRAND_ONLY: "true" },
      { isBrandOnly: "true" },
      { restriction: "brandOnly" },
      { evStationDetails: { restrictedAccess: true, restrictions: ["brandOnly"] } },
    ])
      expect(access(withDetails({ restrictedAccess: true }, rest))).toEqual([
        "customers",
        "brand-only: BRAND_ONLY (and 2 more)",
      ]);
  });

  it("one brand only may be said of each connector group; a word that is not known leaves access open", () => {
    for (const said of [{ brandOnly: true }, { isBrandOnly: "true" }, { restrictions: "BRAND_ONLY" }])
      expect(access(aStation([aGroup(43, 2, said)]))).toEqual([
        "customers",
        "brand-only: BRAND_ONLY (and 1 more)",
      ]);
    expect(access(aStation([aGroup(43, 2, { restrictions: ["pilots"] })]))).toEqual([
      undefined,
      "access-restricted: pilots",
    ]);
  });

  it("of one group only leaves the station untagged", () => {
    const half = aStation([aGroup(31, 1, { connectorDetails: { privateAccess: true } }), aGroup(34, 1)]);
    expect(access(half)).toEqual([undefined]);
    const all = aStation(aGroup(31, 2, { connectorDetails: { privateAccess: true } }));
    expect(access(all)).toEqual(["private"]);
  });
});

describe("T5.4 from v2", () => {
  it.each<[string, object, readonly string[]]>([
    [
      "types in the shape of e-payment and others",
      {
        ePayment: { accept: true, types: { type: ["credit-card", "debit-card"] } },
        other: { accept: "true", types: { type: "rfid-reader" } },
      },
      ["authentication:nfc", "payment:credit_cards", "payment:debit_cards"],
    ],
    ["not accepted", { ePayment: { accept: false, types: { type: ["credit-card"] } } }, []],
    [
      "named methods",
      {
        paymentMethod: [
          { id: "1", name: "Credit card" },
          { id: 3, name: "RFID card" },
        ],
      },
      ["authentication:nfc", "payment:credit_cards"],
    ],
    ["plain texts", { paymentMethod: ["contactlessCard", "barter"] }, ["payment:contactless"]],
    ["a subscription and a note", { note: "Mobile", subscription: { accept: true, provider: "X" } }, []],
  ])("%s", (_what, paymentMethods, keys) => {
    const { tags, notes } = tagged(withDetails({ paymentMethods }));
    expect(Object.keys(tags).filter((key) => /^(?:payment|authentication)/.test(key))).toEqual(keys);
    expect(notes.filter((note) => note.startsWith("bad-field"))).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { Evse } from "../ocpi/location.js";
import { aConnector, anEvse } from "../ocpi/location.test-support.js";
import { capacityTag } from "./capacity.js";
import { leftBy, placed } from "./tags.test-support.js";

function capacity(...evses: Evse[]): ReturnType<typeof leftBy> {
  return leftBy((tags, notes) => capacityTag(placed(...evses), tags, notes));
}

const two = [aConnector(), aConnector()];

describe("T5.1: capacity", () => {
  test("is the number of EVSEs, connectors or not", () => {
    expect(capacity(anEvse()).tags).toEqual({ capacity: "1" });
    expect(capacity(anEvse({ connectors: two }), anEvse({ connectors: [] }), anEvse()).tags).toEqual({
      capacity: "3",
    });
  });

  test.each<[string, Evse[], boolean]>([
    ["one EVSE", [anEvse({ evse_id: "A", physical_reference: "1" })], false],
    ["nothing shared", [anEvse({ evse_id: "A" }), anEvse({ evse_id: "B" })], false],
    ["nothing stated", [anEvse(), anEvse()], false],
    ["an evse_id twice", [anEvse({ evse_id: "A" }), anEvse(), anEvse({ evse_id: "A" })], true],
    ["an evse_id in two spellings", [anEvse({ evse_id: "NL*FAS*E1" }), anEvse({ evse_id: "nlfase1" })], true],
    [
      "an evse_id twice, several connectors",
      [anEvse({ evse_id: "A", connectors: two }), anEvse({ evse_id: "A" })],
      true,
    ],
    [
      "one reference, one connector each",
      [anEvse({ physical_reference: "7" }), anEvse({ physical_reference: "7" })],
      true,
    ],
    [
      "one reference, but an EVSE with two connectors",
      [anEvse({ physical_reference: "7", connectors: two }), anEvse({ physical_reference: "7" })],
      false,
    ],
    [
      "empty texts are no references and no ids",
      [anEvse({ evse_id: "", physical_reference: "" }), anEvse({ evse_id: "", physical_reference: "" })],
      false,
    ],
    ["ids of nothing but separators", [anEvse({ evse_id: "*" }), anEvse({ evse_id: "-" })], false],
  ])("capacity-suspect: %s", (_what, evses, suspect) => {
    expect(capacity(...evses).notes).toEqual(suspect ? ["capacity-suspect"] : []);
    expect(capacity(...evses.toReversed()).notes).toEqual(suspect ? ["capacity-suspect"] : []);
    expect(capacity(...evses).tags).toEqual({ capacity: `${evses.length}` });
  });

  test("is not claimed where the source counts connectors, which says nothing of cars at once", () => {
    const left = leftBy((tags, notes) => capacityTag(placed(anEvse(), anEvse()), tags, notes, false));
    expect(left).toEqual({ tags: {}, notes: ["capacity-unknown"] });
  });
});

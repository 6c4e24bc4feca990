import { describe, expect, test } from "vitest";
import type { Location } from "../ocpi/location.js";
import { aLocation, anEvse } from "../ocpi/location.test-support.js";
import { REASONS, eligibility } from "./eligibility.js";

function reasonOf(location: Location): string | undefined {
  const outcome = eligibility(location);
  return "reason" in outcome ? outcome.reason : undefined;
}

const { id: _id, ...withoutId } = aLocation();
const { coordinates: _coordinates, ...withoutCoordinates } = aLocation();

describe("T1: which Locations become stations", () => {
  test.each<[string, Location, string | undefined]>([
    ["a plain one does", aLocation(), undefined],
    ["T1.5: without an id", withoutId, "no-id"],
    ["T1.5: with an empty id", aLocation({ id: "" }), "no-id"],
    ["T1.1: unpublished", aLocation({ publish: false }), "unpublished"],
    ["T1.2: without coordinates", withoutCoordinates, "bad-coordinates"],
    [
      "T1.2: coordinates that are no numbers",
      aLocation({ coordinates: { latitude: "", longitude: "" } }),
      "bad-coordinates",
    ],
    ["T1.2: at 0, 0", aLocation({ coordinates: { latitude: "0", longitude: "0.0" } }), "null-island"],
    ["T1.3: without EVSEs", aLocation({ evses: [] }), "no-evses"],
    ["T1.3: all removed", aLocation({ evses: [anEvse({ status: "REMOVED" })] }), "removed"],
    ["T1.3: all planned", aLocation({ evses: [anEvse({ status: "PLANNED" })] }), "planned"],
    [
      "T1.3: planned and removed",
      aLocation({ evses: [anEvse({ status: "REMOVED" }), anEvse({ status: "PLANNED" })] }),
      "planned",
    ],
  ])("%s", (_what, location, reason) => expect(reasonOf(location)).toBe(reason));

  test.each([
    "AVAILABLE",
    "BLOCKED",
    "CHARGING",
    "INOPERATIVE",
    "OUTOFORDER",
    "RESERVED",
    "UNKNOWN",
    "WHATEVER",
  ])("T1.3: an EVSE that is %s is there", (status) =>
    expect(reasonOf(aLocation({ evses: [anEvse({ status })] }))).toBeUndefined(),
  );

  test("T1.3: an EVSE without a status is there, and one without connectors too", () => {
    expect(reasonOf(aLocation({ evses: [{ connectors: [] }] }))).toBeUndefined();
  });

  test("T1.1: a Location that does not say whether it is published is", () => {
    const { publish: _publish, ...silent } = aLocation();
    expect(reasonOf(silent)).toBeUndefined();
  });

  test("the EVSEs that count keep their places", () => {
    const outcome = eligibility(
      aLocation({
        evses: [anEvse({ status: "REMOVED" }), anEvse({ uid: "b" }), anEvse({ status: "PLANNED" })],
      }),
    );
    expect(outcome).toMatchObject({ evses: [{ index: 1, evse: { uid: "b" } }] });
  });

  test("the first that applies of T1.5, 1, 2, 3 is the reason", () => {
    const everything: Location = { publish: false, evses: [] };
    expect(reasonOf(everything)).toBe("no-id");
    expect(reasonOf({ ...everything, id: "1" })).toBe("unpublished");
    expect(reasonOf({ ...everything, id: "1", publish: true })).toBe("bad-coordinates");
  });

  test("a refusal says where and what", () => {
    expect(eligibility(aLocation({ coordinates: { latitude: "91" } }))).toEqual({
      reason: "bad-coordinates",
      pointer: "/coordinates",
      detail: "91, none",
    });
  });

  test("T1.7: what is skipped and what is rejected", () => {
    const verdicts = Object.entries(REASONS).map(([reason, { verdict }]) => [reason, verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({
      "no-id": "rejected",
      unpublished: "skipped",
      "bad-coordinates": "rejected",
      "null-island": "rejected",
      "no-evses": "skipped",
      removed: "skipped",
      planned: "skipped",
      "other-country": "skipped",
      "outside-extract": "skipped",
      "duplicate-id": "skipped",
      "bad-json": "rejected",
      "not-an-object": "rejected",
      "not-a-location": "rejected",
      "not-charging": "skipped",
      "too-large": "rejected",
    });
  });
});

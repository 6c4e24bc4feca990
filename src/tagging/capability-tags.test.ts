import { describe, expect, test } from "vitest";
import { ENUM_VALUES } from "../ocpi/enums.js";
import { anEvse } from "../ocpi/location.test-support.js";
import { capabilityTags } from "./capability-tags.js";
import { leftBy, placed } from "./tags.test-support.js";

function tagsOf(...capabilities: string[][]): Record<string, string> {
  return leftBy((tags) =>
    capabilityTags(placed(...capabilities.map((list) => anEvse({ capabilities: list }))), tags),
  ).tags;
}

const KEYS: Record<string, string> = {
  CREDIT_CARD_PAYABLE: "payment:credit_cards",
  DEBIT_CARD_PAYABLE: "payment:debit_cards",
  CONTACTLESS_CARD_SUPPORT: "payment:contactless",
  RFID_READER: "authentication:nfc",
};

describe("T5.4: payment and authentication", () => {
  test.each(ENUM_VALUES.Capability)("%s", (capability) => {
    const key = KEYS[capability];
    expect(tagsOf([capability])).toEqual(key === undefined ? {} : { [key]: "yes" });
  });

  test("any EVSE is enough, and two do not write a tag twice", () => {
    expect(tagsOf([], ["RFID_READER"], ["RFID_READER", "CREDIT_CARD_PAYABLE"])).toEqual({
      "authentication:nfc": "yes",
      "payment:credit_cards": "yes",
    });
  });

  test("EVSEs that say nothing write nothing", () => {
    expect(leftBy((tags) => capabilityTags(placed(anEvse()), tags)).tags).toEqual({});
  });
});

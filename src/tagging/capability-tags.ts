/** Payment and authentication: rule T5.4 as data. */
import type { PlacedEvse } from "./sockets.js";
import type { Tag } from "./tagged-point.js";

/** A capability that any eligible EVSE has writes its key with the value `yes`. */
export const CAPABILITY_ROWS: ReadonlyArray<{ readonly capability: string; readonly key: string }> = [
  { capability: "CREDIT_CARD_PAYABLE", key: "payment:credit_cards" },
  { capability: "DEBIT_CARD_PAYABLE", key: "payment:debit_cards" },
  { capability: "CONTACTLESS_CARD_SUPPORT", key: "payment:contactless" },
  { capability: "RFID_READER", key: "authentication:nfc" },
];

/** Appends a row's tag for each capability that at least one of these EVSEs has (T5.4). */
export function capabilityTags(evses: readonly PlacedEvse[], tags: Tag[]): void {
  for (const { capability, key } of CAPABILITY_ROWS) {
    if (evses.some(({ evse }) => evse.capabilities?.includes(capability) === true)) {
      tags.push({ key, value: "yes", rule: "T5.4" });
    }
  }
}

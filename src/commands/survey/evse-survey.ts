/** A feed's EVSEs: their states and their ids. */
import { canonicalEvseId, evseIdKey } from "../../ocpi/evse-id.js";
import type { Evse } from "../../ocpi/location.js";
import { TextTally, shortened } from "../conversion/bounded-tally.js";
import { Remembered } from "../comparison/remembered.js";
import type { Survey } from "./survey.js";

const MOST_EXAMPLES = 3;
const MOST_STATUSES = 30;

export class EvseSurvey {
  #total = 0;
  #eligible = 0;
  readonly #statuses = new TextTally();
  readonly #ids = { valid: 0, invalid: 0, missing: 0, repeated: 0 };
  readonly #examples = {
    valid: new Set<string>(),
    invalid: new Set<string>(),
    repeated: new Set<string>(),
  };
  readonly #known = new Remembered();

  add({ status, evse_id }: Evse): void {
    this.#total++;
    if (status !== "REMOVED" && status !== "PLANNED") this.#eligible++;
    this.#statuses.add(status);
    if (evse_id === undefined) {
      this.#ids.missing++;
      return;
    }
    const canonical = canonicalEvseId(evse_id);
    this.#count(canonical === undefined ? "invalid" : "valid", canonical ?? evse_id);
    if (canonical !== undefined && this.#known.again(evseIdKey(canonical))) {
      this.#count("repeated", canonical);
    }
  }

  #count(kind: "valid" | "invalid" | "repeated", id: string): void {
    this.#ids[kind]++;
    if (this.#examples[kind].size < MOST_EXAMPLES) this.#examples[kind].add(shortened(id));
  }

  results(): Pick<Survey, "evses" | "evse_ids"> {
    const { valid, invalid, repeated } = this.#examples;
    return {
      evses: {
        total: this.#total,
        eligible: this.#eligible,
        statuses: this.#statuses.top(MOST_STATUSES),
      },
      evse_ids: {
        ...this.#ids,
        share_valid: this.#total === 0 ? null : Number((this.#ids.valid / this.#total).toFixed(4)),
        repeated_capped: this.#known.full,
        examples: { valid: [...valid], invalid: [...invalid], repeated: [...repeated] },
      },
    };
  }
}

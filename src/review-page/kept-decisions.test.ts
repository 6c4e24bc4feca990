import { expect, it } from "vitest";
import type { Decision } from "../merging/decisions.js";
import { KeptDecisions } from "./kept-decisions.js";
import { emptyStore } from "./review.test-support.js";

const accept: Decision = { proposal: "modify/A", decision: "accept", values: { capacity: "4", fee: null } };
const defer: Decision = { proposal: "modify/B", key: "name", decision: "defer", value: "Ladesäule 😀" };

it("gives back what was kept, of its own source only", () => {
  const store = emptyStore();
  new KeptDecisions(store, "one").write(
    new Map([
      ["modify/A", [accept]],
      ["modify/B", [defer]],
    ]),
  );
  new KeptDecisions(store, "one more").write(new Map([["modify/A", [{ ...accept, decision: "reject" }]]]));
  expect(new KeptDecisions(store, "one").read()).toEqual(
    new Map([
      ["modify/A", [accept]],
      ["modify/B", [defer]],
    ]),
  );
});

it("forgets what was taken back", () => {
  const store = emptyStore();
  const kept = new KeptDecisions(store, "one");
  kept.write(new Map([["modify/A", [accept]]]));
  kept.write(new Map([["modify/A", []]]));
  expect(store.length).toBe(0);
});

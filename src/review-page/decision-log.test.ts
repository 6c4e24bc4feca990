import { expect, it } from "vitest";
import type { Decision } from "../merging/decisions.js";
import { DecisionLog } from "./decision-log.js";

const accept: Decision = { proposal: "modify/A", decision: "accept" };
const reject: Decision = { proposal: "modify/A", decision: "reject" };
const other: Decision = { proposal: "modify/B", decision: "defer" };

it("takes back step after step, the import of many as one", () => {
  const log = new DecisionLog();
  log.change("proposal accepted", new Map([["modify/A", [accept]]]));
  log.change(
    "import",
    new Map([
      ["modify/A", [reject]],
      ["modify/B", [other]],
    ]),
  );
  expect(log.all()).toEqual([reject, other]);

  expect(log.undo()?.what).toBe("import");
  expect(log.all()).toEqual([accept]);
  expect(log.undo()?.what).toBe("proposal accepted");
  expect(log.all()).toEqual([]);
  expect(log.undo()).toBeUndefined();
});

it("does not take back what another tab did", () => {
  const log = new DecisionLog();
  log.replace(new Map([["modify/B", [other]]]));
  log.change("proposal accepted", new Map([["modify/A", [accept]]]));
  log.undo();
  expect(log.all()).toEqual([other]);
  expect(log.steps).toBe(0);
});

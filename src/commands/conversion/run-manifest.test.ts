import { expect, it } from "vitest";
import { reportSchema } from "../../runs/report.js";
import { aboutRun } from "./run-manifest.js";

it("a run took no less than no time, also where the clock was set back", () => {
  const run = aboutRun(new Date(Date.now() + 3_600_000), 0);
  expect(reportSchema.shape.run.parse(run)).toMatchObject({ seconds: 0 });
});

import { describe, expect, test } from "vitest";
import { NoteCounts } from "./note-counts.js";

describe("NoteCounts", () => {
  test("counts every note by its code, in the order the codes came up, with the first three as examples", () => {
    const counts = new NoteCounts();
    for (let record = 0; record < 5; record++) {
      counts.add(
        [{ code: "bad-hours", pointer: "/opening_times", detail: `weekday ${record}` }],
        record,
        `${record}`,
      );
    }
    counts.add(
      [
        { code: "tesla-s", pointer: "/evses/0", detail: "TESLA_S" },
        { code: "bad-hours", pointer: "/opening_times", detail: "x" },
      ],
      5,
      undefined,
    );
    counts.add([], 6, "6");
    const hours = (record: number): object => ({
      record,
      id: `${record}`,
      pointer: "/opening_times",
      detail: `weekday ${record}`,
    });
    expect(counts.counts()).toEqual([
      { code: "bad-hours", count: 6, examples: [hours(0), hours(1), hours(2)] },
      {
        code: "tesla-s",
        count: 1,
        examples: [{ record: 5, id: undefined, pointer: "/evses/0", detail: "TESLA_S" }],
      },
    ]);
  });

  test("a code twice in one record counts twice", () => {
    const counts = new NoteCounts();
    const note = { code: "bad-field", pointer: "/name", detail: "7" } as const;
    counts.add([note, note], 0, "1");
    expect(counts.counts()).toMatchObject([{ code: "bad-field", count: 2 }]);
  });

  test("without notes there is nothing to count", () => {
    expect(new NoteCounts().counts()).toEqual([]);
  });
});

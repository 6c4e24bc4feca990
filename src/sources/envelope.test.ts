import { describe, expect, test } from "vitest";
import { EnvelopeMembers } from "./envelope.js";

function gathered(...added: ReadonlyArray<readonly [key: string, value: unknown]>): Record<string, unknown> {
  const members = new EnvelopeMembers();
  for (const [key, value] of added) members.add(key, value);
  return Object.fromEntries(members.members);
}

describe("what is kept of the members of envelopes", () => {
  test("scalars once, the scalars of lists one by one", () => {
    expect(
      gathered(["status_code", 1000], ["missing", ["x"]], ["status_code", 1000], ["missing", ["x", null]]),
    ).toEqual({ status_code: [1000], missing: ["x", "x", null] });
  });

  test("nothing that is nested: it could be nested too deeply to be shown", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(30_000)}${"]".repeat(30_000)}`);
    expect(gathered(["page", { next: 2 }], ["list", [1, deep, { a: 1 }]])).toEqual({ list: [1] });
  });

  test("no more than some megabytes of text, whatever the feed says", () => {
    const members = new EnvelopeMembers();
    for (let i = 0; i < 1000; i++) members.add("timestamp", `${i}`.padEnd(60_000));
    members.add("status_code", 1000);
    const kept = members.members.get("timestamp") ?? [];
    expect(kept.length * 60_000).toBeLessThan(8_000_000);
    expect(kept[0]).toBe("0".padEnd(60_000));
    expect(members.members.get("status_code")).toEqual([1000]);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createProposalId } from "./proposal-id.js";

describe("createProposalId", () => {
  it.each([
    [{ country_code: "LT", party_id: "IGN", id: "42" }, "create/LT*IGN*42"],
    [{ country_code: "lt", party_id: "Ign", id: "a*b-ß" }, "create/LT*IGN*A*B-ß"],
    [{ id: "42/cp1" }, "create/**42%2FCP1"],
  ])("%j is %s", (location, expected) => {
    expect(createProposalId({ ...location, evses: [] })).toBe(expected);
  });

  it("tells Locations apart wherever the separators stand in their ids", () => {
    const text = fc.string({ unit: fc.constantFrom("A", "*", "/", "%", "2", "F"), maxLength: 4 });
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        const grouped = [
          { country_code: a, party_id: b, id: `${c}*${d}` },
          { country_code: a, party_id: `${b}*${c}`, id: d },
          { country_code: `${a}*${b}`, party_id: c, id: d },
          { country_code: a, party_id: b, id: `${c}%2A${d}` },
          { country_code: a, party_id: `${b}%2A${c}`, id: d },
        ];
        const different = new Set(grouped.map((ids) => JSON.stringify(ids)));
        expect(new Set(grouped.map((ids) => createProposalId({ ...ids, evses: [] }))).size).toBe(
          different.size,
        );
      }),
    );
  });

  it("never names a Location as a charge point of another", () => {
    expect(createProposalId({ id: "42/cp1", evses: [] })).not.toBe(
      `${createProposalId({ id: "42", evses: [] })}/cp1`,
    );
  });
});

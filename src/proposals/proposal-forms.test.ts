import { expect, it } from "vitest";
import { UNLICENSED } from "./emitted.test-support.js";
import { PROPOSAL_FORM_NAMES } from "./proposal-form.js";
import { proposalForm } from "./proposal-forms.js";
import { MODIFY, fileText } from "./proposal.test-support.js";

it("has each form under a file name of its own, as rule D6 names them", async () => {
  const forms = await Promise.all(PROPOSAL_FORM_NAMES.map(proposalForm));
  expect(forms.map(({ file }) => file)).toEqual([
    "proposals.ndjson",
    "changes.osm",
    "changes.osc",
    "changes.csv",
    "changes.geojson",
    "maproulette.ndjson",
  ]);
});

it.each(PROPOSAL_FORM_NAMES)(
  "writes %s without a licence only if that is no file for uploading (D9)",
  async (name) => {
    const form = await proposalForm(name);
    const write = () => fileText(form, [MODIFY], UNLICENSED);
    if (form.needsLicence) expect(write).toThrow(/no licence/);
    else expect(write()).not.toBe("");
  },
);

it.each(PROPOSAL_FORM_NAMES)("writes a large %s in pieces, none of them large", async (name) => {
  const form = await proposalForm(name);
  const proposals = Array.from({ length: 5000 }, (_, index) => ({
    ...MODIFY,
    id: `modify/${index}`,
    target: MODIFY.target && { ...MODIFY.target, id: index + 1 },
  }));
  const { about, newIds } = { about: { ...UNLICENSED, licensed: true }, newIds: new Map<string, number>() };
  const sizes = [...form.text(proposals, { about, newIds })].map(({ length }) => length);
  expect(sizes.length).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeLessThan(2_000_000);
});

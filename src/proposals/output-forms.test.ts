import { describe, expect, it } from "vitest";
import { EMITTED, LICENSED, UNLICENSED } from "./emitted.test-support.js";
import { FORM_NAMES } from "./output-form.js";
import { outputForm } from "./output-forms.js";

describe("every form of output", () => {
  it.each(FORM_NAMES)("%s is found by its name", async (name) => {
    expect((await outputForm(name)).name).toBe(name);
  });

  it.each(FORM_NAMES)(
    "%s begins each record with its separator, so that texts can be joined in any grouping",
    async (name) => {
      const form = await outputForm(name);
      expect(form.record(EMITTED, LICENSED).startsWith(form.separator)).toBe(true);
    },
  );

  it.each(FORM_NAMES)(
    "%s gives the same bytes for the same record, however often it is asked",
    async (name) => {
      const form = await outputForm(name);
      const first = form.record(EMITTED, UNLICENSED);
      form.record({ ...EMITTED, id: -1, notes: [] }, LICENSED);
      expect(form.record(EMITTED, UNLICENSED)).toBe(first);
      expect(await form.head(LICENSED)).toBe(await form.head(LICENSED));
    },
  );
});

import { describe, expect, test } from "vitest";
import { anEvse } from "../ocpi/location.test-support.js";
import { accessTag } from "./access.js";
import { leftBy, placed } from "./tags.test-support.js";

function access(...restrictions: Array<string[] | undefined>): ReturnType<typeof leftBy> {
  const evses = placed(
    ...restrictions.map((parking_restrictions) =>
      anEvse(parking_restrictions === undefined ? {} : { parking_restrictions }),
    ),
  );
  return leftBy((tags, notes) => accessTag(evses, tags, notes, []));
}

describe("T5.3: access", () => {
  test.each<[string, Array<string[] | undefined>, string | undefined]>([
    ["no restrictions", [undefined, undefined], "yes"],
    ["empty restrictions", [[], undefined], "yes"],
    ["rules of the parking space", [["EV_ONLY", "PLUGGED"], ["EV_ONLY"]], "yes"],
    ["customers everywhere", [["CUSTOMERS"], ["CUSTOMERS"]], "customers"],
    ["customers everywhere, among others", [["PLUGGED", "CUSTOMERS"], ["CUSTOMERS"]], "customers"],
    ["customers of a brand", [["BRAND_ONLY"]], "customers"],
    ["customers here, of a brand there", [["BRAND_ONLY"], ["CUSTOMERS"]], "customers"],
    ["employees", [["EMPLOYEES"]], "private"],
    ["tenants", [["TENANTS"]], "private"],
    ["employees here, tenants there", [["EMPLOYEES"], ["TENANTS"]], "private"],
    ["customers and employees on each", [["EMPLOYEES", "CUSTOMERS"]], "customers"],
    ["customers on some", [["CUSTOMERS"], undefined], undefined],
    ["employees on some", [["EMPLOYEES"], []], undefined],
    ["customers here, employees there", [["CUSTOMERS"], ["EMPLOYEES"]], undefined],
    ["taxis", [["TAXIS"]], undefined],
    ["taxis on some", [["TAXIS"], undefined], undefined],
    ["car sharing on some", [["CAR_SHARING_ONLY"], undefined], undefined],
    ["the disabled on some", [["DISABLED"], undefined], "yes"],
    ["motorcycles on some", [["MOTORCYCLES"], undefined], "yes"],
    ["the disabled everywhere", [["DISABLED"], ["DISABLED"]], undefined],
    ["a restriction nobody knows", [["MEMBERS"], undefined], undefined],
    ["a restriction nobody knows beside customers", [["MEMBERS", "CUSTOMERS"]], "customers"],
  ])("%s", (_what, restrictions, value) => {
    const expected = value === undefined ? {} : { access: value };
    expect(access(...restrictions).tags).toEqual(expected);
    expect(access(...restrictions.toReversed()).tags).toEqual(expected);
  });

  test("customers of one brand are noted", () => {
    expect(access(["BRAND_ONLY"], undefined).notes).toEqual(["brand-only"]);
    expect(access(["CUSTOMERS"]).notes).toEqual([]);
  });
});

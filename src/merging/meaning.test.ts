import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meaningOf, sameMeaning } from "./meaning.js";

describe("sameMeaning (D3: equality is of meaning)", () => {
  it.each([
    ["socket:type2:output", "22 kW", "22kW"],
    ["socket:type2:output", "22 kW", "22"],
    ["socket:type2:output", "22 kW", "22.0 kW"],
    ["socket:type2:output", "22 kW", "22000 W"],
    ["socket:type2:output", "7.4 kW", "7,4 KW"],
    ["socket:mcs:output", "1 MW", "1000 kW"],
    ["socket:type2_combo:output", "300 kW;150 kW", "150 kW; 300kW"],
    ["socket:type2", "02", "2"],
    ["socket:type2", "no", "0"],
    ["capacity", " 4 ", "4"],
    ["ref:EU:EVSE", "DE*ABC*E1;DE*ABC*E2", "DEABCE2, de*abc*e1"],
    ["ref:ocpi:location:id", "loc1", "LOC1"],
    ["operator", 'UAB "Ignitis"', "Ignitis"],
    ["operator", "Stadtwerke Ulm GmbH & Co. KG", "stadtwerke ulm"],
    ["operator:wikidata", "q42", "Q42"],
    ["payment:contactless", "Yes", "yes"],
    ["amenity", "charging_station", "parking;charging_station"],
    ["maxstay", "120 minutes", "2 hours"],
    ["opening_hours", "24/7", "Mo-Su 00:00-24:00"],
    ["opening_hours", "24/7", "00:00-24:00"],
    ["opening_hours", "24/7", "mo-su,PH 00:00-23:59"],
    [
      "opening_hours",
      "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00",
      "sa 9:00-12:00;Mo-Fr 08:00-12:00, 13:00-17:00",
    ],
    ["opening_hours", "Mo-Fr 08:00-18:00; We 08:00-12:00", "Mo,Tu,Th,Fr 08:00-18:00; We 08:00-12:00"],
    ["opening_hours", "Mo-Su 20:00-06:00", "Mo-Su 00:00-06:00,20:00-24:00"],
    ["opening_hours", "Fr 22:00-06:00, Sa 10:00-12:00", "Fr 22:00-24:00; Sa 00:00-06:00,10:00-12:00"],
    ["opening_hours", "Mo-Fr 08:00-18:00; Su off", "Mo-Fr 08:00-18:00"],
  ])("%s: %s is %s", (key, a, b) => {
    expect(sameMeaning(key, a, b)).toBe(true);
    expect(sameMeaning(key, b, a)).toBe(true);
  });

  it.each([
    ["socket:type2:output", "22 kW", "22 W"],
    ["socket:type2:output", "22 kW", "22 kW;11 kW"],
    ["socket:type2", "yes", "1"],
    ["capacity", "2", "4"],
    ["ref:EU:EVSE", "DE*ABC*E1", "DE*ABC*E1;DE*ABC*E2"],
    ["ref:EU:EVSE", "DE*ABC*E1", "DE*ABC*P1"],
    ["operator", "Ignitis", "Ignitis ON"],
    ["opening_hours", "24/7", "Mo-Sa 00:00-24:00"],
    ["opening_hours", "Mo-Fr 08:00-18:00", "Mo-Fr 08:00-18:00; PH off"],
    // The Saturday rule takes the small hours of Friday's night away; the comma leaves them.
    ["opening_hours", "Fr 22:00-06:00; Sa 10:00-12:00", "Fr 22:00-06:00, Sa 10:00-12:00"],
    ["opening_hours", "Mo-Fr 08:00-18:00; We off", "Mo-Fr 08:00-18:00"],
    ["opening_hours", "sunrise-sunset", "24/7"],
    ["name", "Depot", "depot"],
  ])("%s: %s is not %s", (key, a, b) => {
    expect(sameMeaning(key, a, b)).toBe(false);
  });

  it("knows operators by the names they have in a country", () => {
    expect(sameMeaning("operator", "IONITY GmbH", "Ionity", "DE")).toBe(true);
  });

  it("a tag that is not there equals only a tag that is not there", () => {
    expect(sameMeaning("capacity", undefined, undefined)).toBe(true);
    expect(sameMeaning("capacity", undefined, "no")).toBe(false);
  });

  it("takes any text, quickly, and every text is itself", () => {
    const key = fc.constantFrom(
      "opening_hours",
      "socket:type2:output",
      "ref:EU:EVSE",
      "operator",
      "capacity",
      "foo",
    );
    fc.assert(fc.property(key, fc.string({ maxLength: 600 }), (key, text) => sameMeaning(key, text, text)));
    const hostile = "mo-".repeat(90);
    expect(sameMeaning("opening_hours", hostile, `${hostile} `)).toBe(true);
  });

  it("reads weeks of periods as the minutes they are open", () => {
    const hour = fc.integer({ min: 0, max: 23 });
    const period = fc.tuple(hour, hour).filter(([from, to]) => from < to);
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: 2 }), (periods) => {
        const text = periods.map(([from, to]) => `${clock(from)}-${clock(to)}`);
        const daily = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map((day) => `${day} ${text.join(",")}`);
        expect(meaningOf("opening_hours", `Mo-Su ${text.toReversed().join(", ")}`)).toBe(
          meaningOf("opening_hours", daily.toReversed().join("; ")),
        );
      }),
    );
  });
});

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

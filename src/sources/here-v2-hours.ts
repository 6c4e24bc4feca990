/** v2's opening hours, which stand with each connector group, → OCPI Hours (the input of rule T5.2). */
import type { Hours } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import { asIs } from "./dialect.js";
import { readHours } from "./here-v3-hours.js";
import type { HereNode } from "./here-v2-node.js";

/** Bits of `daymask` in the order of OCPI's weekdays; HERE counts from Sunday = 1 to Saturday = 64. */
const DAY_BITS: ReadonlyArray<readonly [bit: number, day: string]> = [
  [2, "mo"],
  [4, "tu"],
  [8, "we"],
  [16, "th"],
  [32, "fr"],
  [64, "sa"],
  [1, "su"],
];
const HOURS_KEYS = ["daymask", "dayMask", "period", "periods"];
const ALL_DAYS = 127;
/** A day that is none: T5.2 then withholds the tag. */
const NO_DAY = "?";

export interface StatedHours {
  readonly hours: Hours | undefined;
  /** What states them. */
  readonly from: HereNode | undefined;
}

/**
 * The hours that all of `details` agree on that state any. Where they differ nothing is claimed and `bad-hours` noted;
 * `annualOpenings`, days with other hours, are not carried but noted.
 */
export function statedHours(details: readonly HereNode[], notes: Note[]): StatedHours {
  let agreed: StatedHours & { readonly text: string } = { hours: undefined, from: undefined, text: "" };
  for (const node of details) {
    const hours = hoursOf(node);
    if (hours === undefined) continue;
    const text = JSON.stringify(hours);
    if (agreed.hours !== undefined && agreed.text !== text) {
      notes.push({ code: "bad-hours", pointer: "", detail: "groups of connectors have different hours" });
      return { hours: undefined, from: undefined };
    }
    if (agreed.hours === undefined) agreed = { hours, from: node, text };
  }
  const annual = details.find(
    (node) => node.list(["openingHours/annualOpenings"], "annualOpening").length > 0,
  );
  if (annual !== undefined && agreed.hours?.twentyfourseven === false)
    notes.push({ code: "annual-openings", pointer: "/opening_times", detail: "" });
  return agreed;
}

function hoursOf(node: HereNode): Hours | undefined {
  const { refusals } = node;
  const regular = node
    .list(["openingHours", "regularOpeningHours"], "regularOpeningHours", "regularOpeningHour")
    .filter((entry) => HOURS_KEYS.some((key) => entry.has(key)));
  const hours = readHours(
    {
      open24x7: node.flag("open24x7"),
      regularSchedule: regular.map((entry) => ({
        days: daysOf(entry.number("daymask", "dayMask")),
        periods: entry
          .list(["period", "periods"], "period")
          .map((period) =>
            Object.assign({}, period.value, { from: period.text("from"), to: period.text("to") }),
          ),
      })),
    },
    asIs,
  );
  // Hours of which a part cannot be read would say that it is closed then.
  if (node.refusals === refusals || hours?.regular_hours === undefined) return hours;
  return { twentyfourseven: false, regular_hours: [...hours.regular_hours, NOT_READ] };
}

/** A period that is none: T5.2 then withholds the tag. */
const NOT_READ = { weekday: undefined, period_begin: "00:00", period_end: "24:00" };

function daysOf(mask: number | undefined): string[] {
  if (mask === undefined || !Number.isInteger(mask) || mask < 1 || mask > ALL_DAYS) return [NO_DAY];
  return DAY_BITS.filter(([bit]) => Math.floor(mask / bit) % 2 === 1).map(([, day]) => day);
}

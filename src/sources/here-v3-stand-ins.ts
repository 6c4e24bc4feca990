/**
 * What is put in the place of a value of the wrong type where reading it as absent would say something: that a station
 * is closed at some time, or open to all. A stand-in is of the right type and means nothing, so the tag is withheld.
 */
import { BRAND_FLAG_KEYS, RESTRICTION_KEYS } from "./here-v3-tables.js";
import { quoted } from "./json-value.js";

type StandIn = (text: string) => unknown;

const itself: StandIn = (text) => text;
const period: StandIn = (text) => ({ from: text, to: text });

/** By name; `/#` after it for an element of the list of that name. */
const STAND_INS: ReadonlyMap<string, StandIn> = new Map([
  ["regularSchedule/#", (text: string) => ({ days: text, periods: [period(text)] })],
  ["days", itself],
  ["days/#", itself],
  ["periods", (text: string) => [period(text)]],
  ["periods/#", period],
  ["from", itself],
  ["to", itself],
  ["parking", (text: string) => ({ conditions: text })],
  ...["conditions", ...RESTRICTION_KEYS, ...BRAND_FLAG_KEYS].flatMap((key): [string, StandIn][] => [
    [key, itself],
    [`${key}/#`, itself],
  ]),
]);
const LONGEST = 40;

/** The value to put at `path` of a record for `value`, which does not belong there; `undefined`: it is read as absent. */
export function standInFor(path: readonly PropertyKey[], value: unknown): unknown {
  const [holder, last] = path.slice(-2);
  const name = typeof last === "number" ? `${String(holder)}/#` : String(last ?? holder);
  const standIn = STAND_INS.get(name);
  return standIn === undefined || (typeof last !== "number" && saysNothing(value))
    ? undefined
    : standIn(quoted(value, LONGEST));
}

/** Blank text or an empty object or list; as an element of a list even these may have been something. */
function saysNothing(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

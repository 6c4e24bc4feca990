/** When two values of a key say the same (D3: "equality is of meaning"): one table, key pattern → comparison. */
import { evseIdKey } from "../ocpi/evse-id.js";
import { hoursMeaning } from "./hours-meaning.js";
import { nameMeaning } from "./name-meaning.js";
import { powersMeaning } from "./power-meaning.js";

/** A text that is equal for values that mean the same. `country`: ISO alpha-2, for names of companies. */
type Meaning = (value: string, country: string | undefined, key: string) => string;

/** The first row whose key is the tag's decides; `*` stands for any text. */
export const MEANINGS: readonly (readonly [key: string, meaning: Meaning])[] = [
  ["amenity", (value) => mainForm(value, "charging_station")],
  ["man_made", (value) => mainForm(value, "charge_point")],
  ["disused:amenity", (value) => mainForm(value, "charging_station")],
  ["ref:EU:EVSE", (value) => textSet(value, /[;,]/, evseIdKey)],
  ["ref:ocpi:location:id", (value) => textSet(value, /;/, asciiUpper)],
  ["ref", (value) => textSet(value, /;/, folded)],
  ["level", (value) => textSet(value, /;/, number)],
  ["socket:*:output", powersMeaning],
  ["charging_station:output", powersMeaning],
  ["socket:*", number],
  ["capacity", number],
  ["capacity:*", number],
  ["maxheight", (value) => number(value.replace(/\s*m$/, ""))],
  ["maxstay", minutes],
  ["opening_hours", hoursMeaning],
  ["*:wikidata", (value) => textSet(value, /;/, asciiUpper)],
  ["operator", nameMeaning],
  ["brand", nameMeaning],
  ["network", nameMeaning],
  ["name", (value) => value.normalize("NFC").replace(/\s+/g, " ").trim()],
  ["*", folded],
];

const patterns = MEANINGS.map(
  ([key, meaning]) => [new RegExp(`^${key.replaceAll("*", ".+")}$`, "s"), meaning] as const,
);
/** Keys are few; a hostile extract may have millions, so the memo has a ceiling. */
const MEMO_LIMIT = 1024;
const memo = new Map<string, Meaning>();

/** What a value of the key means, as a text to compare with that of another value; to nobody's eyes. */
export function meaningOf(key: string, value: string, country?: string): string {
  let meaning = memo.get(key);
  if (meaning === undefined) {
    meaning = patterns.find(([pattern]) => pattern.test(key))?.[1] ?? folded;
    if (memo.size < MEMO_LIMIT) memo.set(key, meaning);
  }
  return meaning(value, country, key);
}

/**
 * Whether two values of a key say the same (D3): `22 kW` and `22kW`, `02` and `2`, id lists in any order, hours in
 * any spelling, operators but for their company form (T5.5). `undefined` stands for a tag that is not there.
 */
export function sameMeaning(
  key: string,
  a: string | undefined,
  b: string | undefined,
  country?: string,
): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return meaningOf(key, a, country) === meaningOf(key, b, country);
}

/** `charging_station;parking` is a charging station as well. */
function mainForm(value: string, form: string): string {
  const parts = value.split(";").map((part) => part.trim());
  return parts.includes(form) ? form : parts.sort().join(";");
}

function textSet(value: string, separator: RegExp, meaning: (part: string) => string): string {
  const parts = value.split(separator).map((part) => meaning(part.trim()));
  return [...new Set(parts.filter((part) => part !== ""))].sort().join(";");
}

/** `02`, `2.0` and ` 2` are 2; `no` is none. Texts that are no number stay texts: `yes`. */
function number(value: string): string {
  const text = folded(value);
  if (text === "no") return "0";
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? String(Number(text)) : text;
}

const MINUTES_OF: ReadonlyMap<string, number> = new Map([
  ["min", 1],
  ["minute", 1],
  ["minutes", 1],
  ["h", 60],
  ["hour", 60],
  ["hours", 60],
  ["day", 1440],
  ["days", 1440],
]);

function minutes(value: string): string {
  const text = folded(value);
  const [, amount = "", unit = ""] = /^(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]+)$/.exec(text) ?? [];
  const factor = MINUTES_OF.get(unit);
  return factor === undefined ? text : `${Number(amount) * factor} minutes`;
}

function folded(value: string): string {
  return value.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

/** Ids are ASCII, and other folding would make `ß` and `SS` one. */
function asciiUpper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

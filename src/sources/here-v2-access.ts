/** Who may charge and how they pay, as v2 says it → OCPI's ParkingRestriction (T5.3) and Capability (T5.4). */
import { foldEnum } from "../ocpi/enums.js";
import type { Note } from "../ocpi/notes.js";
import type { HereNode } from "./here-v2-node.js";
import { quoted } from "./json-value.js";
import {
  BRAND_FLAG_KEYS,
  OTHER_RESTRICTION,
  PAYMENT_WORDS,
  RESTRICTION_KEYS,
  RESTRICTION_WORDS,
  ocpiWord,
} from "./here-v3-tables.js";

/** HERE's words of map content and v3, should a v2 answer have them: v2 itself has no word for "one brand only". */
const RESTRICTION_PATHS = ["", "evStationDetails/"].flatMap((place) =>
  RESTRICTION_KEYS.map((key) => place + key),
);
/** The same as flags. */
const BRAND_FLAGS = BRAND_FLAG_KEYS.flatMap((key) => [key, `evStationDetails/${key}`]);
const PRIVATE = "PRIVATE";
/** Words of `accessibilityType` that let everybody in: v2's, and those of the older layer (`ACCESS_WORDS`). */
const OPEN_TO_ALL: readonly string[] = ["PUBLIC", "PUBLIC_ACCESS", "UNRESTRICTED", "OPEN"];
/** Who may charge only them is certain: what else is said changes nothing. */
const DECISIVE: readonly string[] = ["CUSTOMERS", "BRAND_ONLY", PRIVATE];
const ACCESS = "evStationDetails/accessibilityType";
const PRIVATE_FLAG = "evStationDetails/privateAccess";
const RESTRICTED_FLAG = "evStationDetails/restrictedAccess";

/** Where restrictions of a connector group may stand. */
export const GROUP_ACCESS_PATHS: readonly string[] = [
  ...RESTRICTION_KEYS,
  ...BRAND_FLAG_KEYS,
  "connectorDetails/privateAccess",
];

/** Where restrictions may stand, the most particular first. */
export const ACCESS_PATHS: readonly string[] = [
  ...RESTRICTION_PATHS,
  ...BRAND_FLAGS,
  ACCESS,
  PRIVATE_FLAG,
  RESTRICTED_FLAG,
];

/**
 * Restrictions of a station, for each of its EVSEs. `PRIVATE` → access=private. `RESTRICTED`, or a word that is not
 * known, does not say to whom, so nothing is claimed (`access-restricted`); it is no substitute for "one brand only".
 */
export function stationRestrictions(station: HereNode, notes: Note[]): string[] {
  const { refusals } = station;
  const words = wordsIn(station, RESTRICTION_PATHS);
  const found = new Set(words.map((word) => ocpiWord(RESTRICTION_WORDS, word) ?? OTHER_RESTRICTION));
  if (BRAND_FLAGS.some((path) => station.flag(path) === true)) found.add("BRAND_ONLY");
  const access = foldEnum(station.text(ACCESS) ?? "");
  if (access === PRIVATE || station.flag(PRIVATE_FLAG) === true) found.add(PRIVATE);
  else if (found.size === 0) {
    const restricted = access !== "" && !OPEN_TO_ALL.includes(access);
    if (restricted || station.flag(RESTRICTED_FLAG) === true) found.add(OTHER_RESTRICTION);
    if (restricted) notes.push(restrictedBy(access));
    else if (found.size > 0) notes.push(restrictedBy("restrictedAccess"));
  }
  noteUnknown(words, found, notes);
  if (station.refusals > refusals) addNotRead(found, notes);
  return [...found];
}

/** Texts, and what stands where a text belongs as a word that nobody understands. */
function wordsIn(holder: HereNode, paths: readonly string[]): string[] {
  return holder
    .items(paths, "restriction")
    .map((item) => (typeof item === "string" ? item : quoted(item.value, 40)));
}

/** A value that cannot be read may have been a restriction. */
function addNotRead(found: Set<string>, notes: Note[]): void {
  if (found.size > 0) return;
  found.add(OTHER_RESTRICTION);
  notes.push(restrictedBy("a value that cannot be read"));
}

function restrictedBy(said: string): Note {
  return { code: "access-restricted", pointer: "", detail: said.slice(0, 40) };
}

/** Restrictions of one connector group; a word that is not known is noted as `stationRestrictions` does. */
export function groupRestrictions(group: HereNode, notes: Note[]): string[] {
  const { refusals } = group;
  const words = wordsIn(group, RESTRICTION_KEYS);
  const found = new Set(words.map((word) => ocpiWord(RESTRICTION_WORDS, word) ?? OTHER_RESTRICTION));
  if (BRAND_FLAG_KEYS.some((key) => group.flag(key) === true)) found.add("BRAND_ONLY");
  if (group.flag("connectorDetails/privateAccess") === true) found.add(PRIVATE);
  noteUnknown(words, found, notes);
  if (group.refusals > refusals) addNotRead(found, notes);
  return [...found];
}

/** Tells of a word that leaves `access` open. */
function noteUnknown(words: readonly string[], found: ReadonlySet<string>, notes: Note[]): void {
  const unknown = words.find((word) => ocpiWord(RESTRICTION_WORDS, word) === undefined);
  if (unknown !== undefined && !DECISIVE.some((word) => found.has(word))) notes.push(restrictedBy(unknown));
}

/** v2's words for what `paymentSupports` of v3 has others for. */
const CARD_WORDS: ReadonlyMap<string, string> = new Map([
  ["creditcards", "CREDIT_CARD_PAYABLE"],
  ["debitcards", "DEBIT_CARD_PAYABLE"],
  ["rfid", "RFID_READER"],
  ["rfidcard", "RFID_READER"],
  ["rfidtag", "RFID_READER"],
  ["contactless", "CONTACTLESS_CARD_SUPPORT"],
]);
const KINDS = ["ePayment", "subscription", "other", "cash"];
export const PAYMENT_PATHS: readonly string[] = [
  "evStationDetails/paymentMethods",
  "paymentMethods",
  "extended/evStation/paymentMethods",
];

/**
 * Capabilities of a station, for each of its EVSEs: the payment types that are accepted, in any of the shapes they come
 * in. A type without an OCPI word (an app, a web page) is left out.
 */
export function stationCapabilities(station: HereNode): string[] {
  const words = station
    .items(PAYMENT_PATHS, "paymentMethod", ...KINDS)
    .flatMap((method) => (typeof method === "string" ? [method] : wordsOf(method)));
  return [...new Set(words.flatMap((word) => capabilityOf(word) ?? []))];
}

function wordsOf(method: HereNode): string[] {
  if (method.flag("accept") === false) return [];
  return method
    .items(["name", "type", "types"], "type")
    .flatMap((type) => (typeof type === "string" ? [type] : type.texts(["name"])));
}

function capabilityOf(word: string): string | undefined {
  return ocpiWord(PAYMENT_WORDS, word) ?? CARD_WORDS.get(word.toLowerCase().replace(/[\s_-]+/g, ""));
}

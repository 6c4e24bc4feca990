/** From the loose values of the wire to the types of the canonical Location. */
import { foldEnum } from "../ocpi/enums.js";
import type { BusinessDetails, GeoLocation } from "../ocpi/location.js";
import type { DecodeText } from "./dialect.js";
import type { HereBusiness, HerePosition } from "./here-v3-wire.js";
import { ocpiWord } from "./here-v3-tables.js";

export type WireText = string | number | null | undefined;

/** Text for people, decoded and trimmed; numbers as their decimal text; `undefined` when absent or blank. */
export function asText(value: WireText, decode: DecodeText): string | undefined {
  if (typeof value === "number") return String(value);
  return value == null ? undefined : decode(value).trim() || undefined;
}

/** A finite number, from a number or its decimal text. The wire's schema lets no other text through. */
export function asNumber(value: WireText): number | undefined {
  return value == null || (typeof value === "string" && value.trim() === "") ? undefined : Number(value);
}

/** A flag, from a boolean or its word. */
export function asFlag(value: boolean | "true" | "false" | null | undefined): boolean | undefined {
  return value == null ? undefined : value === true || value === "true";
}

/** One enumeration value as `foldEnum` spells it. */
export function asEnum(value: WireText, decode: DecodeText): string | undefined {
  const text = asText(value, decode);
  return text === undefined ? undefined : foldEnum(text);
}

/** The texts of a list, or of the one text that stands where a list belongs; blanks left out. */
export function asTexts(value: readonly WireText[] | WireText, decode: DecodeText): readonly string[] {
  if (value == null) return NOTHING;
  const list = typeof value === "string" || typeof value === "number" ? [value] : value;
  return list.map((item) => asText(item, decode)).filter((text) => text !== undefined);
}
const NOTHING: readonly string[] = [];

/** The OCPI words of HERE words, without repeats; a word OCPI has none for becomes `otherwise(word)` or is left out. */
export function ocpiWords(
  here: readonly string[],
  table: ReadonlyMap<string, string>,
  otherwise?: (word: string) => string,
): string[] {
  if (here.length === 0) return [];
  const found = new Set<string>();
  for (const word of here) {
    const ocpi = ocpiWord(table, word) ?? otherwise?.(word);
    if (ocpi !== undefined) found.add(ocpi);
  }
  return [...found];
}

/** The list, or `undefined` when there is nothing in it. */
export function unlessEmpty<Item>(list: Item[]): Item[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The objects of a list; what the guard dropped is passed over. */
export function present<Item>(list: readonly (Item | undefined)[] | null | undefined): Item[] {
  return (list ?? []).filter((item) => item !== undefined);
}

/** `{lat, lng}` in degrees, numbers or text → OCPI's decimal text. Not checked for range: that is T1.2. */
export function asGeoLocation(position: HerePosition | null | undefined): GeoLocation | undefined {
  if (!position) return undefined;
  return { latitude: asDegrees(position.lat), longitude: asDegrees(position.lng) };
}

function asDegrees(value: WireText): string | undefined {
  if (typeof value === "number") return String(value);
  return asNumber(value) === undefined ? undefined : String(value).trim();
}

/** HERE's operator or suboperator as OCPI's BusinessDetails; its logo is always the operator's. */
export function asBusinessDetails(
  business: HereBusiness | null | undefined,
  decode: DecodeText,
): BusinessDetails | undefined {
  if (!business) return undefined;
  const logo = business.logo;
  return {
    name: asText(business.name, decode),
    website: asText(business.website, decode),
    logo: logo
      ? { url: asText(logo.url, decode), thumbnail: asText(logo.thumbnailUrl, decode), category: "OPERATOR" }
      : undefined,
  };
}

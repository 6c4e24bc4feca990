/** HERE's words as the canonical Location has them, each worked out once, for the short way (`PlainReader`). */
import { foldEnum } from "../ocpi/enums.js";
import { isUnclear } from "./here-v3-access.js";
import { joined } from "./here-v3-evses.js";
import { weekdayOf } from "./here-v3-hours.js";
import {
  CAPABILITY_WORDS,
  CONDITION_WORDS,
  OTHER_RESTRICTION,
  PAYMENT_WORDS,
  PLUG_PAYMENT_WORDS,
  RESTRICTION_WORDS,
  STATUS_WORDS,
  VEHICLE_WORDS,
  ocpiWord,
} from "./here-v3-tables.js";
import { ocpiWords, unlessEmpty } from "./here-v3-values.js";
import { ENUMS } from "./hmc-locations-fields.js";
import { type ProtoEnum, enumWord } from "./proto-json-enum.js";
import { TextMemo, WordLists } from "./text-memo.js";

/** What HERE says of an EVSE in two lists. */
interface EvseWords {
  readonly capabilities: string[] | undefined;
  readonly plugAndCharge: string[] | undefined;
}

interface Vehicles {
  /** As v3 would have them. */
  readonly words: string[];
  /** Cars alone are what HERE means by saying nothing. */
  readonly sayNothing: boolean;
}

/** Other texts are decoded in more than one way, and no word of HERE's. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/** The texts of a list of words as v3 has them; `undefined` where the short way does not take one. */
export function plainTexts(of: ProtoEnum, listed: readonly string[]): string[] | undefined {
  const words: string[] = [];
  for (const item of listed) {
    if (!PRINTABLE_ASCII.test(item)) return undefined;
    const word = enumWord(of, item)?.trim();
    if (word !== undefined && word !== "") words.push(word);
  }
  return words;
}

/** A word alone: `""` where it says nothing, `null` where the short way does not take it. */
function words(of: ProtoEnum, inOcpi = (word: string): string => word): TextMemo<string | null> {
  return new TextMemo((text) => {
    const texts = plainTexts(of, [text]);
    const word = texts?.[0];
    if (word === undefined) return texts === undefined ? null : "";
    return inOcpi(foldEnum(word));
  });
}

/** Restrictions in OCPI's words; the short way does not take those that a note tells of. */
function restrictionLists(
  of: ProtoEnum,
  inOcpi: (words: readonly string[]) => string[],
): WordLists<string[]> {
  return new WordLists((listed) => {
    const texts = plainTexts(of, listed);
    const restrictions = texts && inOcpi(texts);
    return isUnclear(restrictions) ? undefined : restrictions;
  });
}

/** By what they say. */
export const PLAIN_WORDS = {
  standard: words(ENUMS.standard),
  format: words(ENUMS.format),
  powerType: words(ENUMS.powerType),
  parkingType: words(ENUMS.parkingType),
  evsePosition: words(ENUMS.evsePosition),
  direction: words(ENUMS.direction),
  status: words(ENUMS.status, (word) => ocpiWord(STATUS_WORDS, word) ?? word),
  restrictions: restrictionLists(ENUMS.restriction, (listed) =>
    ocpiWords(listed, RESTRICTION_WORDS, () => OTHER_RESTRICTION),
  ),
  conditions: restrictionLists(ENUMS.condition, (listed) => ocpiWords(listed, CONDITION_WORDS, foldEnum)),
  /** Of `paymentSupports` and `capabilities`. */
  evse: new WordLists<EvseWords>((payments, capabilities) => {
    const paying = plainTexts(ENUMS.payment, payments);
    const able = plainTexts(ENUMS.capability, capabilities);
    if (paying === undefined || able === undefined) return undefined;
    const both = joined(ocpiWords(paying, PAYMENT_WORDS), ocpiWords(able, CAPABILITY_WORDS, foldEnum));
    return {
      capabilities: unlessEmpty(both),
      plugAndCharge: unlessEmpty(ocpiWords(paying, PLUG_PAYMENT_WORDS)),
    };
  }),
  vehicles: new WordLists<Vehicles>((listed) => {
    const texts = plainTexts(ENUMS.vehicle, listed);
    if (texts === undefined) return undefined;
    const types = ocpiWords(texts, VEHICLE_WORDS);
    return { words: texts, sayNothing: types.every((type) => type === "PERSONAL_VEHICLE") };
  }),
  /** 1 … 7, `null` for what is no day: a number counts days only where all of them are known. */
  weekday: new TextMemo<number | null>((text) => {
    const [day] = plainTexts(ENUMS.day, [text]) ?? [];
    return (day === undefined ? undefined : weekdayOf(day)) ?? null;
  }),
} as const;

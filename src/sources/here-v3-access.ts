/** Who may charge (T5.3), as HERE's v3 and map content say it of a location, an EVSE or a connector. */
import { ENUM_VALUES, foldEnum } from "../ocpi/enums.js";
import type { Evse } from "../ocpi/location.js";
import type { Note } from "../ocpi/notes.js";
import type { DecodeText } from "./dialect.js";
import {
  BRAND_FLAG_KEYS,
  CONDITION_WORDS,
  OTHER_RESTRICTION,
  RESTRICTION_KEYS,
  RESTRICTION_WORDS,
  ocpiWord,
} from "./here-v3-tables.js";
import { asTexts, ocpiWords, present } from "./here-v3-values.js";
import type { HereEvse, HereRestricted } from "./here-v3-wire.js";

/** What a flag of one brand only says, as the word for it. */
const BRAND_WORD = "brandOnly";
const NOTHING: readonly string[] = [];

/** Each of these decides `access`, whatever else is said: a word beside it that is not understood changes nothing. */
const DECISIVE: readonly string[] = ["CUSTOMERS", "BRAND_ONLY", "EMPLOYEES", "TENANTS", "PRIVATE"];
const KNOWN: ReadonlySet<string> = new Set(
  ENUM_VALUES.ParkingRestriction.filter((word) => word !== OTHER_RESTRICTION),
);
/** A reviewer reads the first few. */
const MAX_NOTES = 20;

/**
 * Adds what is said under any name for restrictions, and by any flag of one brand only, in HERE's words. A flag that says
 * neither yes nor no is a word that nobody understands.
 */
function addSaid(holder: HereRestricted, decode: DecodeText, said: string[]): void {
  for (const key of RESTRICTION_KEYS) {
    const listed = holder[key];
    if (listed != null) for (const word of asTexts(listed, decode)) said.push(word);
  }
  for (const key of BRAND_FLAG_KEYS) {
    const flag = holder[key];
    if (flag == null) continue;
    const text = decode(String(flag)).trim().toLowerCase();
    if (SET.has(text)) said.push(BRAND_WORD);
    else if (!NOT_SET.has(text)) said.push(`${key} ${text}`);
  }
}
const SET: ReadonlySet<string> = new Set(["true", "1", "yes", "y"]);
const NOT_SET: ReadonlySet<string> = new Set(["false", "0", "no", "n", ""]);

/** Restrictions of a location, which hold for each of its EVSEs. */
export interface LocationRestrictions {
  /** In OCPI's words. */
  readonly restrictions: string[];
  /** The first word that OCPI has none for, as HERE has it. */
  readonly notUnderstood: string | undefined;
}

export function locationRestrictions(location: HereRestricted, decode: DecodeText): LocationRestrictions {
  const said: string[] = [];
  addSaid(location, decode, said);
  return {
    restrictions: ocpiWords(said, RESTRICTION_WORDS, () => OTHER_RESTRICTION),
    notUnderstood: said.find((word) => ocpiWord(RESTRICTION_WORDS, word) === undefined),
  };
}

/**
 * Restrictions of one EVSE in OCPI's words: conditions of its parking, its own, and those of its connectors, of which
 * any one counts for the EVSE, as OCPI has restrictions of EVSEs only.
 */
export function evseRestrictions(evse: HereEvse, decode: DecodeText): string[] {
  const said = [...asTexts(evse.parking?.conditions, decode)];
  addSaid(evse, decode, said);
  for (const connector of present(evse.connectors)) addSaid(connector, decode, said);
  return ocpiWords(said, CONDITION_WORDS, foldEnum);
}

/** Whether `access` stays open for a word that nobody understands, so that a note has to tell of it. */
export function isUnclear(restrictions: readonly string[] | undefined): boolean {
  return unclearWord(restrictions) !== undefined;
}

function unclearWord(restrictions: readonly string[] = NOTHING): string | undefined {
  const word = restrictions.find((restriction) => !KNOWN.has(restriction));
  return restrictions.some((restriction) => DECISIVE.includes(restriction)) ? undefined : word;
}

/** `access-restricted` for each word that leaves `access` open, at the first EVSE it holds for. */
export function unclearAccessNotes(
  evses: ReadonlyArray<Pick<Evse, "parking_restrictions">>,
  notUnderstood: string | undefined,
): Note[] {
  const notes = new Map<string, Note>();
  for (const [index, { parking_restrictions }] of evses.entries()) {
    const word = unclearWord(parking_restrictions);
    if (word === undefined) continue;
    const detail = (word === OTHER_RESTRICTION ? (notUnderstood ?? word) : word).slice(0, 40);
    const pointer = `/evses/${index}/parking_restrictions`;
    if (!notes.has(detail)) notes.set(detail, { code: "access-restricted", pointer, detail });
    if (notes.size === MAX_NOTES) break;
  }
  return [...notes.values()];
}

/** `placeAccessAttribute` and `payment` of a place → what OCPI says of every EVSE. */
import type { Evse } from "../ocpi/location.js";
import { type Member, type Part, type PartReader, elementsOf, membersOf } from "./hmc-stations-part.js";
import {
  ACCESS,
  ACCESS_WORDS,
  OPEN_TO_ALL,
  OTHER_RESTRICTION,
  PAYMENT,
  PAYMENT_WORDS,
  SPELLINGS,
  UNKNOWN_RESTRICTION,
} from "./hmc-stations-tables.js";
import { foldedKey, plainText, unwrapped } from "./proto-json.js";
import { enumWord } from "./proto-json-enum.js";

/** What holds for every EVSE of a place, and where it was read. */
export interface SharedByEvses {
  readonly evse: Pick<Evse, "capabilities" | "parking_restrictions">;
  readonly sources: { readonly capabilities: Member | undefined; readonly restrictions: Member | undefined };
}

const PLACE_INDEX = SPELLINGS.get("placeIndex") ?? [];

interface Said {
  /** A word of OCPI's. */
  readonly word: string | undefined;
  readonly source: Member;
}

/** T5.3 and T5.4. Where nothing is said of who may charge, that is unknown: it is not `access=yes`. */
export function readShared(
  payments: readonly Part[],
  accesses: readonly Part[],
  reader: PartReader,
): SharedByEvses {
  const capabilities = payments
    .flatMap((part) => reader.texts(part, "paymentType", "/evses"))
    .map(capabilityOf);
  const said = accesses.flatMap((part) => restrictionsOf(part, reader));
  const restrictions = said.filter(({ word }) => word !== OPEN_TO_ALL);
  return {
    evse: {
      capabilities: wordsOf(capabilities),
      parking_restrictions: said.length === 0 ? [UNKNOWN_RESTRICTION] : wordsOf(restrictions),
    },
    sources: {
      capabilities: capabilities.find(({ word }) => word !== undefined)?.source,
      restrictions: restrictions[0]?.source,
    },
  };
}

function wordsOf(said: readonly Said[]): string[] | undefined {
  const words = new Set(said.map(({ word }) => word).filter((word) => word !== undefined));
  return words.size === 0 ? undefined : [...words];
}

/** Words that are no capability of OCPI's say nothing a tag could hold. */
function capabilityOf(source: Member<string>): Said {
  const word = enumWord(PAYMENT, source.value);
  return { word: word === undefined ? undefined : PAYMENT_WORDS.get(foldedKey(word)), source };
}

/**
 * Which members the attribute has is not public: real tiles show it with `placeIndex` only, which a decoded message
 * has where all else is at its default. So nothing in it says nothing; a word of the table is what it means there;
 * `true`, or a word or number that is not understood, is some restriction (T5.3: no `access`), noted.
 */
function restrictionsOf(part: Part, reader: PartReader): Said[] {
  const found: Said[] = [];
  for (const [key, member] of membersOf(part)) {
    if (PLACE_INDEX.includes(foldedKey(key))) continue;
    for (const source of elementsOf(member)) {
      const word = restrictionOf(key, source.value, reader);
      if (word === undefined) continue;
      if (word === OTHER_RESTRICTION) reader.note("access-restricted", "/evses", source.pointer);
      found.push({ word, source });
    }
  }
  return found;
}

/** What protobuf leaves out where it is the default says nothing where it is written, either. */
const DEFAULTS: readonly unknown[] = [null, undefined, "", false, 0, "false"];

function restrictionOf(key: string, value: unknown, reader: PartReader): string | undefined {
  const plain = plainText(unwrapped(value));
  if (DEFAULTS.includes(plain)) return undefined;
  if (typeof plain !== "string" && plain !== true) return OTHER_RESTRICTION;
  const word = enumWord(ACCESS, plain === true || plain === "true" ? key : reader.decoded(plain));
  return word === undefined ? undefined : (ACCESS_WORDS.get(foldedKey(word)) ?? OTHER_RESTRICTION);
}

/** EVSE ids after ISO 15118 / eMI3: rules T2.2, T2.3 and T2.5. */

/** Backends put their own keys there; about one random UUID in a hundred also reads as an EVSE id. */
const UUID = /^[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}$/;
/** With those that have no width. */
const BLANKS = /[\s\u200b-\u200f\u2060]+/g;
/** Already as it should be: most ids of a good feed. */
const CANONICAL = /^[A-Z]{2}\*[A-Z0-9]{3}\*E[A-Z0-9*]{1,30}$/;
const EVSE_ID = /^([A-Z]{2})\*?([A-Z0-9]{3})\*?(E[A-Z0-9*]{1,30})$/;

/**
 * The canonical form `CC*PPP*E…` of an evse_id, or `undefined` when it is no EVSE id (T2.2). Blanks are removed,
 * `-` is read as `*`, letters are upper-cased; asterisks inside the last part are kept.
 */
export function canonicalEvseId(evseId: string): string | undefined {
  if (CANONICAL.test(evseId)) return evseId;
  const folded = evseId.toUpperCase().replace(BLANKS, "");
  if (UUID.test(folded)) return undefined;
  const parts = EVSE_ID.exec(folded.replaceAll("-", "*"));
  return parts === null ? undefined : `${parts[1]}*${parts[2]}*${parts[3]}`;
}

const BARE = /^[A-Z0-9]*$/;

/** What two spellings of one id have in common (T2.5): no `*`, blanks or `-`, upper case. */
export function evseIdKey(evseId: string): string {
  const bare = evseId.replaceAll("*", "");
  return BARE.test(bare) ? bare : bare.toUpperCase().replace(/[\s-]+/g, "");
}

/**
 * Natural order (T2.3): runs of digits compare by value, everything else by code unit, so `E2` comes before `E10`.
 * Where only leading zeros differ, code units decide, so the order is total.
 */
export function compareNaturally(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (isDigit(a.charCodeAt(i)) && isDigit(b.charCodeAt(j))) {
      const endA = endOfDigits(a, i);
      const endB = endOfDigits(b, j);
      const byValue = compareDigits(a.slice(i, endA), b.slice(j, endB));
      if (byValue !== 0) return byValue;
      i = endA;
      j = endB;
    } else {
      const difference = a.charCodeAt(i) - b.charCodeAt(j);
      if (difference !== 0) return difference;
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function compareDigits(a: string, b: string): number {
  const valueA = a.replace(/^0+(?=\d)/, "");
  const valueB = b.replace(/^0+(?=\d)/, "");
  return valueA.length - valueB.length || (valueA < valueB ? -1 : valueA > valueB ? 1 : 0);
}

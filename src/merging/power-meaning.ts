/** Powers of sockets as they are compared (D3): lists as sets, whatever their unit, blanks and zeros. */

const WATTS_OF: ReadonlyMap<string, number> = new Map([
  ["", 1000], // OSM reads a bare number as kilowatts
  ["w", 1],
  ["kw", 1000],
  ["kva", 1000],
  ["mw", 1_000_000],
]);
const POWER = /^(\d{1,9}(?:[.,]\d{1,6})?)\s*([a-z]*)$/;

/** A text equal for `22 kW`, `22kW`, `22`, `22.0 kW` and `22000 W`, and for lists of the same powers in any order. */
export function powersMeaning(value: string): string {
  const powers = value
    .toLowerCase()
    .split(";")
    .map((part) => powerMeaning(part.trim()));
  return [...new Set(powers.filter((power) => power !== ""))].sort().join(";");
}

function powerMeaning(text: string): string {
  const [, digits = "", unit = ""] = POWER.exec(text) ?? [];
  const factor = WATTS_OF.get(unit);
  // Tenths of a watt: 7.4 × 1000 is not 7400 in binary.
  return digits === "" || factor === undefined
    ? text.replace(/\s+/g, " ")
    : `${Math.round(Number(digits.replace(",", ".")) * factor * 10) / 10} W`;
}

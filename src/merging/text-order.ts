/** The order of texts in everything written: by code units, the same in every locale (D7). */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

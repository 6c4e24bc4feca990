/** Numbers of things in messages and reports, which are in English only. */

/** `1 file`, `2 files`, `1,234 files`. `many`: where the plural is not the singular with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `1,234`: a number by itself, as in a table. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** Of all kinds together. */
export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Numbers of things in messages and reports, which are in English only. */

/** `1 file`, `2 files`, `1,234 files`. `many`: where the plural is not the singular with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

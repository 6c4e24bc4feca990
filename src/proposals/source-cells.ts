/** Where a value came from, as the cells of a CSV row. */
import type { CsvRow } from "./csv-columns.js";
import { jsonLine } from "./json-line.js";
import type { TagSource } from "./output-form.js";

/**
 * Pointers apart by blanks. One text as it is, anything else as JSON; several values as a JSON array, in the order of
 * the pointers. A whole record (`amenity` comes from no field of it) is not repeated in a cell.
 */
export function sourceCells(
  sources: readonly TagSource[],
): Required<Pick<CsvRow, "source_pointer" | "source_value">> {
  const pointers = sources.map(({ pointer }) => pointer).join(" ");
  return { source_pointer: pointers, source_value: sourceValue(sources) };
}

function sourceValue(sources: readonly TagSource[]): string {
  const [first] = sources;
  if (first?.value === undefined || first.pointer === "") return "";
  if (sources.length > 1) return jsonLine(sources.map(({ value }) => value));
  return typeof first.value === "string" ? first.value : jsonLine(first.value);
}

/** Tables of the generated pages. */

/** @param {readonly string[]} head @param {ReadonlyArray<readonly unknown[]>} rows */
export function table(head, rows) {
  /** @param {readonly unknown[]} cells */
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param {string} text */
export function code(text) {
  return text === "" ? "" : `\`${text}\``;
}

/**
 * Each name with what is said of it, in the order of `names`.
 *
 * @template Words
 * @param {string} what of which table, for the message
 * @param {readonly string[]} names as the program has them
 * @param {Readonly<Record<string, Words>>} words
 * @returns {Array<[name: string, words: Words]>}
 * @throws {Error} when a name is without words, or words are of no name: the page would be wrong
 */
export function worded(what, names, words) {
  const known = new Set(names);
  const missing = names.filter((name) => !Object.hasOwn(words, name));
  const stale = Object.keys(words).filter((name) => !known.has(name));
  if (missing.length > 0) throw new Error(`${what}: nothing is said of ${missing.join(", ")}`);
  if (stale.length > 0) throw new Error(`${what}: there is no ${stale.join(", ")} any more`);
  return names.map((name) => [name, words[name]]);
}

/** @param {Readonly<Record<string, { rule: string, meaning: string }>>} reasons */
export function reasonTable(reasons) {
  return table(
    ["reason", "rule", "meaning"],
    Object.entries(reasons).map(([reason, { rule, meaning }]) => [code(reason), rule, meaning]),
  );
}

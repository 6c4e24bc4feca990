// @ts-check
/** Numbers of scripts' command lines. */

/**
 * @param {string} name of the option
 * @param {string} text
 * @param {number} [least]
 * @returns {number}
 * @throws {RangeError} for anything else than a whole number of at least `least`
 */
export function wholeNumber(name, text, least = 0) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least || text.trim() === "")
    throw new RangeError(
      `--${name} takes a whole number${least > 0 ? ` of at least ${least}` : ""}, not "${text}"`,
    );
  return number;
}

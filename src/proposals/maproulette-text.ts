/** Text of feeds and mappers inside MapRoulette's instructions: Markdown that shows it as it is, whatever it is. */

/** Line breaks and control characters, and those that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex -- these are the characters that must not come through
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff\p{Surrogate}]+/gu;
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * MapRoulette puts properties in for `{{name}}`, by a replacement in which `$` has a meaning, before it reads the
 * Markdown, and form fields for `[select …]` after. A character of no width keeps these from being what they seem.
 */
const OPENING = /[[{$]/g;
const NO_WIDTH = "\u200b";

const LONGEST = 255;

/**
 * A code span: no markup, link or HTML begins in it. The text is kept but for control characters, and cut after 255
 * characters; an empty one is a dash.
 */
export function codeSpan(text: string): string {
  const line = text.replace(UNPRINTABLE, " ").replace(TURNING, "").trim();
  if (line === "") return "–";
  const characters = [...line];
  const shown = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : line;
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const apart = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${apart}${shown.replace(OPENING, `$&${NO_WIDTH}`)}${apart}${fence}`;
}

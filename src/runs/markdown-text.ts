/** Text of feeds inside Markdown: whatever it is, it stays text, in one line, also in a table. */

/** Line breaks and control characters, and those that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex -- these are the characters that must not come through
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff\p{Surrogate}]+/gu;
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const MARKUP = /[\\`*_{}[\]()#+!|~^$:=]|(?<=www)\./gi;

/** GitHub makes a mention of `@name` even where the `@` is escaped. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ["@", "&#64;"],
]);

const LONGEST = 100;

/** Markdown that shows the text, cut after `longest` characters; an empty text is a dash. */
export function markdownText(text: string, longest = LONGEST): string {
  const line = text.replace(UNPRINTABLE, " ").replace(TURNING, "").trim();
  const characters = [...line];
  const shown = characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : line;
  if (shown === "") return "–";
  const marked = shown.replace(
    /[&<>@]|[^&<>@]+/g,
    (part) => ENTITIES.get(part) ?? part.replace(MARKUP, "\\$&"),
  );
  // At a line's beginning these would begin a list or a rule.
  return marked.replace(/^(\d+)([.)])/, "$1\\$2").replace(/^-/, "\\-");
}

/** Which parts of a value changed: items of a `;` list as a set, else the words between what both begin and end with. */

export interface ValuePart {
  readonly text: string;
  readonly changed: boolean;
}

/** The parts of `value` that `other` does not have. Joined, the texts are `value` again. */
export function valueParts(value: string, other: string | null): readonly ValuePart[] {
  if (other === null) return value === "" ? [] : [{ text: value, changed: false }];
  if (value.includes(";") || other.includes(";")) return listParts(value, other);
  return wordParts(value, other);
}

function listParts(value: string, other: string): readonly ValuePart[] {
  const others = new Set(other.split(";").map((item) => item.trim()));
  const items = value.split(";");
  return items.flatMap((item, index) => {
    const text = index === items.length - 1 ? item : `${item};`;
    return text === "" ? [] : [{ text, changed: !others.has(item.trim()) }];
  });
}

function wordParts(value: string, other: string): readonly ValuePart[] {
  const ours = wordsOf(value);
  const theirs = wordsOf(other);
  const most = Math.min(ours.length, theirs.length);
  let start = 0;
  while (start < most && ours[start] === theirs[start]) start += 1;
  let end = 0;
  while (end < most - start && ours.at(-1 - end) === theirs.at(-1 - end)) end += 1;
  const pieces = [
    { text: ours.slice(0, start).join(""), changed: false },
    { text: ours.slice(start, ours.length - end).join(""), changed: true },
    { text: ours.slice(ours.length - end).join(""), changed: false },
  ];
  return pieces.filter(({ text }) => text !== "");
}

/** Words with the blanks and commas between them as words of their own. */
function wordsOf(text: string): readonly string[] {
  return text.split(/([\s,]+)/).filter((word) => word !== "");
}

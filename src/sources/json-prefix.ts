/** Makes sense of JSON that stops in the middle. */

const CLOSER: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/**
 * The value that begins at the start of `text`, which may end anywhere in it: what is complete is kept, a member
 * whose value is not becomes null. `undefined` when there is no object or list, or it is no JSON.
 */
export function parseJsonPrefix(text: string): unknown {
  const start = text.search(/\S/);
  if (CLOSER[text[start] ?? ""] === undefined) return undefined;
  const open: string[] = [];
  /** Where the text may be cut so that closing what is open makes it whole. */
  let cut = start;
  let filler = "";
  const cutAt = (at: number, fill = ""): void => {
    cut = at;
    filler = fill;
  };
  for (let i = start; i < text.length; i++) {
    const char = text[i] ?? "";
    const closer = CLOSER[char];
    if (char === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === "\\") i++;
    } else if (closer !== undefined) {
      open.push(closer);
      cutAt(i + 1);
    } else if (char === "}" || char === "]") {
      open.pop();
      cutAt(i + 1);
      if (open.length === 0) break;
    } else if (char === ":") cutAt(i + 1, "null");
    else if (char === ",") cutAt(i);
  }
  try {
    return JSON.parse(text.slice(start, cut) + filler + open.reverse().join(""));
  } catch {
    return undefined;
  }
}

/** OSM's own limits, which neither XML nor osmium checks (rules T1.2 and T7). */
import type { OsmNode } from "./element.js";

export interface Problem {
  /** The key concerned; absent when it is the element itself. */
  readonly key?: string;
  readonly problem: string;
}

/** For keys and values alike, in Unicode code points. */
const MAX_CODE_POINTS = 255;
const DEGREES = /^-?\d{1,3}(?:\.\d{1,7})?$/;
// oxlint-disable-next-line no-control-regex -- these are the characters the rule is about
const FORBIDDEN = /[\u0000-\u001f\u007f\ufffe\uffff\p{Surrogate}]/u;

/**
 * What the OSM API or a mapper's editor would refuse in this node: id 0, a bad position, tags that are empty, too
 * long, doubled, unsorted or hold control characters. No problems: an empty list. Never throws.
 */
export function checkElement({ id, lat, lon, tags }: OsmNode): Problem[] {
  const problems: Problem[] = [];
  if (!Number.isSafeInteger(id) || id === 0) problems.push({ problem: `id ${id} is not an element id` });
  if (!isDegrees(lat, 90)) problems.push({ problem: `lat ${lat} is not a latitude` });
  if (!isDegrees(lon, 180)) problems.push({ problem: `lon ${lon} is not a longitude` });
  let previous: string | undefined;
  const seen = new Set<string>();
  for (const { key, value } of tags) {
    if (seen.has(key)) problems.push({ key, problem: "the key stands twice" });
    else if (previous !== undefined && key < previous)
      problems.push({ key, problem: `not sorted: after ${previous}` });
    seen.add(key);
    previous = key;
    for (const [what, text] of Object.entries({ key, value })) {
      const problem = textProblem(text);
      if (problem !== undefined) problems.push({ key, problem: `the ${what} ${problem}` });
    }
  }
  return problems;
}

function isDegrees(text: string, limit: number): boolean {
  return DEGREES.test(text) && Math.abs(Number(text)) <= limit;
}

function textProblem(text: string): string | undefined {
  if (text.trim() === "") return "is empty";
  if (text !== text.trim()) return "begins or ends with a blank";
  if (FORBIDDEN.test(text)) return "holds a control character or half a character";
  const codePoints = [...text].length;
  return codePoints > MAX_CODE_POINTS
    ? `has ${codePoints} characters, OSM takes ${MAX_CODE_POINTS}`
    : undefined;
}

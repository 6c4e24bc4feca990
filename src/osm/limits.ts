/** OSM's own limits, which neither XML nor osmium checks (rules T1.2 and T7). */
import type { OsmTag } from "./element.js";
import type { ElementType, RelationMember } from "./osm-object.js";

export interface Problem {
  /** The key concerned; absent when it is the element itself. */
  readonly key?: string;
  readonly problem: string;
}

/** What is looked at: a node, as `OsmNode` has it, or an element of any type. */
export interface CheckedElement {
  /** A node unless said otherwise. */
  readonly type?: ElementType | undefined;
  readonly id: number;
  /** A node's position, as text. */
  readonly lat?: string | undefined;
  readonly lon?: string | undefined;
  readonly tags: readonly OsmTag[];
  readonly nodes?: readonly number[] | undefined;
  readonly members?: readonly RelationMember[] | undefined;
}

const MOST_WAY_NODES = 2000;
const MOST_MEMBERS = 32_000;
/** For keys, values and roles alike, in Unicode code points. */
const MAX_CODE_POINTS = 255;
const DEGREES = /^-?\d{1,3}(?:\.\d{1,7})?$/;
// oxlint-disable-next-line no-control-regex -- these are the characters the rule is about
const FORBIDDEN = /[\u0000-\u001f\u007f\ufffe\uffff\p{Surrogate}]/u;

/**
 * What the OSM API or a mapper's editor would refuse in this element: id 0, a node's bad position, a way without nodes or
 * with too many, too many members, tags and roles that are too long or hold control characters, tags that are empty,
 * doubled or unsorted. No problems: an empty list. Never throws.
 */
export function checkElement(element: CheckedElement): Problem[] {
  const { id, tags } = element;
  const problems: Problem[] = [];
  if (!Number.isSafeInteger(id) || id === 0) problems.push({ problem: `id ${id} is not an element id` });
  problems.push(...partProblems(element));
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

function partProblems({
  type = "node",
  lat = "",
  lon = "",
  nodes = [],
  members = [],
}: CheckedElement): Problem[] {
  const problems: string[] = [];
  if (type === "node" && !isDegrees(lat, 90)) problems.push(`lat ${lat} is not a latitude`);
  if (type === "node" && !isDegrees(lon, 180)) problems.push(`lon ${lon} is not a longitude`);
  if (type === "way" && nodes.length === 0) problems.push("a way without nodes");
  if (nodes.length > MOST_WAY_NODES) {
    problems.push(`a way of ${nodes.length} nodes, OSM takes ${MOST_WAY_NODES}`);
  }
  if (members.length > MOST_MEMBERS) {
    problems.push(`a relation of ${members.length} members, OSM takes ${MOST_MEMBERS}`);
  }
  for (const { role } of members) {
    const problem = role === "" ? undefined : textProblem(role);
    if (problem !== undefined) problems.push(`the role ${JSON.stringify(role)} ${problem}`);
  }
  return problems.map((problem) => ({ problem }));
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

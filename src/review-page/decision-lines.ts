/** decisions.ndjson written and read in the page: the shape is `decisionSchema`, whose parser is too large to carry along. */
import { TIME_PROBLEM, isDecisionTime } from "../merging/decision-time.js";
import type { Decision } from "../merging/decisions.js";
import { compareTexts } from "../merging/text-order.js";

/** A line that is no decision. */
export interface BadLine {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** One decision a line, sorted by proposal, key, element, time and reviewer, so that git shows what changed (D5). */
export function decisionLines(decisions: readonly Decision[]): string {
  return decisions
    .map((decision) => ({ decision, line: decisionLine(decision) }))
    .sort((a, b) => compareDecisions(a.decision, b.decision) || compareTexts(a.line, b.line))
    .map(({ line }) => `${line}\n`)
    .join("");
}

/** A decision as JSON: members in the schema's order, values sorted by key. */
function decisionLine(decision: Decision): string {
  const { values } = decision;
  return JSON.stringify({
    proposal: decision.proposal,
    key: decision.key,
    decision: decision.decision,
    value: decision.value,
    values: values && Object.fromEntries(Object.entries(values).sort(([a], [b]) => compareTexts(a, b))),
    osm: decision.osm,
    who: decision.who,
    when: decision.when,
    note: decision.note,
  });
}

function compareDecisions(a: Decision, b: Decision): number {
  return (
    compareTexts(a.proposal, b.proposal) ||
    compareTexts(a.key ?? "", b.key ?? "") ||
    compareTexts(a.osm ?? "", b.osm ?? "") ||
    compareTexts(a.when ?? "", b.when ?? "") ||
    compareTexts(a.who ?? "", b.who ?? "")
  );
}

/** The decisions of a file, and the lines that are none. Takes CRLF and a byte order mark. */
export function readDecisionLines(text: string): {
  readonly decisions: readonly Decision[];
  readonly bad: readonly BadLine[];
} {
  const decisions: Decision[] = [];
  const bad: BadLine[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const read = readDecision(line);
    if (typeof read === "string") bad.push({ line: index + 1, problem: read });
    else decisions.push(read);
  }
  return { decisions, bad };
}

/** The decision, or what is wrong with the line. Members it does not know are left out, as `diff` does. */
function readDecision(text: string): Decision | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "not JSON";
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return "not a JSON object";
  const members = new Map<string, unknown>(Object.entries(json));
  const proposal = members.get("proposal");
  const decision = members.get("decision");
  const value = members.get("value");
  const values = members.get("values");
  if (typeof proposal !== "string" || proposal === "") return "proposal: is not an id";
  if (decision !== "accept" && decision !== "reject" && decision !== "defer") {
    return "decision: is not accept, reject or defer";
  }
  if (value !== undefined && !isValue(value)) return "value: is not a text or null";
  if (values !== undefined && !isValues(values)) return "values: is not an object of texts or nulls";
  const texts: Partial<Record<"key" | "osm" | "who" | "when" | "note", string>> = {};
  for (const name of ["key", "osm", "who", "when", "note"] as const) {
    const content = members.get(name);
    if (content === undefined) continue;
    if (typeof content !== "string") return `${name}: is not a text`;
    texts[name] = content;
  }
  if (texts.osm !== undefined && !/^[nwr]\d+(?:;[nwr]\d+)*$/.test(texts.osm)) {
    return "osm: does not name elements as n123;w45";
  }
  if (texts.when !== undefined && !isDecisionTime(texts.when)) return `when: ${TIME_PROBLEM}`;
  return {
    proposal,
    decision,
    ...(value !== undefined && { value }),
    ...(values !== undefined && { values }),
    ...texts,
  };
}

function isValue(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isValues(values: unknown): values is Record<string, string | null> {
  return (
    typeof values === "object" &&
    values !== null &&
    !Array.isArray(values) &&
    Object.values(values).every(isValue)
  );
}

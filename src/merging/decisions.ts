/** What reviewers decided: rule D5. One JSON object a line, meant to be kept in git. */
import { z } from "zod";
import { TIME_PROBLEM, compareTimes, isDecisionTime } from "./decision-time.js";
import { type LinePlace, type Lines, linesOf, parsedLine } from "./memory-lines.js";
import { compareTexts } from "./text-order.js";

export const DECISIONS = ["accept", "reject", "defer"] as const;

const value = z.string().nullable();

export const decisionSchema = z
  .object({
    proposal: z.string().min(1).describe("The proposal's id: `modify/LT*IGN*42`"),
    key: z.string().optional().describe("The tag decided about; absent: the whole proposal"),
    decision: z.enum(DECISIONS),
    value: value.optional().describe("The feed's value decided about; null: the removal of the tag"),
    values: z
      .record(z.string(), value)
      .optional()
      .describe("Of a decision about the whole proposal: the feed's values, by key"),
    osm: z
      .string()
      .regex(/^[nwr]\d+(?:;[nwr]\d+)*$/)
      .optional()
      .describe("Of a decision about a match: the OSM element or elements meant"),
    who: z.string().optional(),
    when: z
      .string()
      .refine(isDecisionTime, TIME_PROBLEM)
      .optional()
      .describe(
        "RFC 3339; later decisions replace earlier ones, and one without a time only what was put off",
      ),
    note: z.string().optional(),
  })
  .meta({ title: "A line of decisions.ndjson" });
export type Decision = z.output<typeof decisionSchema>;

/** The JSON Schema of a line. */
export function decisionJsonSchema(): unknown {
  return z.toJSONSchema(decisionSchema);
}

/** Two reviewers who decided one thing differently; the last of them holds. */
export interface DecisionConflict {
  readonly proposal: string;
  readonly key?: string | undefined;
  readonly decisions: readonly Decision[];
}

const ADVICE =
  'A decision is one JSON object: {"proposal":"modify/LT*IGN*42","key":"capacity","decision":"reject","value":"4"}';

/** The decisions of a file in its order. Throws MemoryLineError. `file` is for messages. */
export function parseDecisions(text: Lines, file: string): readonly Decision[] {
  const decisions: Decision[] = [];
  for (const [line, content] of linesOf(text)) {
    const place: LinePlace = { file, line, advice: ADVICE };
    decisions.push(parsedLine(decisionSchema, content, place));
  }
  return decisions;
}

/** The decisions that hold, found by Location, and the pairs of Location and element they settle. */
export class DecisionBook {
  /** By Location key, in the order they were made. */
  readonly #byLocation = new Map<string, Decision[]>();
  /** What reviewers disagree about, sorted by proposal and key. */
  readonly conflicts: readonly DecisionConflict[];
  /** Location key → elements that a reviewer said it is (for matching, D2.1). */
  readonly accepted: ReadonlyMap<string, ReadonlySet<string>>;
  /** Location key → elements that a reviewer said it is not. */
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>;

  /** `decisions` in the order of their file: it decides between decisions of one time. */
  constructor(decisions: readonly Decision[]) {
    const inTime = decisions
      .map((decision, line) => ({ decision, line }))
      .sort((a, b) => compareTimes(a.decision.when, b.decision.when) || a.line - b.line);
    const byThing = new Map<string, Decision[]>();
    const accepted = new Map<string, Set<string>>();
    const refused = new Map<string, Set<string>>();
    for (const { decision } of inTime) {
      const location = locationOf(decision.proposal);
      append(this.#byLocation, location, decision);
      append(
        byThing,
        JSON.stringify([decision.proposal, decision.key ?? null, decision.osm ?? null]),
        decision,
      );
      for (const osm of decision.key === undefined ? (decision.osm?.split(";") ?? []) : []) {
        accepted.get(location)?.delete(osm);
        refused.get(location)?.delete(osm);
        if (decision.decision === "accept") addTo(accepted, location, osm);
        else if (decision.decision === "reject") addTo(refused, location, osm);
      }
    }
    this.accepted = accepted;
    this.refused = refused;
    this.conflicts = [...byThing]
      .sort(([a], [b]) => compareTexts(a, b))
      .flatMap(([, made]) => conflictOf(made) ?? []);
  }

  /**
   * The decisions that hold for a tag of the Location, whatever kind of proposal it stood in: the last that names the
   * tag; else, or when that put it off and it was asked again, the last about each proposal as a whole. Decisions
   * about a match are not about its tags.
   */
  aboutTag(location: string, key: string): readonly Decision[] {
    const made = this.#byLocation.get(location);
    if (made === undefined) return [];
    const named = holding(made.filter((decision) => decision.key === key));
    const asked = named?.decision === "defer" ? askedAgain(named, made, key, made) : undefined;
    if (named !== undefined) return [asked ?? named];
    const whole = made.filter(isAboutTags);
    const last = new Map(whole.map((decision) => [decision.proposal, decision]));
    const held = [...last.keys()].map((id) => holding(whole.filter(({ proposal }) => proposal === id)));
    const holds = held.filter((decision) => decision !== undefined);
    return holds.filter(
      (decision) => decision.decision !== "defer" || askedAgain(decision, holds, key, made) === undefined,
    );
  }

  /** The last decision about the whole proposal of this id that names no element. */
  aboutProposal(id: string): Decision | undefined {
    const made = this.#byLocation.get(locationOf(id)) ?? [];
    return holding(
      made.filter(({ proposal, key, osm }) => proposal === id && key === undefined && osm === undefined),
    );
  }
}

/**
 * The one of decisions about one thing, in their order, that holds: the last. A sheet that is handed back tells no
 * time, but whoever put something off is asked again: what is then decided without a time holds.
 */
function holding(made: readonly Decision[]): Decision | undefined {
  const last = made.at(-1);
  return last !== undefined && isPutOff(last) ? (made.findLast(isUntimed) ?? last) : last;
}

/**
 * A tag put off comes again in another proposal (a review). What is decided then about that as a whole, having seen
 * the tag, or in a sheet that tells no time, is what holds of it. `order`: all of the Location's.
 */
function askedAgain(
  putOff: Decision,
  made: readonly Decision[],
  key: string,
  order: readonly Decision[],
): Decision | undefined {
  const place = order.indexOf(putOff);
  const isLater = (decision: Decision): boolean =>
    decision.proposal !== putOff.proposal && order.indexOf(decision) > place;
  return holding(
    made.filter(
      (decision) =>
        isAboutTags(decision) &&
        decision.values !== undefined &&
        Object.hasOwn(decision.values, key) &&
        (isLater(decision) || (isPutOff(putOff) && isUntimed(decision))),
    ),
  );
}

function isPutOff({ decision, when }: Decision): boolean {
  return decision === "defer" && when !== undefined;
}

function isUntimed({ decision, when }: Decision): boolean {
  return decision !== "defer" && when === undefined;
}

/** `create`, `close` and matches are decided about as a whole; the others are made of their tags. */
const MADE_OF_TAGS: ReadonlySet<string> = new Set(["modify", "relink", "review", "conflict"]);

function isAboutTags({ proposal, key, osm }: Decision): boolean {
  return key === undefined && osm === undefined && MADE_OF_TAGS.has(proposal.slice(0, proposal.indexOf("/")));
}

/** `LT*IGN*42` of `modify/LT*IGN*42`: keys hold no slash. */
function locationOf(proposal: string): string {
  return proposal.slice(proposal.indexOf("/") + 1);
}

function conflictOf(made: readonly Decision[]): DecisionConflict | undefined {
  const [first] = made;
  if (first === undefined) return undefined;
  const last = new Map(made.map((decision) => [decision.who ?? "", decision]));
  if (last.size < 2 || new Set([...last.values()].map(({ decision }) => decision)).size < 2) return undefined;
  const { proposal, key } = first;
  const decisions = [...last.values()];
  const held = holding(decisions);
  return {
    proposal,
    ...(key !== undefined && { key }),
    decisions: decisions.filter((decision) => decision !== held).concat(held ?? []),
  };
}

function append(map: Map<string, Decision[]>, key: string, decision: Decision): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [decision]);
  else known.push(decision);
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

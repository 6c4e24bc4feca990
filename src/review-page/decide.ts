/** A reviewer's decision, as a line of decisions.ndjson that the next `diff` honours (D5). */
import type { Decision } from "../merging/decisions.js";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { tagMark } from "../proposals/tag-mark.js";
import type { Decidable, Verdict } from "./standing.js";

/** What of a proposal is decided: all of it, one tag, or which element it is. */
export type Subject =
  | { readonly kind: "whole" }
  | { readonly kind: "tag"; readonly key: string }
  | { readonly kind: "match"; readonly osm: string };

export const WHOLE: Subject = { kind: "whole" };

/** Whether both are about the same thing. */
export function isSameSubject(a: Subject, b: Subject): boolean {
  if (a.kind === "tag") return b.kind === "tag" && a.key === b.key;
  if (a.kind === "match") return b.kind === "match" && a.osm === b.osm;
  return b.kind === "whole";
}

/** `proposal`, `tag capacity`, `match with n123`. */
export function subjectWords(subject: Subject): string {
  if (subject.kind === "tag") return `tag ${subject.key}`;
  return subject.kind === "match" ? `match with ${subject.osm}` : "proposal";
}

/** Who decides, when, and what they say to it. */
export interface Reviewer {
  readonly who: string;
  /** RFC 3339. */
  readonly when: string;
  readonly note: string;
}

/** The element names that a decision may hold: not those of objects that OSM's database does not have. */
const ELEMENTS = /^[nwr]\d+(?:;[nwr]\d+)*$/;

/** Whether the element can be named in a decision. */
export function canBeChosen(osm: string): boolean {
  return ELEMENTS.test(osm);
}

/** What standing is told by. */
export function decidableOf(line: ProposalLine): Decidable {
  return {
    marks: line.tags.map((tag) => tagMark(tag.key, tag.new)),
    candidates: line.candidates.length,
    isOne: line.target === undefined && line.candidates.length === 0,
  };
}

/** The decision with the values decided about, in the schema's order of members. Throws Error for a key it does not have. */
export function decisionAbout(
  line: ProposalLine,
  subject: Subject,
  decision: Verdict,
  by: Reviewer,
): Decision {
  const { proposal } = line;
  const signed = {
    ...(by.who !== "" && { who: by.who }),
    when: by.when,
    ...(by.note !== "" && { note: by.note }),
  };
  switch (subject.kind) {
    case "whole": {
      const values = Object.fromEntries(line.tags.map((tag) => [tag.key, tag.new]));
      return { proposal, decision, ...(line.tags.length > 0 && { values }), ...signed };
    }
    case "tag": {
      const tag = line.tags.find(({ key }) => key === subject.key);
      if (tag === undefined) throw new Error(`${proposal} has no tag ${subject.key}`);
      return { proposal, key: tag.key, decision, value: tag.new, ...signed };
    }
    case "match":
      return { proposal, decision, osm: subject.osm, ...signed };
  }
}

/**
 * The decisions of a proposal with one more. It replaces what the same reviewer said of the same thing; a station can
 * be one element only, so an accepted match replaces the reviewer's earlier ones.
 */
export function withDecision(made: readonly Decision[], decision: Decision): readonly Decision[] {
  const isReplaced = (old: Decision): boolean => {
    if ((old.who ?? "") !== (decision.who ?? "")) return false;
    if (old.key !== decision.key) return false;
    if (old.osm === decision.osm) return true;
    return (
      old.osm !== undefined &&
      decision.osm !== undefined &&
      old.decision === "accept" &&
      decision.decision === "accept"
    );
  };
  return [...made.filter((old) => !isReplaced(old)), decision];
}

/** The decisions of a proposal without what was said of one thing, whoever said it. */
export function withoutDecision(made: readonly Decision[], subject: Subject): readonly Decision[] {
  const key = subject.kind === "tag" ? subject.key : undefined;
  const osm = subject.kind === "match" ? subject.osm : undefined;
  return made.filter((old) => old.key !== key || old.osm !== osm);
}

/** The decision that a note of `who` stands with: about the whole, else the first other. */
export function notedDecision(made: readonly Decision[], who: string): Decision | undefined {
  const own = made.filter((decision) => (decision.who ?? "") === who);
  return own.find(({ key, osm }) => key === undefined && osm === undefined) ?? own[0];
}

/** The decisions of a proposal with another note of `who`; as they were where there is none to write it to. */
export function withNote(made: readonly Decision[], who: string, note: string): readonly Decision[] {
  const noted = notedDecision(made, who);
  if (noted === undefined || (noted.note ?? "") === note) return made;
  const { note: _, ...rest } = noted;
  const changed: Decision = note === "" ? rest : { ...rest, note };
  return made.map((decision) => (decision === noted ? changed : decision));
}

/** Accepted edits together: what they are for OSM as it is now (D8), and whether they agree. */
import { elementName } from "../osm/osm-object.js";
import type { Refusal } from "./accepted-proposals.js";
import type { Proposal } from "./proposal.js";
import { type NewerOsm, type RebaseReason, type RebaseStatus, rebaseProposal } from "./rebase.js";

/** An accepted edit, or a tag of it, that newer OSM does not need or contradicts. */
export interface Overtaken {
  readonly proposal: string;
  readonly key?: string | undefined;
  readonly reason: RebaseReason | "no-version";
  /** OSM's value now; null: none. */
  readonly osm?: string | null | undefined;
}

export interface RebasedEdit {
  /** What is still to do, made from OSM as it is now; absent when nothing is. */
  readonly edit: Proposal | undefined;
  /** What OSM says already. */
  readonly done: readonly Overtaken[];
  /** What a mapper changed since, or what cannot be told. */
  readonly refused: readonly Overtaken[];
}

/** What of an accepted edit holds against newer OSM, by the rules of `rebase`. */
export function rebasedEdit(edit: Proposal, osm: NewerOsm): RebasedEdit {
  const { id, status, reason, tags, clean } = rebaseProposal(edit, osm);
  if (status === "conflicting" && reason !== "changed-since")
    return { edit: undefined, done: [], refused: [{ proposal: id, reason }] };
  if (edit.target === undefined)
    return { edit: clean, done: clean === undefined ? [{ proposal: id, reason }] : [], refused: [] };
  const overtaken = (reason: RebaseReason, of: RebaseStatus): Overtaken[] =>
    tags
      .filter((tag) => tag.status === of)
      .map(({ key, now }) => ({ proposal: id, key, reason, osm: now ?? null }));
  const done = overtaken("already-there", "already-done");
  const refused = overtaken("changed-since", "conflicting");
  if (clean?.withheld !== undefined)
    return { edit: undefined, done, refused: [...refused, { proposal: id, reason: clean.withheld }] };
  return { edit: clean?.tags.length === 0 ? undefined : clean, done, refused };
}

/**
 * The edits that can stand in one file. Two that give a tag of one object different values cannot, nor two that were
 * made from different versions of it: the first by id is kept, from the others the tags that disagree are left out.
 */
export function agreeingEdits(edits: readonly Proposal[]): {
  readonly edits: readonly Proposal[];
  readonly refusals: readonly Refusal[];
} {
  const byElement = new Map<
    string,
    { readonly version: number | undefined; readonly values: Map<string, string | undefined> }
  >();
  const kept = new Map<string, Proposal>();
  const refusals: Refusal[] = [];
  for (const edit of [...edits].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { target } = edit;
    if (target === undefined) {
      kept.set(edit.id, edit);
      continue;
    }
    let element = byElement.get(elementName(target));
    if (element === undefined) {
      element = { version: target.version, values: new Map() };
      byElement.set(elementName(target), element);
    }
    const { values, version } = element;
    const agrees = edit.tags.filter(
      (tag) => version === target.version && (!values.has(tag.key) || values.get(tag.key) === tag.new),
    );
    for (const tag of agrees) values.set(tag.key, tag.new);
    for (const tag of edit.tags)
      if (!agrees.includes(tag)) refusals.push({ proposal: edit.id, key: tag.key, reason: "disagreement" });
    if (agrees.length > 0) kept.set(edit.id, { ...edit, tags: agrees });
  }
  return { edits: edits.flatMap(({ id }) => kept.get(id) ?? []), refusals };
}

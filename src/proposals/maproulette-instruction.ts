/** What a mapper reads beside a task of MapRoulette: what is asked, why, how to check it, what to do then. Markdown. */
import type { Proposal, TagProposal } from "../merging/proposal.js";
import type { OsmObject } from "../osm/osm-object.js";
import { codeSpan } from "./maproulette-text.js";
import { elementUrl } from "./osm-urls.js";
import type { OutputAbout } from "./output-form.js";
import { metresText, proposalWords, sentence, tagWords } from "./reason-words.js";

/** `proposals`: all of one task, a create or what changes one element. Ends without a line break. */
export function instructionText(proposals: readonly Proposal[], about: OutputAbout): string {
  const [first] = proposals;
  if (first === undefined) return "";
  const isNew = first.target === undefined;
  return [
    isNew ? "### Is this charging station there?" : "### Is this what the charging station has?",
    introduction(first, about),
    ...proposals.flatMap((proposal) => tagLists(proposal)),
    first.target === undefined ? LOOK_FOR_NEW : `${LOOK_AT_KNOWN} ${links(first.target)}`,
    thenText(about, isNew),
  ].join("\n\n");
}

function introduction({ location, target, match, change }: Proposal, about: OutputAbout): string {
  const operator = location.operator === undefined ? "" : ` of ${codeSpan(location.operator)}`;
  const source = codeSpan(about.changeset.source);
  const id = codeSpan(location.id);
  if (target === undefined)
    return `${source} lists a station${operator} here (its id: ${id}), and OpenStreetMap has none that could be it.`;
  const distance = match === undefined ? "" : `, ${metresText(match.distance)} m from the object`;
  const its = `${operator} (its id: ${id}${distance})`;
  return change === "relink"
    ? `${source} lists this station${its} under another id than before.`
    : `${source} says more, or something else, about this station${its}.`;
}

function tagLists(proposal: Proposal): string[] {
  const { tags, chargePoints, target } = proposal;
  const isNew = target === undefined;
  const words = isNew ? [] : proposalWords(proposal, true);
  const lists = [
    ...(words.length === 0 ? [] : [`${sentence(words)}.`]),
    `**${isNew ? "Tags" : "Proposed"}:**`,
    tags.map((tag) => (isNew ? newTag(tag) : changedTag(tag))).join("\n"),
  ];
  for (const [index, point] of chargePoints.entries()) {
    lists.push(
      `**Charge point ${index + 1}**, a node of its own:`,
      point.tags.map(({ key, value }) => `- ${codeSpan(key)} = ${codeSpan(value)}`).join("\n"),
    );
  }
  return lists;
}

function newTag({ key, new: value }: TagProposal): string {
  return `- ${codeSpan(key)} = ${codeSpan(value ?? "")}`;
}

function changedTag(tag: TagProposal): string {
  const { key, old, new: value } = tag;
  const change =
    value === undefined
      ? `${codeSpan(old ?? "")} goes`
      : `${old === undefined ? "(none)" : codeSpan(old)} → ${codeSpan(value)}`;
  return `- ${codeSpan(key)}: ${change} (${sentence(tagWords(tag))})`;
}

const LOOK_FOR_NEW =
  "**Look:** imagery seldom shows chargers, street-level pictures and your own eyes do. Is there really none mapped " +
  "nearby, perhaps as part of a car park or as single charge points? Move the node to where the station stands.";
const LOOK_AT_KNOWN =
  "**Look:** has somebody mapped or surveyed it after the source was made? Then they are right.";

function links(target: OsmObject): string {
  const url = elementUrl(target);
  return `[The object](${url}) · [its history](${url}/history)`;
}

function thenText({ changeset }: OutputAbout, isNew: boolean): string {
  return (
    "**Then:** JOSM opens with the edit made. Correct or drop what you doubt, and upload with the comment " +
    `${codeSpan(changeset.comment)} and the source ${codeSpan(changeset.source)}. ` +
    `${isNew ? "Not there" : "None of it true"}: upload nothing and choose *Not an issue*. Cannot tell: *Skip*.`
  );
}

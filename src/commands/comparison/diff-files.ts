/** The files of `diff`, `rebase` and `verify`: which there are, and how they are written from proposals (D6). */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Proposal } from "../../merging/proposal.js";
import { newNodeIds } from "../../proposals/loadable-edits.js";
import type { OutputAbout } from "../../proposals/output-form.js";
import { PROPOSAL_FORM_NAMES, type ProposalForm } from "../../proposals/proposal-form.js";
import { proposalForm } from "../../proposals/proposal-forms.js";
import { REVIEW, reviewFiles } from "../../proposals/review-page.js";
import { type Split, partFile, splitEdits } from "../../proposals/split.js";
import type { OutputFolder } from "../../runs/output-folder.js";
import { readReviewTemplate } from "./review-template.js";

export const STATE_BEFORE = "state-before.ndjson.gz";
export const REPORT = "report.json";
export const SUMMARY = "report.md";
export const MATCHES = "matches.csv";
export const REJECTS = "rejects.ndjson";
export const PROPOSALS = "proposals.ndjson";
export const REBASED = "rebase.csv";
export const REBASE_REPORT = "rebase.json";

const OURS = [
  /^changes(?:-[A-Za-z]+-\d+)?\.(?:osm|osc)$/,
  /^changes\.(?:csv|geojson)$/,
  /^review-\d+\.html$/,
  /^maproulette\.ndjson$/,
  new RegExp(
    `^(?:${[STATE_BEFORE, REPORT, SUMMARY, MATCHES, REJECTS, PROPOSALS, REBASED, REBASE_REPORT, REVIEW].map((name) => name.replaceAll(".", "\\.")).join("|")})$`,
  ),
];

/** Whether a file in an output folder is one that these commands write, so that a stale one is to be removed. */
export function isDiffFile(file: string): boolean {
  return OURS.some((pattern) => pattern.test(file));
}

/** Files of an earlier run in the folder, which the next one replaces; none where there is no such folder. */
export async function ownFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.filter(isDiffFile).map((file) => join(folder, file));
}

/** Writes every file made of proposals (D6), in parts where they are asked for; what needs a licence only with one (D9). */
export async function writeProposals(
  folder: OutputFolder,
  proposals: readonly Proposal[],
  about: OutputAbout,
  split: Split | undefined,
): Promise<void> {
  const context = { about, newIds: newNodeIds(proposals) };
  let characters = 0;
  const parts = split === undefined ? [] : splitEdits(proposals, split);
  for (const name of PROPOSAL_FORM_NAMES) {
    const form = await proposalForm(name);
    if (form.needsLicence && !about.licensed) continue;
    const written = await writePieces(folder, form.file, form.text(proposals, context));
    if (form.file === PROPOSALS) characters = written;
    if (!isForEditors(form)) continue;
    for (const part of parts) {
      await writePieces(folder, partFile(form.file, part.name), form.text(part.proposals, context));
    }
  }
  for (const { file, pieces } of reviewFiles(proposals, about, await readReviewTemplate(), { characters }))
    await writePieces(folder, file, pieces);
}

function isForEditors({ file }: ProposalForm): boolean {
  return file.endsWith(".osm") || file.endsWith(".osc");
}

/** Writes a file of the folder, piece by piece; returns its characters. */
export async function writePieces(
  folder: OutputFolder,
  file: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<number> {
  const output = await folder.open(file);
  let characters = 0;
  for await (const piece of pieces) {
    await output.write(piece);
    characters += piece.length;
  }
  return characters;
}

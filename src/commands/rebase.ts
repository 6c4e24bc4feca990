/** `ocpi2osm rebase DIR`: is a diff still true against newer OSM? Writes what is (D8). */
import { join } from "node:path";
import { z } from "zod";
import { NearbyObjects } from "../merging/nearby-objects.js";
import { EDITS, type Proposal } from "../merging/proposal.js";
import { REBASE_REASONS, REBASE_STATUSES, type Rebased, rebaseProposal } from "../merging/rebase.js";
import { type OsmExtract, elementName } from "../osm/osm-object.js";
import { csvText } from "../proposals/csv-text.js";
import { ProposalLineError, parseProposalLine } from "../proposals/proposal-line.js";
import { parseSplit } from "../proposals/split.js";
import { UnreadableInputError, UsageError } from "../runs/exit-codes.js";
import { expandInputs } from "../runs/inputs.js";
import type { Log } from "../runs/log.js";
import { openOutputFolder } from "../runs/output-folder.js";
import { refuseOverwriting } from "../runs/overwriting.js";
import { PROGRESS_MODES } from "../runs/progress.js";
import { readTextFile } from "../runs/text-file.js";
import {
  PROPOSALS,
  REBASED,
  REBASE_REPORT,
  isDiffFile,
  ownFiles,
  writePieces,
  writeProposals,
} from "./comparison/diff-files.js";
import { readDiffFolder } from "./comparison/diff-report-file.js";
import { readOsmSide } from "./comparison/osm-side.js";
import { readRebaseSettings, rebaseReportText } from "./comparison/rebase-report-file.js";
import { aboutOutput } from "./conversion/run-manifest.js";

const rebaseArguments = z.object({
  osm: z.array(z.string()),
  output: z.string(),
  progress: z.enum(PROGRESS_MODES),
});

/** @throws as `rebase`. */
export async function rebaseFromArguments(folder: string, options: unknown, log: Log): Promise<void> {
  const { osm, output } = rebaseArguments.parse(options);
  const counts = await rebase(folder, osm, output);
  log.info(
    `${counts.clean} clean, ${counts["already-done"]} already done, ${counts.conflicting} conflicting`,
  );
  log.info(`What is still to do is in ${output}; ${join(output, REBASED)} tells the fate of every proposal`);
}

export type RebaseCounts = Record<(typeof REBASE_STATUSES)[number], number>;

/**
 * Sorts the proposals of `folder` against newer extracts and writes the clean set, made from OSM as it is now, to
 * `output`, with a table of what became of each. What is clean in a proposal that also conflicts is kept. `folder` may
 * be one that `rebase` wrote.
 *
 * @throws {UsageError} when `folder` holds no diff or is `output`; {UnreadableInputError} for unreadable files.
 */
export async function rebase(folder: string, osm: readonly string[], output: string): Promise<RebaseCounts> {
  const settings = (await readRebaseSettings(folder)) ?? (await readDiffFolder(folder)).settings;
  if (join(folder, ".") === join(output, "."))
    throw new UsageError(`${output} is the folder to be rebased; name another for the result`);
  const { inputs } = await expandInputs([join(folder, PROPOSALS), ...osm]);
  await refuseOverwriting(inputs, await ownFiles(output));
  const proposals = await readProposals(join(folder, PROPOSALS));
  const { extract } = await readOsmSide(osm, "never");
  const results = rebaseAll(proposals, extract);
  const target = await openOutputFolder(output, isDiffFile);
  try {
    const split = settings.split === undefined ? undefined : parseSplit(settings.split);
    const clean = results.flatMap(({ clean }) => (clean === undefined ? [] : [drawnAnew(clean, extract)]));
    await writeProposals(target, clean, aboutOutput(settings.profile, settings.asOf), split);
    await writePieces(target, REBASED, rebaseTable(results));
    await writePieces(target, REBASE_REPORT, [rebaseReportText(settings)]);
    await target.commit();
  } finally {
    await target.discard();
  }
  const counts: RebaseCounts = { clean: 0, "already-done": 0, conflicting: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}

function rebaseAll(proposals: readonly Proposal[], { objects }: OsmExtract): Rebased[] {
  const byName = new Map(objects.map((object) => [elementName(object), object]));
  const nearby = new NearbyObjects(objects);
  return proposals.map((proposal) =>
    rebaseProposal(proposal, { byName, around: (place) => nearby.around(place) }),
  );
}

/** With the nodes of a way as they are now: mappers may have moved some, and others may be new in the way. */
function drawnAnew(proposal: Proposal, { wayNodes }: OsmExtract): Proposal {
  const { change, target } = proposal;
  if (!EDITS.has(change) || target?.type !== "way") return proposal;
  const nodes = [...new Set(target.nodes)].flatMap((id) => wayNodes.get(id) ?? []);
  return { ...proposal, wayNodes: nodes.sort((a, b) => a.id - b.id) };
}

export const REBASE_COLUMNS = [
  "proposal",
  "status",
  "reason",
  "version_then",
  "version_now",
  "key",
  "tag_status",
  "osm_value_now",
] as const;

/** One row a tag; a proposal without tags has one of its own. */
function* rebaseTable(results: readonly Rebased[]): Generator<string> {
  yield csvText([REBASE_COLUMNS]);
  for (const { id, status, reason, versionThen, versionNow, tags } of results) {
    const head = [id, status, REBASE_REASONS[reason], `${versionThen ?? ""}`, `${versionNow ?? ""}`];
    yield csvText(
      tags.length === 0
        ? [[...head, "", "", ""]]
        : tags.map((tag) => head.concat(tag.key, tag.status, tag.now ?? "")),
    );
  }
}

async function readProposals(file: string): Promise<Proposal[]> {
  const read = await readTextFile(file);
  if (read === undefined) throw new UnreadableInputError(`${file}: no such file`);
  try {
    const proposals: Proposal[] = [];
    let number = 0;
    for (const line of read.lines()) {
      number += 1;
      if (line !== "") proposals.push(parseProposalLine(line, file, number));
    }
    return proposals;
  } catch (error) {
    if (!(error instanceof ProposalLineError)) throw error;
    throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
  }
}

/** `ocpi2osm apply DIR`: what reviewers accepted, as a file for an editor (D5, D8, D9). */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { agreeingEdits, rebasedEdit } from "../merging/accepted-edits.js";
import { acceptedPart } from "../merging/accepted-proposals.js";
import { NearbyObjects } from "../merging/nearby-objects.js";
import { EDITS, type Proposal } from "../merging/proposal.js";
import type { NewerOsm } from "../merging/rebase.js";
import { UnmetDecisions } from "../merging/unmet-decisions.js";
import { type OsmExtract, elementName } from "../osm/osm-object.js";
import { newNodeIds } from "../proposals/loadable-edits.js";
import { LICENCE_NEEDED } from "../proposals/proposal-form.js";
import { proposalForm } from "../proposals/proposal-forms.js";
import type { ApplyReport } from "../runs/apply-report.js";
import { UsageError } from "../runs/exit-codes.js";
import { type Input, expandInputs } from "../runs/inputs.js";
import type { Log } from "../runs/log.js";
import { type Output, openOutput } from "../runs/output-file.js";
import { refuseOverwriting } from "../runs/overwriting.js";
import { DEFAULT_PROFILE, type Profile, readProfile } from "../runs/profile.js";
import { ApplyAccount, applyReportText } from "./comparison/apply-account.js";
import { PROPOSALS, REBASED } from "./comparison/diff-files.js";
import { readDiffFolder } from "./comparison/diff-report-file.js";
import type { DiffSettings } from "./comparison/diff-settings.js";
import { warnOfDisagreements } from "./comparison/disagreements.js";
import { type DecisionFiles, readDecisions } from "./comparison/memory-files.js";
import { type OsmSide, readOsmSide } from "./comparison/osm-side.js";
import { proposalsIn } from "./comparison/proposal-file.js";
import { readRebaseSettings } from "./comparison/rebase-report-file.js";
import { aboutOutput } from "./conversion/run-manifest.js";

export interface ApplyOptions {
  /** What `diff` or `rebase` wrote. */
  readonly folder: string;
  /** Files of decisions, or patterns; NDJSON and CSV. */
  readonly decisions: readonly string[];
  /** Newer extracts to check against; none: the versions of the folder are taken for OSM's. */
  readonly osm: readonly string[];
  /** A file, or `-`. */
  readonly output: string;
  readonly format: "osm" | "osc";
  /** Where the account of what was refused goes: JSON, or CSV by its name. */
  readonly report: string | undefined;
  /** The source's profile instead of the one the folder was made with. */
  readonly profile: string | undefined;
}

/**
 * Writes the accepted edits and tells what of the decisions is no edit, and why. What is refused keeps nothing else
 * from being written. The same proposals, decisions and extracts give the same bytes.
 *
 * @throws {UsageError} when the folder holds no diff, or `.osc` is wanted without a licence; {UnreadableInputError}
 * for files that cannot be read or understood.
 */
export async function apply(options: ApplyOptions, log: Log): Promise<ApplyReport> {
  const { folder, output, format, report } = options;
  const { profile, asOf } = await sourceOf(options);
  const about = aboutOutput(profile, asOf);
  const form = await proposalForm(format);
  if (form.needsLicence && !about.licensed) throw new UsageError(LICENCE_NEEDED);
  const file = join(folder, PROPOSALS);
  const { inputs } = await expandInputs([file, ...options.decisions, ...options.osm]);
  await refuseOverwriting(inputs, [output, report]);
  const decisions = await readDecisions(options.decisions);
  warnOfDisagreements(decisions.book.conflicts, log);
  const osm = options.osm.length === 0 ? undefined : await readOsmSide(options.osm, "never");
  const [proposals] = (await expandInputs([file])).inputs;
  if (proposals === undefined) throw new UsageError(`${file}: there is none`);
  const account = new ApplyAccount();
  const edits = await acceptedEdits(proposals, decisions, osm, account);
  const opened: Output[] = [];
  try {
    const written = await openOutput(output, true);
    opened.push(written);
    const beside = report === undefined ? undefined : await openOutput(report);
    if (beside !== undefined) opened.push(beside);
    for (const piece of form.text(edits, { about, newIds: newNodeIds(edits) })) await written.write(piece);
    const { bytes, sha256 = "" } = await written.finish();
    const made = account.report({
      source: profile.name,
      licensed: about.licensed,
      decisions,
      osm: osm?.inputs ?? [],
      output: { file: output, format, bytes, sha256 },
      edits,
    });
    await beside?.write(applyReportText(made, report ?? ""));
    for (const one of opened) await one.finish();
    for (const one of opened) await one.commit();
    return made;
  } finally {
    for (const one of opened) await one.discard();
    for (const input of inputs) input.close();
  }
}

/** What the folder tells of the source; where it does not, nothing is known of its licence. */
async function sourceOf({
  folder,
  profile,
}: ApplyOptions): Promise<{ readonly profile: Profile; readonly asOf: string | undefined }> {
  const settings = (await readRebaseSettings(folder)) ?? (await diffSettings(folder));
  if (profile !== undefined) return { profile: await readProfile(profile), asOf: settings?.asOf };
  return { profile: settings?.profile ?? DEFAULT_PROFILE, asOf: settings?.asOf };
}

/** Undefined: `rebase` wrote the folder before it told the settings. */
async function diffSettings(folder: string): Promise<DiffSettings | undefined> {
  const isRebased = await stat(join(folder, REBASED)).then(
    () => true,
    () => false,
  );
  return isRebased ? undefined : (await readDiffFolder(folder)).settings;
}

/** In the order of the proposals. */
async function acceptedEdits(
  proposals: Input,
  { book, decisions }: DecisionFiles,
  osm: OsmSide | undefined,
  account: ApplyAccount,
): Promise<readonly Proposal[]> {
  const newer = osm === undefined ? undefined : newerOsm(osm.extract);
  const unmet = new UnmetDecisions(decisions, book);
  const edits: Proposal[] = [];
  for await (const proposal of proposalsIn(proposals)) {
    unmet.meet(proposal);
    const { edit, refusals, tags } = acceptedPart(proposal, book);
    account.addProposal(tags, refusals);
    if (edit === undefined) continue;
    if (newer === undefined || osm === undefined) {
      edits.push(edit);
      continue;
    }
    const rebased = rebasedEdit(edit, newer);
    account.addOvertaken(rebased);
    if (rebased.edit !== undefined) edits.push(drawnAnew(rebased.edit, osm.extract));
  }
  const agreeing = agreeingEdits(edits);
  account.addRefusals([...agreeing.refusals, ...unmet.refusals]);
  return agreeing.edits;
}

function newerOsm({ objects }: OsmExtract): NewerOsm {
  const nearby = new NearbyObjects(objects);
  return {
    byName: new Map(objects.map((object) => [elementName(object), object])),
    around: (place) => nearby.around(place),
  };
}

/** With the nodes of a way as they are now, so that an editor can draw it. */
function drawnAnew(edit: Proposal, { wayNodes }: OsmExtract): Proposal {
  const { change, target } = edit;
  if (!EDITS.has(change) || target?.type !== "way") return edit;
  const nodes = [...new Set(target.nodes)].flatMap((id) => wayNodes.get(id) ?? []);
  return { ...edit, wayNodes: nodes.sort((a, b) => a.id - b.id) };
}

/** The options of `apply`, checked and completed. */
import { z } from "zod";
import type { ApplyReport, RefusedRow } from "../runs/apply-report.js";
import { counted } from "../runs/counted.js";
import { UsageError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { PROGRESS_MODES } from "../runs/progress.js";
import { refusedWords } from "./comparison/apply-account.js";
import { type ApplyOptions, apply } from "./apply.js";
import { refuseCompressedName } from "./compressed-name.js";

const applyArguments = z.object({
  decisions: z.array(z.string()),
  osm: z.array(z.string()).default([]),
  output: z.string(),
  format: z.enum(["osm", "osc"]).optional(),
  report: z.string().optional(),
  profile: z.string().optional(),
  progress: z.enum(PROGRESS_MODES),
});

const MOST_REFUSED_SHOWN = 20;
const MOST_PAST_SHOWN = 3;

/** @throws {UsageError} for an output of no known format; otherwise as `apply`. */
export async function applyFromArguments(folder: string, options: unknown, log: Log): Promise<void> {
  const { format, output, ...given } = applyArguments.parse(options);
  refuseCompressedName(output, `-o - --format ${format ?? "osm"}`);
  const wanted = { ...given, folder, output, format: format ?? formatOf(output) };
  tell(await apply({ report: undefined, profile: undefined, ...wanted }, log), given.report, log);
}

function formatOf(output: string): ApplyOptions["format"] {
  const ending = /\.(osm|osc)$/i.exec(output)?.[1]?.toLowerCase();
  if (ending === "osm" || ending === "osc") return ending;
  throw new UsageError(
    `-o ${output}: neither .osm nor .osc; name the format with --format osm or --format osc`,
  );
}

/** What was done, and every decision that is no edit, as far as a screen holds. */
function tell({ counts, refused, output }: ApplyReport, report: string | undefined, log: Log): void {
  const { created, changed, charge_points: points, tags } = counts.edits;
  const where = output.file === "-" ? "on stdout" : `in ${output.file}`;
  log.info(
    `${counted(created, "new station")}${points > 0 ? ` with ${counted(points, "charge point")}` : ""} and ${counted(changed, "changed object")}, ${counted(tags, "tag")} in all, are ${where}`,
  );
  const { accepted, rejected, deferred, undecided } = counts.tags;
  log.info(`Tags: ${accepted} accepted, ${rejected} rejected, ${deferred} put off, ${undecided} not decided`);
  if (counts.already_done > 0)
    log.info(`${counted(counts.already_done, "accepted thing is", "accepted things are")} in OSM already`);
  // Decisions are kept for good, so these grow with every upload: they must not hide what needs a look.
  const past = refused.filter(({ reason }) => reason === "not-proposed");
  const open = refused.filter(({ reason }) => reason !== "not-proposed");
  const list = (rows: readonly RefusedRow[], most: number, words: (row: RefusedRow) => string): void => {
    for (const row of rows.slice(0, most)) log.warn(`  ${words(row)}`);
    const where = report === undefined ? " (--report FILE lists them all)" : `, listed in ${report}`;
    if (rows.length > most) log.warn(`  and ${rows.length - most} more${where}`);
  };
  if (open.length > 0)
    log.warn(`${counted(open.length, "accepted thing is", "accepted things are")} refused:`);
  list(open, MOST_REFUSED_SHOWN, refusedWords);
  if (past.length > 0)
    log.warn(
      `${counted(past.length, "accepted thing is", "accepted things are")} not proposed any more: done, settled otherwise, or of another feed:`,
    );
  list(past, MOST_PAST_SHOWN, ({ proposal, key }) => (key === undefined ? proposal : `${proposal} ${key}`));
}

/** `convert` and `diff`, with CI told how they ended: the same for one run and for the merge of its parts. */
import { convertMarkdown } from "../../runs/convert-markdown.js";
import type { Log } from "../../runs/log.js";
import { summaryMarkdown } from "../../runs/summary-markdown.js";
import { type ConvertOptions, convert } from "../convert.js";
import { type DiffOptions, diff } from "../diff.js";
import { diffThresholds, rejectsThreshold } from "./feed-thresholds.js";
import { judged } from "./judged-feed.js";

/** Throws as `convert`. */
export function judgedConvert(options: ConvertOptions, log: Log): Promise<void> {
  const { profile, junit, maxRejects } = options;
  const limit = maxRejects && `${maxRejects.limit}${maxRejects.percent ? "%" : ""}`;
  return judged({ name: profile.name, junit }, log, (know) =>
    convert(
      {
        ...options,
        told: (counts) =>
          know({
            thresholds: rejectsThreshold(limit, counts),
            summary: convertMarkdown(profile.name, counts),
          }),
      },
      log,
    ),
  );
}

/** Throws as `diff`. */
export function judgedDiff(options: DiffOptions, log: Log): Promise<void> {
  const { settings, junit } = options;
  return judged({ name: settings.profile.name, junit }, log, (know) =>
    diff(
      {
        ...options,
        told: (report) =>
          know({ thresholds: diffThresholds(settings, report), summary: summaryMarkdown(report) }),
      },
      log,
    ),
  );
}

/** Texts of the index as the words they are. */
import { CHANGES, type Change } from "../merging/proposal.js";

/** Whether this version of the page knows the change. */
export function isChange(text: string): text is Change {
  return CHANGES.some((change) => change === text);
}

/** What the merge of one tag comes to (D3), with what is to be remembered of it. */
import type { TagClass } from "../tagging/tag-class.js";
import type { Outcome } from "./merge-table.js";
import type { TagReason } from "./reasons.js";
import type { TagMemory } from "./tag-memory.js";

export interface MergedTag {
  readonly key: string;
  readonly class: TagClass;
  readonly outcome: Outcome;
  readonly reason: TagReason;
  /** The main object's value; `undefined`: no such tag. */
  readonly old: string | undefined;
  /** What the merge compared with. */
  readonly base: string | undefined;
  /** The value to write; `undefined`: the tag is to go. */
  readonly new: string | undefined;
  /** The tagging rule of the value, `D3` where the feed has none. */
  readonly rule: string;
  /** What the state keeps of the tag. */
  readonly memory: TagMemory;
}

/** What the tests of single rules share: running one and reading what it left. */
import type { TaggingEvse } from "../ocpi/location.js";
import { NoteCollector } from "./note-collector.js";
import type { PlacedEvse } from "./sockets.js";
import type { Tag } from "./tagged-point.js";

/** EVSEs at their places in the Location. */
export function placed(...evses: TaggingEvse[]): PlacedEvse[] {
  return evses.map((evse, index) => ({ evse, index }));
}

export function tagRecord(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** The tags and the codes of the notes that a rule leaves. */
export function leftBy(rule: (tags: Tag[], notes: NoteCollector) => void): {
  readonly tags: Record<string, string>;
  readonly notes: readonly string[];
} {
  const tags: Tag[] = [];
  const notes = new NoteCollector();
  rule(tags, notes);
  return { tags: tagRecord(tags), notes: notes.notes().map(({ code }) => code) };
}

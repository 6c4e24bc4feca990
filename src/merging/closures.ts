/** What a closure proposes (D4): a lifecycle prefix for a mapper to confirm on the ground, never a delete. */
import type { Station } from "../matching/station.js";
import type { TagProposal } from "./proposal.js";
import type { TagReason } from "./reasons.js";

const FORM_TAGS = {
  station: { key: "amenity", value: "charging_station" },
  charge_point: { key: "man_made", value: "charge_point" },
} as const;

/** Whether OSM already has the station as closed, planned or under construction. */
export function isOutOfUse({ form }: Station): boolean {
  return form.lifecycle !== "";
}

/** `disused:amenity`, `planned:man_made`: the key that says so; undefined of what is in use. */
export function lifecycleKey({ form }: Station): string | undefined {
  return form.lifecycle === "" ? undefined : `${form.lifecycle}:${FORM_TAGS[form.kind].key}`;
}

/** `amenity` gives its place to `disused:amenity`; everything else stays. What the object is besides stays, too. */
export function closureTags({ object, form }: Station, reason: TagReason = "closed"): readonly TagProposal[] {
  const { key, value } = FORM_TAGS[form.kind];
  const old = object.tags.find((tag) => tag.key === key)?.value;
  const others = (old ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== value);
  const disused = `disused:${key}`;
  const before = object.tags.find((tag) => tag.key === disused)?.value;
  const row = { class: "A", base: undefined, rule: "D4", reason, sources: [] } as const;
  return [
    { ...row, key, old, new: others.length === 0 ? undefined : others.join(";") },
    { ...row, key: disused, old: before, new: value },
  ];
}

/** Names of proposals: the same in every run, so that a decision about one can be kept. */
import type { TaggingLocation } from "../ocpi/location.js";

/**
 * `create/LT*IGN*42`: the Location's country_code, party_id and id, which OCPI compares without regard to case. No
 * two Locations share one, nor does a Location with a charge point (`…/cp1`): `%`, `/` and, before the id, `*` are
 * percent-encoded.
 */
export function createProposalId(location: TaggingLocation): string {
  return `create/${proposalKey(location)}`;
}

/** `LT*IGN*42`: what names of proposals are made from. */
export function proposalKey({ country_code, party_id, id }: LocationIdentity): string {
  const parts = [part(country_code, /[%/*]/g), part(party_id, /[%/*]/g), part(id, /[%/]/g)];
  return parts.join("*");
}

type LocationIdentity = Pick<TaggingLocation, "country_code" | "party_id" | "id">;

/** Only ASCII is folded: OCPI ids hold nothing else, and other folding would make `ß` and `SS` one. */
function part(text: string | undefined, separators: RegExp): string {
  return (text ?? "")
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    .replace(separators, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Why a tag is proposed, in words for a mapper: one row a rule. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["T1", "the feed lists a charging station here"],
  ["T2.1", "the operator's own id of this location"],
  ["T2.3", "the EVSE ids of this location"],
  ["T3.1", "number of vehicles that can use this socket at once"],
  ["T3.4", "the powers this socket is offered with, highest first"],
  ["T5.1", "number of EVSEs that are neither removed nor planned"],
  ["T5.2", "the hours the feed states"],
  ["T5.3", "who may charge here, by the feed's restrictions"],
  ["T5.4", "a terminal or reader that at least one EVSE has"],
  ["T5.5", "the operator the feed names, spelt as the Name Suggestion Index spells it where it knows it"],
  ["T5.6", "a detail of the parking places or EVSEs"],
  ["T5.7", "the name the feed gives it"],
  ["T6", "the feed places these EVSEs apart from the station"],
]);

/** The rule's reason; a rule without one is cited by its number. */
export function ruleReason(rule: string): string {
  return REASONS.get(rule) ?? `rule ${rule}`;
}

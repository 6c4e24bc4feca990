/**
 * Notes: what a reviewer should know about a Location beyond its tags. The codes are data; the text of a note
 * is its meaning from this table plus a detail from the record.
 */

/** One row a code: the rule it comes from and what it means, in words for a mapper. */
export const NOTE_MEANINGS = {
  "bad-field": { rule: "T1.7", meaning: "A field had a value of the wrong type and was read as absent" },
  "html-entity": { rule: "T7", meaning: "Text held HTML entities; they were decoded" },
  "outside-country": {
    rule: "T1.6",
    meaning: "The position lies in another country than the one stated, or latitude equals longitude",
  },
  "location-id-too-long": {
    rule: "T2.1",
    meaning:
      "The Location id is longer than 39 characters, so it is no OCPI id; ref:ocpi:location:id was not written",
  },
  "evse-id-invalid": {
    rule: "T2.2",
    meaning: "An evse_id is not of the form CC*PPP*E…; it was not written to ref:EU:EVSE",
  },
  "value-too-long": {
    rule: "T7",
    meaning: "A value is longer than OSM's 255 characters; the tag was withheld, never cut",
  },
  "format-missing": {
    rule: "T3.2",
    meaning: "A Type 2 connector does not say whether it is a socket or a cable; socket assumed",
  },
  "unknown-standard": { rule: "T3.3", meaning: "A connector's standard has no OSM key" },
  "chaoji-suspect": {
    rule: "T3",
    meaning: "ChaoJi outside China and Japan is most often a CHAdeMO mislabelled",
  },
  "tesla-s": { rule: "T3", meaning: "TESLA_S means a different plug in each region; check on the ground" },
  "power-in-kw": { rule: "T4.1", meaning: "max_electric_power below 1000 was read as kilowatts" },
  "power-implausible": {
    rule: "T4.5",
    meaning: "The power is above what the connector can carry; no output was written",
  },
  "capacity-suspect": {
    rule: "T5.1",
    meaning: "EVSEs look virtual (one for each connector of a device), so capacity may be too high",
  },
  "bad-hours": {
    rule: "T5.2",
    meaning: "opening_times could not be understood; opening_hours was not written",
  },
  "brand-only": { rule: "T5.3", meaning: "For customers of one brand only" },
  "private-parking": { rule: "T5.6", meaning: "The parking type suggests private ground" },
  indoor: { rule: "T5.6", meaning: "In a garage: the position is often its entrance" },
  "evse-far-away": {
    rule: "T6",
    meaning:
      "An EVSE stands more than 1 km from its Location: one of the positions is wrong; it got no charge_point",
  },
  "too-many-charge-points": {
    rule: "T6",
    meaning: "More EVSE positions than one Location can have charge_point nodes; none were written",
  },
  "evses-not-asked": { rule: "T1.3", meaning: "The HERE answer has no evses: ask for fields=evses" },
  "evses-pruned": {
    rule: "T3.1",
    meaning: "connectorGroups and evses disagree: the answer may have been pruned by connectorTypes=",
  },
  "units-suspect": {
    rule: "T5.6",
    meaning:
      "Vehicle limits look like metres or tonnes where centimetres or kilograms belong; they were converted",
  },
} as const satisfies Record<string, { rule: string; meaning: string }>;

export type NoteCode = keyof typeof NOTE_MEANINGS;

export interface Note {
  readonly code: NoteCode;
  /** JSON Pointer into the canonical Location (`/evses/0/evse_id`); `""` for the whole record. */
  readonly pointer: string;
  /** The offending value or list, in words. */
  readonly detail: string;
}

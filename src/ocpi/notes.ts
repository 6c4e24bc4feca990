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
  "text-damaged": {
    rule: "T7",
    meaning: "The text was not readable as UTF-8; the tag was withheld. Ask for the feed in UTF-8",
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
  "here-supplier": {
    rule: "T2.1",
    meaning: "Who HERE has the record from, by HERE's content id; for the licence check, never for a tag",
  },
  "content-id-far": {
    rule: "T1.2",
    meaning: "The place that is part of HERE's content id is more than 1 km from the stated position",
  },
  "shared-part-missing": {
    rule: "T1.7",
    meaning: "The Location points at a part of its tile that is not there; that part was read as absent",
  },
  "no-evse-data": {
    rule: "T3.1",
    meaning:
      "The source counts ports by connector type and knows no EVSEs: socket counts are counts of ports, and there are no EVSE ids",
  },
  "port-counts-disagree": {
    rule: "T3.1",
    meaning: "The source gives several counts of the same ports; numberOfPorts was taken",
  },
  "capacity-unknown": {
    rule: "T5.1",
    meaning: "The source counts connectors, not the cars that can charge at once; capacity was not written",
  },
  "connector-type-ambiguous": {
    rule: "T3.3",
    meaning:
      "HERE's connector type fits several plugs or none that OpenStreetMap has a key for; no socket was written",
  },
  "connector-type-unknown": {
    rule: "T3.3",
    meaning:
      "The meaning of HERE's connector type id is not public; no socket was written. Save v3's countryMetadata?fields=connectorTypes and give it with --connector-types",
  },
  "tesla-connector": {
    rule: "T3",
    meaning:
      "HERE's connector type 43 is documented as SAE_J3400, but older data has it for any Tesla plug; check on the ground",
  },
  "connectors-uncounted": {
    rule: "T3.1",
    meaning: "A group of connectors does not say how many it has; one was assumed",
  },
  "access-restricted": {
    rule: "T5.3",
    meaning: "The source says that access is restricted, but not to whom; access was not written",
  },
  "annual-openings": {
    rule: "T5.2",
    meaning: "Hours differ on some days of the year; opening_hours has the regular ones only",
  },
  "position-not-given": {
    rule: "T1.2",
    meaning: "An answer about EVSEs has no position: fetch their station or pool (stations/bulk, pools/bulk)",
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

/** Why a tag or a Location is proposed, left alone or put to review: one row a reason (D2–D5, T8). */

/** Outcomes of the merge of one tag. */
export const TAG_REASONS = {
  "new-station": { rule: "D2.4", meaning: "OSM has no charging station here" },
  unsettled: { rule: "D2.4", meaning: "would be written if none of the candidates is the station" },
  absent: { rule: "D3", meaning: "OSM has no value" },
  "feed-changed": {
    rule: "D3",
    meaning: "the feed's value changed since the last import, OSM still has the earlier one",
  },
  "feed-dropped": { rule: "D3", meaning: "the feed no longer has the value it gave OSM" },
  "already-there": { rule: "D3", meaning: "OSM says the same" },
  "kept-mapper-edit": { rule: "D3", meaning: "a mapper changed it since the last import" },
  "kept-osm-value": { rule: "D3", meaning: "OSM has a value of its own (class B)" },
  "both-changed": { rule: "D3", meaning: "the feed and a mapper both changed it" },
  differs: { rule: "D3", meaning: "OSM says something else and there is no earlier import to compare with" },
  surveyed: { rule: "D3", meaning: "surveyed on the ground after the feed's last update" },
  "refused-by-tag": { rule: "D3", meaning: "a not: tag on the object refuses this value" },
  "capacity-lowered": { rule: "T8", meaning: "a capacity is never lowered without a look" },
  "socket-variant": { rule: "T3.6", meaning: "the same sockets under another key" },
  cluster: { rule: "D2.3", meaning: "OSM maps this site as several objects; compared with their sum" },
  shared: { rule: "D2.3", meaning: "several Locations of the feed share this OSM object" },
  "proposed-before": {
    rule: "D3",
    meaning: "proposed before; the object was edited since and kept its value",
  },
  "outside-country": { rule: "T1.6", meaning: "the feed's position is doubtful" },
  "far-id": { rule: "D2.2", meaning: "matched by id, but over 500 m away" },
  "too-long": { rule: "T2.4", meaning: "longer than OSM takes" },
  damaged: { rule: "T7", meaning: "the feed's text was not readable as UTF-8" },
  rejected: { rule: "D5", meaning: "a reviewer refused this value" },
  deferred: { rule: "D5", meaning: "a reviewer put this off" },
  closed: { rule: "D4", meaning: "the feed says that the station is gone" },
  "re-issued": { rule: "D4", meaning: "the same station under a new id" },
  lifecycle: { rule: "D1.1", meaning: "OSM has it as disused, planned or under construction" },
} as const satisfies Record<string, { readonly rule: string; readonly meaning: string }>;
export type TagReason = keyof typeof TAG_REASONS;

/** Why there is a proposal at all, or (in matches.csv) why there is none. */
export const PROPOSAL_REASONS = {
  "new-station": {
    rule: "D2.4",
    meaning: "no charging object within 100 m that is not taken or contradicts",
  },
  "tags-differ": { rule: "D3", meaning: "tags of a matched station" },
  "far-id": { rule: "D2.2", meaning: "the same id stands over 500 m away" },
  ambiguous: { rule: "D2.4", meaning: "two candidates are about as likely" },
  weak: { rule: "D2.4", meaning: "near, but not enough speaks for it" },
  lifecycle: { rule: "D1.1", meaning: "OSM has it as disused, planned or under construction" },
  "rejected-pair": { rule: "D5", meaning: "a mapper said that this pair is not one" },
  "charge-points-only": { rule: "D1.3", meaning: "OSM has charge points here but no station" },
  "outside-country": { rule: "T1.6", meaning: "the position is doubtful" },
  "re-issued-id": { rule: "D4", meaning: "the same station under a new id" },
  "gone-from-feed": { rule: "D4", meaning: "missing from the feed for several runs" },
  removed: { rule: "T1.3", meaning: "the feed marks every EVSE as REMOVED" },
  "deleted-by-mapper": { rule: "D5", meaning: "a mapper removed it from OSM after an import" },
  "accepted-but-absent": {
    rule: "D5",
    meaning: "accepted earlier, yet not in OSM: not uploaded, or deleted since",
  },
} as const satisfies Record<string, { readonly rule: string; readonly meaning: string }>;
export type ProposalReason = keyof typeof PROPOSAL_REASONS;

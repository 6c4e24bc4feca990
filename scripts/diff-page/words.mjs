/** What docs/diff.md says of names that the program's tables only list. A name without words stops the page. */

/** Methods of a match, strongest first, and `state`. */
export const METHOD_WORDS = {
  ref: [
    "D2.1",
    "the same `ref:ocpi:location:id`, or a `ref:ocpi` or pool or station id that can only be the Location's",
  ],
  evse: ["D2.1", "EVSE ids in common"],
  decision: ["D5", "a mapper accepted the pair"],
  "operator+sockets": ["D2.2", "the same operator, brand or network, and like sockets"],
  operator: ["D2.2", "the same operator, brand or network"],
  near: ["D2.2", "the same place, and nothing speaks against it"],
  state: ["D3", "matching is not sure by itself, but an earlier run had this station and it is still there"],
};

/** `METRES`: what each distance is for. */
export const METRES_WORDS = {
  bare: ["D2.2", "nothing known but the place"],
  agreed: ["D2.2", "the operator agrees"],
  alike: ["D2.2", "the operator agrees and the sockets are alike"],
  id: ["D2.2", "an id decides up to here; farther away it is a review"],
  near: [
    "D2.4",
    "what stands this near speaks against a create, unless it is another Location's or contradicts by ids",
  ],
  shortRef: ["D2.1", "a short Location id counts for a station of another operator only this near"],
  cluster: ["D2.3", "stations of one site, told by their sums"],
  provenCluster: ["D2.3", "stations of one site, told by their ids"],
  touching: ["D2.2", "nearer than stations stand to each other: one point, drawn twice"],
  samePlace: ["D2.1", "Locations are at one place: an EVSE id that both have still identifies"],
};

/** `WEIGHTS`: what each piece of evidence is. */
export const WEIGHT_WORDS = {
  ref: "the same Location id",
  evse: "EVSE ids in common: all that could be; at least half of it for a part",
  decision: "a mapper accepted the pair",
  "operator.agrees":
    "operator, brand or network agree, by name without company form, by Wikidata id or by the code in ids",
  "operator.differs": "they differ",
  "operator.disputed": "names and the codes in ids say different things",
  "operator.unknown": "one side names nobody",
  sockets: "times the likeness of the sockets, 0 to 1",
  socketsExclude: "no socket in common",
  "capacity.same": "the same capacity",
  "capacity.near": "one is at most twice the other",
  "capacity.far": "more than twice",
  evseConflict: "EVSE ids of one operator, none in common",
};

/** What may be done with a change. */
export const CHANGE_WORDS = {
  create: ["D2.4", "a station that OSM does not have"],
  modify: ["D3", "tags of a matched station"],
  relink: ["D4", "ids of a station that the feed lists under a new id"],
  review: ["D2.4, D3", "not sure enough to be an edit: an unsettled match, or a tag that needs a look"],
  conflict: ["D3", "the feed and a mapper both changed the tag; old, base and new are shown"],
  close: ["D4", "the feed has lost it: confirm on the ground, then `disused:`; never a delete"],
};

/** `MEANINGS`: when two values of a key say the same. */
export const MEANING_WORDS = {
  amenity: "`charging_station` among several values is one",
  man_made: "`charge_point` among several values is one",
  "disused:amenity": "`charging_station` among several values is one",
  "ref:EU:EVSE": "a set, separated by `;` or `,`; ids without `*`, `-` and blanks, in capitals (T2.5)",
  "ref:ocpi:location:id": "a set, separated by `;`; capitals do not matter",
  ref: "a set, separated by `;`; capitals do not matter",
  level: "a set of numbers",
  "socket:*:output": "a set of powers: `22 kW`, `22kW`, `22` and `22000 W` are one",
  "charging_station:output": "a set of powers",
  "socket:*": "a number: `02` is 2, `no` is 0",
  capacity: "a number",
  "capacity:*": "a number; `no` is 0",
  maxheight: "a number of metres",
  maxstay: "a length of time: `2 h` is `120 minutes`",
  opening_hours:
    "the open minutes of a week, however spelt; what says more than days, `PH` and times is compared as text",
  "*:wikidata": "a set of ids",
  operator: "a name without its company form (T5.5)",
  brand: "a name without its company form",
  network: "a name without its company form",
  name: "text; blanks do not matter",
  "*": "text; blanks and capitals do not matter",
};

/** What a decision does, by what it is about. */
export const DECISION_ROWS = [
  [
    "reject",
    "a tag; or a modify, relink, review or conflict with all its tags",
    "the value does not come back until the feed changes it",
  ],
  ["reject", "a create", "it does not come back; with `values`: until the feed changes one of them"],
  ["reject", "a close", "it does not come back"],
  [
    "reject",
    "a match (`osm`)",
    "the pair is never matched; as long as nothing else stands near, a review says so instead of a create",
  ],
  [
    "accept",
    "a match (`osm`)",
    "the pair is matched, by method `decision`, where ids do not say otherwise and the object is in use",
  ],
  ["accept", "a create", "if OSM still lacks it, a review says so; there is no second create"],
  ["accept", "anything else", "nothing: the state tells what OSM took over"],
  ["defer", "a tag, a modify or a create", "a review, out of the files for editors"],
];

/** Files of the output folder that are not made from proposals, and those that are. */
export const FILE_WORDS = {
  "report.md":
    "the numbers on one page: what was found, what was withheld, what to do next; made for a CI summary",
  "report.json": "the same for programs: counts, inputs with their SHA-256, settings; `verify` replays it",
  "proposals.ndjson": "every proposal in full, one a line; all other forms are written from it",
  "changes.osm": "the edits as a JOSM layer",
  "changes.osc": "the edits as osmChange",
  "changes.csv": "every proposal, one row a tag, with reason and source",
  "changes.geojson": "every proposal as a point, for maps",
  "maproulette.ndjson":
    "the edits as tasks of a cooperative MapRoulette challenge, whose instructions are to be `{{instruction}}`",
  "review.html":
    "to begin with: every proposal, to be looked at and decided in a browser, offline; above 50,000 proposals it leads to `review-1.html`, `review-2.html` …",
  "matches.csv": "the verdict on every Location, changed or not",
  "rejects.ndjson": "records of the feed that were not compared, with the reason (T1)",
  "state-before.ndjson.gz": "the state the run started from, for `verify`; not in a first run",
  "rebase.csv": "what became of each proposal (`rebase` only)",
  "rebase.json":
    "what the folder was made with, licence and settings, so that `apply` and another `rebase` know them (`rebase` only)",
};

/** Columns of changes.csv. */
export const CHANGES_COLUMN_WORDS = {
  proposal: "id, the same in every run: what a decision names",
  change: "see Changes",
  class: "of the tag: A, B or C",
  osm_type: "`node`, `way` or `relation`",
  osm_id: "of the element; negative for a new one; empty where the match is not settled",
  osm_version: "the version that the proposal was computed from",
  country_code: "of the Location",
  party_id: "of the Location",
  location_id: "of the Location",
  lat: "where the feed has it",
  lon: "where the feed has it",
  distance_m: "metres between the Location and the element",
  match: "the method of the match, or why there is none for sure",
  key: "of the tag",
  old_value: "OSM now; empty: no such tag",
  base_value: "the feed at the last published run",
  new_value: "the feed now; empty: the tag is to go",
  rule: "the rule that made the value, or of the comparison",
  reason: "in words, candidates included",
  source_file: "of the feed",
  source_pointer: "JSON Pointer into the record",
  source_value: "what stands there",
  osm_url: "the element, or the place, on openstreetmap.org",
  josm_url: "loads it into a running JOSM, edits with their tags (with a licence only)",
  decision:
    "empty, for you: accept, reject or defer (or `a`, `r`, `d`, yes, no); hand the sheet back with `--decisions`",
  note: "empty, for you: why",
};

/** Columns of matches.csv. */
export const MATCHES_COLUMN_WORDS = {
  country_code: "of the Location",
  party_id: "of the Location",
  location_id: "of the Location",
  verdict: "`matched`, `review`, `new`, `closed` or `skipped`",
  method: "see Methods",
  osm: "`n123`, or a cluster: `n123;w45`; of a review the best candidate",
  score: "0 to 1",
  distance_m: "metres",
  runner_up: "the next best",
  runner_up_score: "its score",
  reason: "in words, with the rule",
};

/** Columns of rebase.csv. */
export const REBASE_COLUMN_WORDS = {
  proposal: "id",
  status: "`clean`, `already-done` or `conflicting`",
  reason: "one of those above, in words",
  version_then: "the element's version when the proposal was made",
  version_now: "its version in the newer extract",
  key: "of the tag",
  tag_status: "of the tag alone",
  osm_value_now: "in the newer extract",
};

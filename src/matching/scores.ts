/** The weights and thresholds of matching: rules D2.1, D2.2 and D2.4 as one table. Distances are metres. */

/** How near is near enough, by what else speaks for the pair. */
export const METRES = {
  /** D2.2: nothing known but the place. */
  bare: 15,
  /** D2.2: operator, brand or network agree. */
  agreed: 50,
  /** D2.2: they agree and the sockets are alike. */
  alike: 150,
  /** D2.2: an id over this far away is put to review; D2.1: a Location id counts on its own up to here. */
  id: 500,
  /** D2.4: no create with a charging object this near that is neither taken nor contradicted by ids. */
  near: 100,
  /** A Location id that any operator may have (`42`) counts for a station of somebody else only this near. */
  shortRef: 100,
  /** D2.3: stations of one site, by likelihood … */
  cluster: 50,
  /** … or proven by ids. */
  provenCluster: 150,
  /** One point on the map, drawn twice: nearer than stations stand to each other, whatever is known of them. */
  touching: 5,
  /** Locations are at one place: an EVSE id that both have may still be one EVSE. */
  samePlace: 50,
} as const;

/** Location ids shorter than this are counted up by many operators. */
export const SHORT_REF_LENGTH = 8;

/**
 * What each piece of evidence adds (D2.1). The scale is that of a likelihood: parts add up, and 1 is as sure as the
 * evidence without ids gets. Ids go beyond; what is reported ends at 1.
 */
export const WEIGHTS = {
  ref: 0.8,
  /** All EVSE ids that both could share are shared; a part of them counts from half of this. */
  evse: 0.7,
  decision: 0.5,
  operator: { agrees: 0.25, differs: -0.3, disputed: 0, unknown: 0 },
  /** Times the likeness, 0 to 1. */
  sockets: 0.2,
  socketsExclude: -0.25,
  /** The same number of vehicles; or one is at most twice the other. */
  capacity: { same: 0.1, near: 0.04, far: -0.04 },
  /** EVSE ids of one operator of which none is shared. */
  evseConflict: -0.5,
} as const;

/** What distance adds: straight lines between these points. */
export const DISTANCE_VALUE: readonly (readonly [metres: number, value: number])[] = [
  [0, 0.45],
  [15, 0.4],
  [50, 0.25],
  [150, 0],
  [500, -0.25],
  [20_000, -0.4],
];

/**
 * What a pair must add up to before having it is better than having none: in an assignment only what is above this
 * counts, so that one good pair outweighs two poor ones.
 */
export const PRIOR = 0.3;

/** Sockets are alike from this share in common; or when only the counts differ (D2.2). */
export const ALIKE = 0.5;
/** Yet never when the strongest sockets differ by more than this factor: 22 kW is not 150 kW. */
export const OUTPUT_FACTOR = 4;

/**
 * D2.4: two candidates are about as likely when the whole assignment would lose less than this by taking the other
 * one. Between neighbours of one operator with the same sockets it is a matter of about 40 metres.
 */
export const AMBIGUITY_MARGIN = 0.13;
/** The same against a station at the very place (15 m) that only states no operator. */
export const NAMELESS_MARGIN = 0.2;

/** What a Location and a station would gain together by having each other from which on neither is sure of what it has. */
export const SWAP_MARGIN = 0.1;

/** D2.3: several Locations are one station when their sums are within this share of what it states. */
export const SUM_TOLERANCE = 0.25;

/** D2.4: candidates listed in a review. */
export const MOST_CANDIDATES = 5;
/** Candidates kept of each Location while matching; the weaker ones of a crowd are looked at again for a review. */
export const KEPT_CANDIDATES = 8;

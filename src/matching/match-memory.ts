/** What mappers said of pairs before (D5). */

/** Sets of element names (`n123`) by a Location's key. */
export interface MatchMemory {
  /** Pairs a mapper accepted: evidence after ids (D2.1). */
  readonly accepted: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pairs a mapper refused: never matched. */
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>;
}

/** For a first comparison. */
export const NO_MEMORY: MatchMemory = { accepted: new Map(), refused: new Map() };

/** From matches to proposals: rules D3, D4 and D5. Pure: the same input in any order gives the same output. */
import type { Station } from "../matching/station.js";
import type { OsmObject } from "../osm/osm-object.js";
import {
  type Comparison,
  type ComparisonInput,
  type LocationVerdict,
  DEFAULT_COMPARISON,
} from "./comparison.js";
import { disappearance } from "./disappearance.js";
import { FeedIds } from "./feed-ids.js";
import type { ComparisonContext, Settled } from "./location-case.js";
import { settleLocation } from "./location-comparison.js";
import { CHANGES, type Proposal } from "./proposal.js";
import { ProposalMaker } from "./proposal-parts.js";
import { findRelinks } from "./relinks.js";
import { Sites } from "./sites.js";
import type { StateEntry } from "./state-entry.js";
import { ComparisonTally } from "./tally.js";
import { compareTexts } from "./text-order.js";
import { settleVanished } from "./vanished.js";

/**
 * What should change in OSM for each Location, every Location's verdict, and the state to keep for the next run.
 *
 * When more vanished than D4 allows (`disappeared.crossed`), there are no proposals and no verdicts, and the state is
 * the one given. Throws RangeError when matches and locations are not of one run.
 */
export function proposeChanges(input: ComparisonInput): Comparison {
  const { locations, matches, state } = input;
  if (matches.length !== locations.length) {
    throw new RangeError(`${matches.length} matches for ${locations.length} Locations`);
  }
  const options = { ...DEFAULT_COMPARISON, ...input.options };
  const entries = new Map(state.map((entry) => [entry.key, entry]));
  const inFeed = new Set([...locations.map(({ key }) => key), ...(input.refused ?? [])]);
  const gone = state.filter(({ key }) => !inFeed.has(key));
  const sites = new Sites(input.stations, matches);
  const relinks = findRelinks({
    locations,
    matches,
    known: new Set(entries.keys()),
    vanished: gone.filter(({ deleted }) => deleted === undefined),
    sites,
  });
  const moved = new Set(
    [...relinks.values()].flatMap((relink) => (relink.kind === "relink" ? [relink.from.key] : [])),
  );
  const vanished = gone.filter(({ key }) => !moved.has(key));
  const disappeared = disappearance(state, vanished, options.maxDisappear);
  const tally = new ComparisonTally();
  if (disappeared.crossed) {
    return { proposals: [], verdicts: [], nextState: state, counts: tally.counts([], []), disappeared };
  }

  const context: ComparisonContext = {
    locations,
    matches,
    decisions: input.decisions,
    feed: new FeedIds(locations, input.refused),
    entries,
    holders: holdersOf(state, inFeed),
    sites,
    relinks,
    maker: new ProposalMaker(sites, objectsOf(input.stations), input.wayNodes),
    tally,
  };
  const settled: Settled[] = [...locations.keys()]
    .sort((a, b) => compareTexts(locations[a]?.key ?? "", locations[b]?.key ?? ""))
    .map((index) => settleLocation(index, context));
  for (const entry of vanished) {
    settled.push(settleVanished(entry, { ...context, patience: options.patience }));
  }
  const notMapped = state.filter(({ key }) => input.refused?.has(key) === true).map(seenAgain);

  const proposals = settled.flatMap((one) => one.proposals).sort(byLocationAndChange);
  const verdicts = settled.flatMap((one): LocationVerdict[] =>
    one.verdict === undefined ? [] : [one.verdict],
  );
  verdicts.sort((a, b) => compareTexts(a.key, b.key));
  const nextState = [...settled.flatMap(({ entry }) => (entry === undefined ? [] : [entry])), ...notMapped];
  nextState.sort((a, b) => compareTexts(a.key, b.key));
  return { proposals, verdicts, nextState, counts: tally.counts(proposals, verdicts), disappeared };
}

function holdersOf(state: readonly StateEntry[], inFeed: ReadonlySet<string>): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  for (const { key, osm = [] } of state) if (inFeed.has(key)) for (const name of osm) holders.set(name, key);
  return holders;
}

/** It is in the feed, if not to be mapped: nothing is missing. */
function seenAgain(entry: StateEntry): StateEntry {
  const seen = { ...entry };
  delete seen.absent;
  return seen;
}

function objectsOf(stations: readonly Station[]): OsmObject[] {
  return stations.flatMap(({ object, chargePoints }) => [object, ...chargePoints]);
}

function byLocationAndChange(a: Proposal, b: Proposal): number {
  return (
    compareTexts(a.location.key, b.location.key) || CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change)
  );
}

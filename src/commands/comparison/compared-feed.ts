/** A feed compared with OSM: everything that is known before anything is written. */
import { matchLocations } from "../../matching/match-locations.js";
import { stationsOf } from "../../matching/stations-of.js";
import type { DecisionConflict } from "../../merging/decisions.js";
import type { Proposal } from "../../merging/proposal.js";
import type { Comparison } from "../../merging/comparison.js";
import { proposeChanges } from "../../merging/propose-changes.js";
import type { StateEntry } from "../../merging/state-entry.js";
import type { OutputAbout } from "../../proposals/output-form.js";
import { type LocationSources, readSources } from "../../proposals/sources-form.js";
import { UnreadableInputError } from "../../runs/exit-codes.js";
import type { Input } from "../../runs/inputs.js";
import type { Progress } from "../../runs/progress.js";
import type { RejectsFile } from "../../runs/rejects-file.js";
import { parseThreshold } from "../../runs/threshold.js";
import type { TaggedLocation } from "../../tagging/tagged-location.js";
import type { TaggingOptions } from "../../tagging/tag-location.js";
import { coveredBy } from "./extract-area.js";
import { type DiffSettings } from "./diff-settings.js";
import { type FeedLocations, type FeedReading, feedLocations, locationSources } from "./feed-locations.js";
import type { MergedFeed } from "../shards/merge-parts.js";
import { type MemoryFile, readDecisions, readState } from "./memory-files.js";
import { type OsmInput, readOsmSide } from "./osm-side.js";

/** What is left of a comparison once it is made; all else is let go, as countries are large. */
export interface FeedComparison {
  readonly feed: Omit<FeedLocations, "locations">;
  readonly osm: readonly OsmInput[];
  /** Absent in a first run. */
  readonly state: MemoryFile | undefined;
  readonly decisions: readonly MemoryFile[];
  /** What reviewers disagree about (D5); the later decision holds. */
  readonly disagreements: readonly DecisionConflict[];
  readonly changes: Omit<Comparison, "proposals" | "nextState">;
  /** Sorted by key. To be emptied once it is written: it is as large as the proposals. */
  readonly nextState: StateEntry[];
  /** Sorted by Location key, then change. */
  readonly proposals: Proposal[];
}

export interface ComparisonRun {
  /** That can be read twice. */
  readonly inputs: readonly Input[];
  readonly about: OutputAbout;
  readonly workers: number;
  readonly rejects: RejectsFile | undefined;
  readonly progress: Progress;
  /** The parts of the feed, where shards have tagged it (`merge`). */
  readonly merged?: MergedFeed | undefined;
  /** Where the state is read from, if not from where the settings say (`verify`). */
  readonly stateFile?: string | undefined;
}

/**
 * Reads both sides, matches and merges them. The feed is converted on threads while this one reads OSM.
 *
 * @throws {UnreadableInputError} for inputs, extracts, state and decisions that cannot be read; {UsageError} for a
 * state of another source.
 */
export async function compare(settings: DiffSettings, run: ComparisonRun): Promise<FeedComparison> {
  const state = await readState(run.stateFile ?? settings.state, settings.profile.name);
  const decisions = await readDecisions(settings.decisions);
  const [feed, osm] = await bothOrNeither(
    feedLocations(readingOf(settings, run), run.rejects, run.progress),
    readOsmSide(settings.osm, settings.prefilter),
  );
  const { covered, outside } = coveredBy(osm.inputs, feed.locations);
  const locations = covered.toSorted(byKey);
  const refused = new Map([...feed.refused, ...outside.map((line) => [line.refused.key, line] as const)]);
  const stations = stationsOf(osm.extract);
  const { proposals, nextState, ...changes } = proposeChanges({
    locations,
    matches: matchLocations(locations, stations, decisions.book),
    stations,
    state: state.entries,
    decisions: decisions.book,
    refused: new Set(refused.keys()),
    wayNodes: osm.extract.wayNodes,
    options: {
      patience: settings.patience,
      maxDisappear: parseThreshold(settings.maxDisappear, "--max-disappear"),
    },
  });
  const { tally, runs } = feed;
  return {
    feed: { refused, tally, runs },
    osm: osm.inputs,
    state: state.file,
    decisions: decisions.files,
    disagreements: decisions.book.conflicts,
    changes,
    nextState: [...nextState],
    proposals: [...proposals],
  };
}

/**
 * Completes proposals, in their place, with the sources of their values: the feed's records concerned are read once
 * more.
 *
 * @throws {UnreadableInputError} where a file of the feed is another one by then.
 */
export async function completeProposals(
  proposals: Proposal[],
  settings: DiffSettings,
  run: ComparisonRun,
): Promise<void> {
  const asked = new Map<string, Map<number, readonly string[]>>();
  const keyLists = new Map<string, readonly string[]>();
  const placesOf = new Map<string, number[]>();
  for (const [place, { source, tags, location }] of proposals.entries()) {
    if (source === undefined || tags.every((tag) => tag.new === undefined)) continue;
    let records = asked.get(source.file);
    if (records === undefined) asked.set(source.file, (records = new Map()));
    const keys = [...(records.get(source.record) ?? []), ...tags.map(({ key }) => key)];
    records.set(source.record, keptOnce(keys, keyLists));
    const places = placesOf.get(location.key);
    if (places === undefined) placesOf.set(location.key, [place]);
    else places.push(place);
  }
  await locationSources(readingOf(settings, run), asked, ({ key, sources }) => {
    for (const place of placesOf.get(key) ?? []) {
      const proposal = proposals[place];
      if (proposal !== undefined) proposals[place] = withSources(proposal, sources);
    }
    placesOf.delete(key);
  });
  for (const { name, hasChanged } of run.inputs) {
    if ((await hasChanged?.()) === true)
      throw new UnreadableInputError(
        `${name}: changed while it was compared, so the results would be of two feeds and were not written. Run again`,
      );
  }
}

/** Most Locations are asked about the same tags; a list that many share is also sent to a thread once a batch. */
function keptOnce(keys: readonly string[], lists: Map<string, readonly string[]>): readonly string[] {
  const name = keys.join("\n");
  const known = lists.get(name) ?? keys;
  lists.set(name, known);
  return known;
}

function withSources(proposal: Proposal, sources: LocationSources["sources"]): Proposal {
  const tags = proposal.tags.map((tag) => {
    const { key, class: tagClass, old, base, new: value, rule, reason } = tag;
    const places = sources.get(key);
    return {
      key,
      class: tagClass,
      old,
      base,
      new: value,
      rule,
      reason,
      sources: places === undefined ? [] : readSources(places),
    };
  });
  return { ...proposal, tags };
}

function readingOf(settings: DiffSettings, { inputs, about, workers, merged }: ComparisonRun): FeedReading {
  return { inputs, read: settings.read, about, tagging: taggingOf(settings), workers, merged };
}

/** What records are tagged with. */
export function taggingOf({ tagging }: DiffSettings): TaggingOptions {
  const { countries, operatorName, ...switches } = tagging;
  return {
    ...switches,
    operatorName,
    countries: countries === undefined ? undefined : new Set(countries),
  };
}

/** Waits for both, so that nothing goes on behind a failure. */
async function bothOrNeither<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

function byKey(a: TaggedLocation, b: TaggedLocation): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

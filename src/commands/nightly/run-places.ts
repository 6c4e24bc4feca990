/**
 * Where things of a config go, and which of its places must not meet: two things written to one file, a file that is read
 * and written, results among what is read as a feed. Paths are relative to the working directory; only names are looked
 * at, not the disk.
 */
import { dirname, join, relative, resolve, sep } from "node:path";
import { isPattern } from "../../runs/glob.js";
import type { Mistake } from "../../runs/config-text.js";
import { STATE_AFTER } from "../../runs/source-folder.js";
import type { RunConfig, SourceConfig } from "./run-config.js";
import { feedsOf, secretPlacesOf } from "./run-secret-places.js";

export type ReportName = keyof RunConfig["reports"];

/** The names of all reports. */
export const REPORT_NAMES: readonly ReportName[] = ["json", "markdown", "metrics", "junit"];

const REPORT_FILES: Readonly<Record<ReportName, string>> = {
  json: "report.json",
  markdown: "report.md",
  metrics: "metrics.prom",
  junit: "junit.xml",
};

/** Where a report of a config goes; undefined: it is not wanted. */
export function reportFile({ reports }: RunConfig, name: ReportName, output: string): string | undefined {
  const given = reports[name];
  if (given === false) return undefined;
  return given === undefined ? join(output, REPORT_FILES[name]) : resolve(given);
}

/** Where the history of an output's runs is. */
export function historyFile(output: string): string {
  return join(output, "history.ndjson");
}

export interface Place {
  readonly path: Mistake["path"];
  /** Absolute. */
  readonly file: string;
}

/** Every file that a run of the config writes, but what it publishes. */
export function placesWritten(config: RunConfig): Place[] {
  const output = resolve(config.output);
  return [
    ...config.sources.map(({ name, state }, index) => ({
      path: ["sources", index, "state"],
      file: state === undefined ? join(output, name, STATE_AFTER) : resolve(state),
    })),
    ...REPORT_NAMES.flatMap((name) => {
      const file = reportFile(config, name, output);
      return file === undefined ? [] : [{ path: ["reports", name], file }];
    }),
    { path: ["output"], file: historyFile(output) },
  ];
}

/** Every file, folder and pattern that the config names to have it read. */
export function placesRead(config: RunConfig): Place[] {
  return config.sources.flatMap((source, index) => placesOfSource(source, ["sources", index]));
}

/** @returns what is wrong, each at the setting that is to be changed. */
export function placeMistakes(config: RunConfig): Mistake[] {
  const output = resolve(config.output);
  const sources = config.sources.map((source, index) => ({ source, path: ["sources", index] as const }));
  const names = sources.map(({ source }) => source.name.toLowerCase());
  const read = placesRead(config);
  const written = placesWritten(config);
  const mistakes: Mistake[] = sources
    .filter(({ source }, index) => names.indexOf(source.name.toLowerCase()) < index)
    .map(({ path }) => ({ path: [...path, "name"], what: "another source is called so" }));
  for (const [index, { path, file }] of written.entries()) {
    const other = written.findIndex((place) => place.file === file);
    const from = read.find((place) => place.file === file);
    if (other < index) mistakes.push({ path, what: sameAs(path, written[other]?.path ?? []) });
    else if (from !== undefined)
      mistakes.push({ path, what: `would overwrite ${file}, which ${dotted(from.path)} names` });
    else if (sources.some(({ source }) => isAmongResults(file, join(output, source.name))))
      mistakes.push({ path, what: `${file} is within what each run replaces; name a place of its own` });
  }
  for (const { path, file } of read)
    if (isWithin(output, widest(file)))
      mistakes.push({
        path,
        what: `the output ${output} lies within ${file}: results would be read as feeds. Put them side by side`,
      });
  return mistakes;
}

function sameAs(path: Mistake["path"], other: Mistake["path"]): string {
  return path.at(-1) === "state" && other.at(-1) === "state"
    ? "another source keeps its state there"
    : `${dotted(other)} goes to the same file`;
}

function placesOfSource(source: SourceConfig, at: Mistake["path"]): Place[] {
  const named = (path: Mistake["path"], names: string | readonly string[] | undefined): Place[] =>
    [names ?? []].flat().map((name) => ({ path: [...at, ...path], file: resolve(name) }));
  const ofFeeds = feedsOf(source).flatMap(({ feed, path }) =>
    [
      named([...path, "files"], feed.files),
      named([...path, "here", "ids"], feed.here?.ids),
      named([...path, "here", "idsFrom"], feed.here?.idsFrom),
      secretPlacesOf(feed).flatMap((secret) =>
        "file" in secret.place ? named([...path, ...secret.path], secret.place.file) : [],
      ),
    ].flat(),
  );
  return [
    ...ofFeeds,
    ...named(["profile"], typeof source.profile === "string" ? source.profile : undefined),
    ...named(["osm"], source.osm),
    ...named(["decisions"], source.decisions),
    ...named(["connectorTypes"], source.connectorTypes),
  ];
}

/** Of a pattern that goes into folders (`a/**`) the folder it begins at; else the path itself. */
function widest(path: string): string {
  const [before, after] = path.split(/(?:^|\/)\*\*(?:\/|$)/);
  return after !== undefined && before !== undefined && !isPattern(before) ? before || sep : path;
}

/** Whether a path is a folder or in it. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`));
}

/** Whether a file lies deeper in a source's folder than its state does by default. */
function isAmongResults(file: string, folder: string): boolean {
  return isWithin(file, folder) && dirname(file) !== folder;
}

/** `sources.0.state`: a setting as messages name it. */
export function dotted(path: Mistake["path"]): string {
  return path.map(String).join(".");
}

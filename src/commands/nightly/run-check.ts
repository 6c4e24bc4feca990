/** `run --check`: what would keep a run from its work, all of it at once. Nothing is written and no network is used. */
import { constants } from "node:fs";
import { access, lstat, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { type ConfigText, type Mistake, readConfigFile } from "../../runs/config-text.js";
import { isPattern } from "../../runs/glob.js";
import { expandInputs } from "../../runs/inputs.js";
import { failureMessage } from "../../runs/interruption.js";
import { parseProfile } from "../../runs/profile.js";
import { readSecret } from "../../runs/secret.js";
import { latestStamp, namesIn } from "../../runs/source-folder.js";
import { isoCountry } from "../../ocpi/country.js";
import { readConnectorTypes } from "../conversion/connector-types-file.js";
import type { FeedConfig, HooksConfig, RunConfig, SourceConfig } from "./run-config.js";
import { isAddress } from "./run-extracts.js";
import { REPORT_NAMES, historyFile, reportFile } from "./run-places.js";
import { feedsOf, secretPlacesOf } from "./run-secret-places.js";
import { publishedFolder } from "./run-source.js";

type Env = Readonly<Record<string, string | undefined>>;

/** @throws {UsageError} with every mistake: file, line, setting, what is wrong. `sources`: positions of those to be run. */
export async function checkRun(
  { settings: config, mistaken }: ConfigText<RunConfig>,
  sources: readonly number[],
  env: Env,
): Promise<void> {
  const mistakes: Mistake[] = [
    ...(await outputMistakes(config)),
    ...(await hookMistakes(config.hooks, ["hooks"], env)),
  ];
  for (const [index, source] of config.sources.entries()) {
    if (!sources.includes(index)) continue;
    const found = [...(await folderMistakes(source, config)), ...(await sourceMistakes(source, env))];
    mistakes.push(...found.map(({ path, what }) => ({ path: ["sources", index, ...path], what })));
  }
  if (mistakes.length > 0) throw mistaken(mistakes);
}

async function outputMistakes(config: RunConfig): Promise<Mistake[]> {
  const output = resolve(config.output);
  const mistakes = [await unwritable(output, ["output"])];
  for (const name of REPORT_NAMES) {
    const file = reportFile(config, name, output);
    if (file === undefined) continue;
    if (typeof config.reports[name] === "string")
      mistakes.push(await unwritable(dirname(file), ["reports", name]));
    mistakes.push(await noFile(file, ["reports", name]));
  }
  mistakes.push(await noFile(historyFile(output), ["output"]));
  return mistakes.flatMap((mistake) => mistake ?? []);
}

/** Whether a folder can be written to, or made. */
async function unwritable(folder: string, path: Mistake["path"]): Promise<Mistake | undefined> {
  const about = await stat(folder).catch(() => undefined);
  if (about !== undefined && !about.isDirectory())
    return { path, what: `${folder} is a file; it must be a folder` };
  if (about === undefined && (await lstat(folder).catch(() => undefined)) !== undefined)
    return { path, what: `${folder} is a link that leads nowhere; create the folder it leads to` };
  const written = about === undefined ? dirname(folder) : folder;
  if (about === undefined && (await stat(written).catch(() => undefined))?.isDirectory() !== true)
    return { path, what: `there is no folder ${written}; create it first` };
  return (await isAllowed(written, constants.W_OK | constants.X_OK))
    ? undefined
    : { path, what: `${written} cannot be written to: no permission` };
}

/** Whether something lies where a file is to be written that is none. */
async function noFile(file: string, path: Mistake["path"]): Promise<Mistake | undefined> {
  const isFolder = (await stat(file).catch(() => undefined))?.isDirectory() === true;
  return isFolder ? { path, what: `${file} is a folder; it must be a file` } : undefined;
}

/** What stands in the way where a source is published; nothing before its first night. */
async function folderMistakes(source: SourceConfig, config: RunConfig): Promise<Mistake[]> {
  const folder = publishedFolder(source, resolve(config.output));
  const about = await lstat(folder.path).catch(() => undefined);
  if (about === undefined) return [];
  const path = ["name"];
  const found = [await unwritable(folder.path, path)];
  try {
    await namesIn(folder.feeds);
    await latestStamp(folder);
  } catch (error) {
    if (found[0] === undefined) found.push({ path, what: failureMessage(error, false) ?? "" });
  }
  if (source.state === undefined) found.push(await unusable(folder.state, path));
  return found.flatMap((mistake) => mistake ?? []);
}

/** Whether something lies where the state is to be that is no file, or one that cannot be read. */
async function unusable(file: string, path: Mistake["path"]): Promise<Mistake | undefined> {
  const about = await stat(file).catch(() => undefined);
  if (about === undefined) return undefined;
  return (
    (await noFile(file, path)) ??
    ((await isAllowed(file, constants.R_OK))
      ? undefined
      : { path, what: `${file} cannot be read: no permission` })
  );
}

async function sourceMistakes(source: SourceConfig, env: Env): Promise<Mistake[]> {
  const mistakes: Mistake[] = [];
  const attempt = async (path: Mistake["path"], work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      mistakes.push({ path, what: failureMessage(error, false) ?? "" });
    }
  };
  for (const { feed, path } of feedsOf(source)) {
    for (const file of feed.files ?? [])
      await attempt([...path, "files"], () => expandInputs([resolve(file)]));
    for (const named of secretPlacesOf(feed))
      await attempt([...path, ...named.path], () => readSecret(named.place, env));
    for (const { path: inner, what } of await hereMistakes(feed, env))
      mistakes.push({ path: [...path, ...inner], what });
  }
  const { profile, state } = source;
  if (typeof profile === "string")
    await attempt(["profile"], async () => {
      const file = resolve(profile);
      parseProfile(await readConfigFile(file), file);
    });
  for (const extract of [source.osm].flat())
    if (!isAddress(extract)) await attempt(["osm"], () => expandInputs([resolve(extract)]));
  for (const file of [source.decisions].flat())
    if (!isPattern(file)) await attempt(["decisions"], () => expandInputs([resolve(file)]));
  for (const code of source.country ?? [])
    if (isoCountry(code) === undefined)
      mistakes.push({ path: ["country"], what: `${code} is no ISO 3166 country code such as DE or DEU` });
  const { connectorTypes } = source;
  if (connectorTypes !== undefined)
    await attempt(["connectorTypes"], () => readConnectorTypes(resolve(connectorTypes)));
  if (state !== undefined) mistakes.push(...(await stateMistakes(resolve(state))));
  return [...mistakes, ...(await hookMistakes(source.hooks, ["hooks"], env))];
}

/** The folder of a state must be there: where a path has a typo nobody wants one made. */
async function stateMistakes(file: string): Promise<Mistake[]> {
  const folder = dirname(file);
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true)
    return [{ path: ["state"], what: `there is no folder ${folder}; create it first` }];
  const found = [await unwritable(folder, ["state"]), await unusable(file, ["state"])];
  return found.flatMap((mistake) => mistake ?? []);
}

/** Ids that are to be there, and the key where the config names no place for it. */
async function hereMistakes({ here }: FeedConfig, env: Env): Promise<Mistake[]> {
  if (here === undefined) return [];
  const mistakes: Mistake[] = [];
  for (const [name, value] of [
    ["ids", here.ids],
    ["idsFrom", here.idsFrom],
  ] as const) {
    for (const file of value === undefined ? [] : [value].flat())
      await expandInputs([resolve(file)]).catch((error: unknown) =>
        mistakes.push({ path: ["here", name], what: failureMessage(error, false) ?? "" }),
      );
  }
  const credentials = join(homedir(), ".here/credentials.properties");
  if (
    here.apiKey === undefined &&
    here.credentials === undefined &&
    (env["HERE_API_KEY"] ?? "") === "" &&
    !(await isAllowed(credentials, constants.R_OK))
  )
    mistakes.push({
      path: ["here"],
      what: `no key: name a place with "apiKey" or "credentials"; there is neither HERE_API_KEY nor ${credentials}`,
    });
  return mistakes;
}

async function hookMistakes(hooks: HooksConfig, path: Mistake["path"], env: Env): Promise<Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const when of ["success", "failure"] as const) {
    const program = hooks[when]?.[0];
    if (program !== undefined && !(await isProgram(program, env)))
      mistakes.push({ path: [...path, when], what: `there is no program ${program} that may be run` });
  }
  return mistakes;
}

/** Where the system looks for programs when there is no PATH at all. */
const PATH_OF_NONE = "/usr/bin:/bin";

/** Whether there is such a program: by its path, or in one of the folders of PATH. */
async function isProgram(program: string, env: Env): Promise<boolean> {
  const paths = program.includes("/")
    ? [resolve(program)]
    : (env["PATH"] ?? PATH_OF_NONE)
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, program));
  for (const path of paths) {
    if (
      (await stat(path).catch(() => undefined))?.isFile() === true &&
      (await isAllowed(path, constants.X_OK))
    )
      return true;
  }
  return false;
}

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

/**
 * The options of `diff` that `run` gives it, and what is meant by each where somebody has a config: a setting, or a file
 * among the results. `diff` speaks of its options; who reads that has given none.
 */
export const SAID_OF_OPTIONS = {
  "--osm": '"osm"',
  "--output": '"output"',
  "--state": '"state"',
  "--state-to": '"state"',
  "--report": "report.json",
  "--rejects": "rejects.ndjson",
  "--decisions": '"decisions"',
  "--profile": '"profile"',
  "--source": '"source"',
  "--reader": '"reader"',
  "--connector-types": '"connectorTypes"',
  "--country": '"country"',
  "--tags": '"tags"',
  "--charge-points": '"chargePoints"',
  "--split": '"split"',
  "--prefilter": '"prefilter"',
  "--max-rejects": '"maxRejects"',
  "--max-disappear": '"maxDisappear"',
  "--patience": '"patience"',
  "--workers": '"workers"',
} as const satisfies Readonly<Record<string, string>>;

export type DiffOption = keyof typeof SAID_OF_OPTIONS;

const SAID: ReadonlyMap<string, string> = new Map(Object.entries(SAID_OF_OPTIONS));

/** An option as prose has it, and the word that stands for its value (`--profile FILE`), which a setting needs not. */
const OPTION = /(?<![^\s("'`])(--[a-z]+(?:-[a-z]+)*)( FILE\b)?(?![\w-])/g;

/** A message of `diff` in the words of a config. What `run` gives it no option for stays as it is. */
export function inWordsOfConfig(message: string): string {
  return message.replaceAll(OPTION, (all: string, option: string) => SAID.get(option) ?? all);
}

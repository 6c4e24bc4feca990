import { expect, test } from "vitest";
import { inWordsOfConfig } from "./diff-options.js";

test.each([
  [
    "record that in the source profile (--profile FILE): …",
    'record that in the source profile ("profile"): …',
  ],
  ["give each source a state of its own (--state), or", 'give each source a state of its own ("state"), or'],
  ["--country XX: not an ISO 3166 country code", '"country" XX: not an ISO 3166 country code'],
  ["run again with --workers 0 to do without threads", 'run again with "workers" 0 to do without threads'],
  ["more than --max-rejects allows", 'more than "maxRejects" allows'],
  ["kinds of note (--report FILE lists all)", "kinds of note (report.json lists all)"],
  ["The default is --state-to.", 'The default is "state".'],
])("%s is told in the words of a config", (message, told) => {
  expect(inWordsOfConfig(message)).toBe(told);
});

test.each([
  "/feeds/night--state/a.json: no such file",
  "/feeds/--state/a.json: no such file",
  "/feeds/a--country.json:3: --statewide is no number",
  "a -- b",
  "--exit-code",
])("%s stays as it is", (message) => {
  expect(inWordsOfConfig(message)).toBe(message);
});

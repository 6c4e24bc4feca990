/** Warnings of inputs that are answers of a service, and say themselves that something is wrong with them or missing. */
import { counted } from "../../runs/counted.js";
import type { Log } from "../../runs/log.js";
import { saysNull } from "../../sources/envelope.js";
import { foldedKey } from "../../sources/proto-json.js";
import { shortened } from "./bounded-tally.js";
import type { InputRun } from "./source-run.js";

const MOST_ERROR_ANSWERS_SHOWN = 3;

/** Keys of an envelope, folded: v2's for an answer that goes on, v3's (and what its prose calls it) for ids not found. */
const MORE_TO_COME = "hasmore";
const NOT_FOUND: readonly string[] = ["missingitems", "missing"];
const MOST_IDS_SHOWN = 3;

/** Each is a rejected record as well, but what the service said stands nowhere else. */
export function warnOfErrorAnswers(runs: readonly InputRun[], log: Log): void {
  const answers = runs.filter(({ format }) => format.errorAnswer !== undefined);
  for (const { input, format } of answers.slice(0, MOST_ERROR_ANSWERS_SHOWN))
    log.warn(`${input.name}: ${format.description}; it counts as one rejected record`);
  const more = answers.length - MOST_ERROR_ANSWERS_SHOWN;
  if (more > 0)
    log.warn(`${counted(more, "more input is an error answer", "more inputs are error answers")}`);
}

/**
 * Answers that say themselves that they are not all there is: what they lack would otherwise pass for gone. Of pages
 * read together only the last one says that no more come, so one such answer speaks for all. Tiles have no pages.
 */
export function warnOfIncompleteAnswers(runs: readonly InputRun[], log: Log): void {
  warnOfNullAnswers(runs, log);
  const unfinished: string[] = [];
  const missing = new Set<string>();
  let isLastThere = false;
  for (const { input, format, facts } of runs) {
    if (facts === undefined || format.source.startsWith("hmc-")) continue;
    for (const [key, values] of facts.members) {
      const name = foldedKey(key);
      if (name === MORE_TO_COME) {
        const flags = values.map((value) => String(value).trim().toLowerCase());
        if (flags.includes("false")) isLastThere = true;
        else if (flags.includes("true")) unfinished.push(input.name);
      }
      if (NOT_FOUND.includes(name)) for (const id of values.filter(isId)) missing.add(String(id));
    }
  }
  const [first] = unfinished;
  if (first !== undefined && !isLastThere) {
    const others = unfinished.length > 1 ? ` (and ${unfinished.length - 1} more)` : "";
    log.warn(
      `${first}${others}: the answer says that more stations follow (hasMore), and no answer is the last one. ` +
        "Fetch the next page, until hasMore is false, and give all pages together",
    );
  }
  if (missing.size > 0) {
    const shown = [...missing].slice(0, MOST_IDS_SHOWN).map(shortened).join(", ");
    const more = missing.size > MOST_IDS_SHOWN ? ", …" : "";
    log.warn(
      `${counted(missing.size, "id")} asked for and not in the answer (missingItems): ${shown}${more}. ` +
        "Ask for these ids again before you take what is missing for gone",
    );
  }
}

/** `"data": null` is no list: read as an empty one, it would let every Location pass for gone. */
function warnOfNullAnswers(runs: readonly InputRun[], log: Log): void {
  const [first, ...others] = runs.filter(({ facts }) => facts !== undefined && saysNull(facts));
  if (first === undefined) return;
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  log.warn(
    `${first.input.name}${more}: the answer says "data": null where a list of Locations should be; it is read as an empty one. ` +
      "Fetch it again before you take Locations for gone",
  );
}

function isId(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}

/** `operatingTime` of a place → OCPI Hours (the input of rule T5.2). */
import type { Hours } from "../ocpi/location.js";
import type { Member, Part, PartReader } from "./hmc-stations-part.js";
import { DAY, DAY_WORDS } from "./hmc-stations-tables.js";
import { foldedKey } from "./proto-json.js";
import { enumWord } from "./proto-json-enum.js";

const CLOCK = /^T?(\d{1,2}:\d\d)(?::\d\d(?:\.\d+)?)?$/;
/** A protobuf Duration since midnight. */
const SECONDS = /^(\d{1,5})(?:\.0*)?s$/;
const SECONDS_A_DAY = 86_400;
/** A week has no more periods that make sense. */
const MAX_PERIODS = 200;
/** Stands for what cannot be read, or is too much: T5.2 then withholds the tag. */
const NOT_READ = { weekday: undefined, period_begin: "00:00", period_end: "24:00" };

/**
 * One regular hour for each day of each period. A day or time that is missing or none is carried on as it is (day: no
 * weekday), for T5.2 to withhold the tag, as it does where a part of the hours cannot be read.
 */
export function readHours(times: readonly Part[], reader: PartReader): Hours | undefined {
  const at = "/opening_times";
  const { refusals } = reader;
  let tooMany = false;
  const regular: NonNullable<Hours["regular_hours"]> = [];
  for (const part of times.flatMap((time) => periodsOf(time, reader))) {
    const days = daysOf(part, reader);
    const range = reader.part(part, "timeRange", at);
    const begin = reader.text(range, "startTimeOfDay", at);
    const end = reader.text(range, "endTimeOfDay", at);
    for (const day of days) {
      tooMany = regular.length >= MAX_PERIODS;
      if (tooMany) break;
      const place = `${at}/regular_hours/${regular.length}`;
      reader.comesFrom(place, part);
      reader.comesFrom(`${place}/weekday`, day.source);
      reader.comesFrom(`${place}/period_begin`, begin);
      reader.comesFrom(`${place}/period_end`, end);
      regular.push({
        weekday: day.weekday,
        period_begin: clock(begin?.value),
        period_end: clock(end?.value),
      });
    }
  }
  const [first] = times;
  if (regular.length === 0 || first === undefined) return undefined;
  if (tooMany || reader.refusals > refusals) regular.push(NOT_READ);
  reader.comesFrom(at, first);
  reader.comesFrom(`${at}/regular_hours`, first);
  return { twentyfourseven: false, regular_hours: regular };
}

/** The periods lie in a list of the attribute's own name. */
function periodsOf(time: Part, reader: PartReader): readonly Part[] {
  return reader.parts(time, "operatingTime", "/opening_times");
}

interface Day {
  readonly weekday: number | undefined;
  readonly source: Member;
}

function daysOf(part: Part, reader: PartReader): Day[] {
  const at = "/opening_times";
  const week = reader.part(part, "daysOfWeek", at);
  const named = reader.texts(week, "dayOfWeek", at);
  if (named.length === 0 || named.length < reader.length(week, "dayOfWeek"))
    return [{ weekday: undefined, source: part }];
  return named.flatMap((source): Day[] => {
    const word = enumWord(DAY, source.value);
    const days = word === undefined ? undefined : DAY_WORDS.get(foldedKey(word));
    return (days ?? [undefined]).map((weekday) => ({ weekday, source }));
  });
}

/** `08:00:00`, `T08:00`, `28800s` → `08:00`; what is no time stays as it is. */
function clock(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(SECONDS.exec(text)?.[1] ?? Number.NaN);
  if (seconds <= SECONDS_A_DAY) {
    const minutes = Math.floor(seconds / 60);
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }
  return CLOCK.exec(text)?.[1]?.padStart(5, "0") ?? text;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

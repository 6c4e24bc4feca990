/** What `inspect` found, laid out for people: headed sections of paragraphs and tables. */
import type { Survey } from "./survey.js";
import {
  NONE,
  type Table,
  atLeast,
  cut,
  examplesTable,
  number,
  percent,
  sum,
  tallyTable,
  valueCell,
} from "./survey-tables.js";

export interface Section {
  readonly title: string;
  /** Paragraphs and tables; none is empty. */
  readonly blocks: ReadonlyArray<string | Table>;
}

/** What an answer lacks because of how it was asked for: worth saying before anything else. */
const ASKED_WRONGLY: readonly string[] = ["evses-not-asked", "evses-pruned"];
const MOST_INPUTS = 20;

export function surveySections(survey: Survey): Section[] {
  return [
    inputs(survey),
    outcome(survey),
    locations(survey),
    positions(survey),
    evses(survey),
    connectors(survey),
    power(survey),
    notes(survey),
    keys(survey),
  ].map(({ title, blocks }) => ({ title, blocks: blocks.filter(isThere) }));
}

function isThere(block: string | Table): boolean {
  return typeof block === "string" || block.rows.length > 0;
}

function inputs({ inputs, notes, counts }: Survey): Section {
  const shown = inputs.slice(0, MOST_INPUTS);
  return {
    title: "Feed",
    blocks: [
      {
        columns: ["Input", "Format", "Bytes#", "Records#"],
        rows: shown.map(({ name, format, compressed, bytes, records }) => [
          name,
          compressed ? `${format}, compressed` : format,
          number(bytes),
          number(records),
        ]),
      },
      ...more(inputs.length - shown.length, "inputs"),
      {
        columns: ["Input", "Beside its records"],
        rows: shown
          .filter(({ envelope }) => envelope.length > 0)
          .map(({ name, envelope }) => [name, envelope.map(member).join("; ")]),
      },
      ...notes
        .filter(({ code }) => ASKED_WRONGLY.includes(code))
        .map(
          ({ code, count, meaning }) =>
            `Attention, ${number(count)} of ${number(counts.read)} records: ${code}. ${meaning}.`,
        ),
    ],
  };
}

function member({ key, count, values }: Survey["inputs"][number]["envelope"][number]): string {
  const shown = values.map((value) => cut(typeof value === "string" ? value : JSON.stringify(value)));
  if (count > values.length) shown.push("…");
  return count === 1 ? `${key} ${shown.join("")}` : `${key} (${number(count)}) ${shown.join(", ")}`;
}

function outcome({ counts, unemitted, inputs }: Survey): Section {
  const { read, emitted } = counts;
  const skipped = sum(counts.skipped);
  const rejected = sum(counts.rejected);
  return {
    title: "What convert would make of it",
    blocks: [
      `Records: ${number(read)} read = ${number(emitted)} emitted + ${number(skipped)} skipped + ${number(rejected)} rejected`,
      {
        columns: ["Reason", "Verdict", "Records#", "Meaning"],
        rows: unemitted.map(({ reason, verdict, count, meaning, rule }) => [
          reason,
          verdict,
          number(count),
          `${meaning} (${rule})`,
        ]),
      },
      examplesTable(
        "Reason",
        unemitted.map(({ reason, examples }) => [reason, examples]),
        inputs.length > 1,
      ),
    ],
  };
}

function locations(survey: Survey): Section {
  const { described, with_ocpi_id } = survey.locations;
  return {
    title: "Locations",
    blocks: [
      `Locations, repeated ones once: ${number(described)}; with an OCPI id: ${number(with_ocpi_id)}.`,
      tallyTable(["Country stated", "On the map", "Locations#"], survey.countries, ({ stated, on_map }) => [
        stated ?? NONE,
        on_map ?? NONE,
      ]),
      tallyTable(["Operator", "Locations#"], survey.operators, valueCell),
      tallyTable(["OCPI party", "Locations#"], survey.parties, valueCell),
    ],
  };
}

function positions({ positions }: Survey): Section {
  const { shared_capped } = positions;
  return {
    title: "Positions",
    blocks: [
      {
        columns: ["Position", "Locations#"],
        rows: [
          ["usable", number(positions.usable)],
          ["missing", number(positions.missing)],
          ["no number, or outside the globe", number(positions.unusable)],
          ["at 0, 0", number(positions.null_island)],
          ["usable, but not in the country stated", number(positions.outside_country)],
          ["usable, but latitude = longitude", number(positions.latitude_is_longitude)],
          ["usable, but fewer than 4 decimals", number(positions.coarse)],
          ["usable, exactly where an earlier Location is", atLeast(positions.shared, shared_capped)],
        ],
      },
    ],
  };
}

function evses({ evses, evse_ids: ids }: Survey): Section {
  const share = ids.share_valid === null ? "" : ` (${percent(ids.share_valid)} of all EVSEs)`;
  return {
    title: "EVSEs",
    blocks: [
      `EVSEs: ${number(evses.total)}; eligible (neither REMOVED nor PLANNED): ${number(evses.eligible)}.`,
      tallyTable(["Status", "EVSEs#"], evses.statuses, valueCell),
      {
        columns: ["EVSE id", "EVSEs#", "Examples"],
        rows: [
          [`valid${share}`, number(ids.valid), ids.examples.valid.join(" ")],
          ["not of the form CC*PPP*E…", number(ids.invalid), ids.examples.invalid.join(" ")],
          ["missing", number(ids.missing), ""],
          [
            "valid, but an earlier EVSE has it",
            atLeast(ids.repeated, ids.repeated_capped),
            ids.examples.repeated.join(" "),
          ],
        ],
      },
    ],
  };
}

function connectors({ connectors }: Survey): Section {
  return {
    title: "Connectors",
    blocks: [
      `Connectors, of all EVSEs: ${number(connectors.total)}.`,
      tallyTable(
        ["Standard", "socket:", "Note", "Connectors#"],
        connectors.standards,
        ({ standard, socket, note }) => [standard ?? NONE, socket ?? "no OSM key", note ?? ""],
      ),
      tallyTable(["Format", "Connectors#"], connectors.formats, valueCell),
      tallyTable(["Power type", "Connectors#"], connectors.power_types, valueCell),
    ],
  };
}

function power({ power }: Survey): Section {
  return {
    title: "Power",
    blocks: [
      {
        columns: ["Power", "Connectors#"],
        rows: [
          ["stated in watts", number(power.stated)],
          ["stated below 1000, so read as kilowatts", number(power.stated_in_kilowatts)],
          ["computed from volts and amperes", number(power.computed)],
          ["missing", number(power.missing)],
          ["of all these: more than the socket carries", number(power.implausible)],
        ],
      },
      {
        columns: ["Plausible power, kW", "Connectors#", "Min#", "Median#", "Max#"],
        rows: (["ac", "dc"] as const)
          .filter((current) => power[current].connectors > 0)
          .map((current) => {
            const { connectors, min, median, max } = power[current];
            return [current.toUpperCase(), number(connectors), `${min}`, `${median}`, `${max}`];
          }),
      },
    ],
  };
}

function notes({ notes, inputs }: Survey): Section {
  return {
    title: "Notes",
    blocks: [
      notes.length === 0 ? "None." : "Counted as convert counts them: on repeated records too.",
      {
        columns: ["Note", "Count#", "Meaning"],
        rows: notes.map(({ code, rule, count, meaning }) => [code, number(count), `${meaning} (${rule})`]),
      },
      examplesTable(
        "Note",
        notes.map(({ code, examples }) => [code, examples]),
        inputs.length > 1,
      ),
    ],
  };
}

function keys({ unknown_keys, keys_read_as }: Survey): Section {
  return {
    title: "Keys",
    blocks: [
      ...(unknown_keys.distinct === 0 ? ["No key that the format does not have."] : []),
      tallyTable(["Unknown key", "Example", "Count#"], unknown_keys, ({ pointer, example }) => [
        pointer,
        example,
      ]),
      tallyTable(
        ["Other spelling", "Read as", "Example", "Count#"],
        keys_read_as,
        ({ pointer, read_as, example }) => [pointer, read_as, example],
      ),
    ],
  };
}

function more(left: number, what: string): string[] {
  return left > 0 ? [`and ${number(left)} more ${what}; --json has them all.`] : [];
}

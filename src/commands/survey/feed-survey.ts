/** Gathers what `inspect` tells of a feed, record by record. Pure: reading is `inspect.ts`'s business. */
import type { Location } from "../../ocpi/location.js";
import { NOTE_MEANINGS, type Note, type NoteCode } from "../../ocpi/notes.js";
import type { SourceRecord } from "../../ocpi/source-record.js";
import { Tally } from "../../runs/report.js";
import type { UnusualKey } from "../../sources/dialect.js";
import { quoted } from "../../sources/json-value.js";
import { REASONS, type Reason, type Refusal } from "../../tagging/eligibility.js";
import type { Station } from "../../tagging/tag-location.js";
import { BoundedTally, TextTally, shortened } from "../conversion/bounded-tally.js";
import { ConnectorSurvey } from "./connector-survey.js";
import { EvseSurvey } from "./evse-survey.js";
import { PositionSurvey } from "./position-survey.js";
import type { Example, Survey } from "./survey.js";

/** Where a record stands. */
export interface Place {
  readonly file: string;
  readonly record: number;
  readonly line: number | undefined;
  readonly byte: number | undefined;
}

export type SurveyedFeed = Omit<Survey, "inspect" | "tool" | "inputs">;

const MOST_EXAMPLES = 3;
const MOST_NAMES = 10;
const MOST_KEYS = 200;
/** Distinct keys are fewer than values: their examples take more room. */
const MOST_DISTINCT_KEYS = 1000;
const EXAMPLE_CHARACTERS = 60;

interface KeyRow {
  readonly pointer: string;
  readonly example: string;
}

export class FeedSurvey {
  readonly #tally = new Tally();
  readonly #refused = new Map<Reason, { count: number; examples: Example[] }>();
  #described = 0;
  #withOcpiId = 0;
  readonly #operators = new TextTally();
  readonly #parties = new TextTally();
  readonly #positions = new PositionSurvey();
  readonly #evses = new EvseSurvey();
  readonly #connectors = new ConnectorSurvey();
  readonly #unknownKeys = new BoundedTally<KeyRow>(MOST_DISTINCT_KEYS);
  readonly #keysReadAs = new BoundedTally<KeyRow & { readonly read_as: string }>(MOST_DISTINCT_KEYS);

  /** A record that could not be read as a Location. */
  addUnreadable(place: Place, reason: Reason, detail: string): void {
    this.#tally.addRead(1);
    this.#refuse(place, undefined, reason, detail);
  }

  /** A Location, what became of it, and how it compares with the same one earlier in the run, if it was there (T1.4). */
  addLocation(
    place: Place,
    record: SourceRecord,
    made: Station | Refusal,
    repeated: string | undefined,
  ): void {
    const { location } = record;
    this.#tally.addRead(1);
    this.#addNotes(place, location.id, "reason" in made ? record.notes : made.notes);
    if (repeated !== undefined) {
      this.#refuse(place, location.id, "duplicate-id", repeated);
      return;
    }
    if ("reason" in made) this.#refuse(place, location.id, made.reason, made.detail);
    else this.#tally.addEmitted(1);
    this.#describe(record);
  }

  /** Keys of a record that its format does not have. */
  addKeys(keys: readonly UnusualKey[]): void {
    for (const { pointer, value, readAs } of keys) {
      const row = () => ({
        pointer: shortened(pointer),
        example: shortened(quoted(value, EXAMPLE_CHARACTERS)),
      });
      if (readAs === undefined) this.#unknownKeys.add(pointer, row);
      else this.#keysReadAs.add(pointer, () => ({ ...row(), read_as: readAs }));
    }
  }

  #refuse(place: Place, id: string | undefined, reason: Reason, detail: string): void {
    const { file, record, line, byte } = place;
    const { verdict } = REASONS[reason];
    const example: Example = {
      file,
      record,
      ...(line === undefined ? {} : { line }),
      ...(byte === undefined ? {} : { byte }),
      ...(id === undefined ? {} : { id }),
      detail,
    };
    this.#tally.addUnemitted({ ...example, verdict, reason });
    const refused = this.#refused.get(reason) ?? { count: 0, examples: [] };
    this.#refused.set(reason, refused);
    refused.count++;
    if (refused.examples.length < MOST_EXAMPLES) refused.examples.push(example);
  }

  #addNotes({ file, record }: Place, id: string | undefined, notes: readonly Note[]): void {
    for (const { code, pointer, detail } of notes) {
      const example = { file, record, ...(id === undefined ? {} : { id }), pointer, detail };
      this.#tally.addNotes(code, NOTE_MEANINGS[code].meaning, 1, [example]);
    }
  }

  #describe({ location, ocpiLocationId }: SourceRecord): void {
    this.#described++;
    if (ocpiLocationId !== undefined) this.#withOcpiId++;
    this.#operators.add(location.operator?.name);
    this.#parties.add(partyOf(location));
    const country = this.#positions.add(location);
    for (const evse of location.evses) {
      this.#evses.add(evse);
      for (const connector of evse.connectors) this.#connectors.add(connector, country);
    }
  }

  /** @throws {Error} when records were lost (T1.7). */
  results(): SurveyedFeed {
    const { counts, notes } = this.#tally.results();
    return {
      counts,
      unemitted: [...this.#refused]
        .map(([reason, { count, examples }]) => {
          const { verdict, rule, meaning } = REASONS[reason];
          return { reason, verdict, rule, meaning, count, examples };
        })
        .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
      locations: { described: this.#described, with_ocpi_id: this.#withOcpiId },
      ...this.#positions.results(),
      operators: this.#operators.top(MOST_NAMES),
      parties: this.#parties.top(MOST_NAMES),
      ...this.#evses.results(),
      ...this.#connectors.results(),
      notes: NOTE_CODES.flatMap((code) => {
        const note = notes[code];
        return note === undefined ? [] : [{ code, rule: NOTE_MEANINGS[code].rule, ...note }];
      }).sort((a, b) => b.count - a.count),
      unknown_keys: this.#unknownKeys.top(MOST_KEYS),
      keys_read_as: this.#keysReadAs.top(MOST_KEYS),
    };
  }
}

const NOTE_CODES = keysOf(NOTE_MEANINGS);

function keysOf(meanings: Readonly<Record<NoteCode, unknown>>): NoteCode[] {
  return Object.keys(meanings).filter((code): code is NoteCode => code in meanings);
}

function partyOf({ country_code, party_id }: Location): string | undefined {
  if (country_code === undefined && party_id === undefined) return undefined;
  return `${country_code ?? "?"}*${party_id ?? "?"}`;
}

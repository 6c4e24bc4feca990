/** The index of all proposals as typed columns: no object a row. */
import type { Coded, CodedLists, ReviewIndex } from "../proposals/review-data.js";
import type { Decidable } from "./standing.js";

/** Metres that distances are told apart by in the filter. */
const BANDS: readonly (readonly [limit: number, word: string])[] = [
  [15, "up to 15 m"],
  [50, "15 to 50 m"],
  [150, "50 to 150 m"],
  [Infinity, "over 150 m"],
];
const METRES_PER_DEGREE = 111_195;
const NO_DISTANCE = "nothing near";

/** A column of words: row `i` has `codes[starts[i]] … codes[starts[i + 1] - 1]`; without `starts` one a row. */
export interface WordColumn {
  readonly words: readonly string[];
  readonly codes: Uint32Array;
  readonly starts?: Uint32Array | undefined;
}

export class ProposalTable {
  readonly size: number;
  readonly ids: readonly string[];
  readonly locations: readonly string[];
  readonly places: readonly string[];
  readonly osm: readonly string[];
  readonly change: WordColumn;
  readonly reason: WordColumn;
  /** The letters of the classes. */
  readonly classes: WordColumn;
  readonly country: WordColumn;
  readonly operator: WordColumn;
  readonly notes: WordColumn;
  readonly withheld: WordColumn;
  readonly band: WordColumn;
  /** Words are `tagMark`s. */
  readonly tags: WordColumn;
  readonly lat: Float64Array;
  readonly lon: Float64Array;
  /** Metres; NaN: nothing to measure to. */
  readonly distance: Float64Array;
  readonly #candidates: Uint16Array;
  #rows: Map<string, number> | undefined;
  #texts: readonly string[] | undefined;

  constructor(index: ReviewIndex) {
    this.size = index.id.length;
    this.ids = index.id;
    this.locations = index.location;
    this.places = index.place;
    this.osm = index.osm;
    this.change = column(index.change);
    this.reason = column(index.reason);
    this.classes = letters(index.classes);
    this.country = column(index.country);
    this.operator = column(index.operator);
    this.notes = lists(index.notes);
    this.withheld = column(index.withheld);
    this.tags = lists(index.tags);
    this.lat = Float64Array.from(index.lat);
    this.lon = Float64Array.from(index.lon);
    this.distance = Float64Array.from(index.distance, (metres) => metres ?? NaN);
    this.band = bands(this.distance);
    this.#candidates = Uint16Array.from(index.candidates);
  }

  /** The row of a proposal; undefined: not in this page. */
  rowOf(id: string): number | undefined {
    this.#rows ??= new Map(this.ids.map((known, row) => [known, row]));
    return this.#rows.get(id);
  }

  /** The row's word in a column of one word a row. */
  word({ words, codes }: WordColumn, row: number): string {
    return words[codes[row] ?? 0] ?? "";
  }

  /** How many words the row has in a column of lists. */
  count({ starts }: WordColumn, row: number): number {
    return starts === undefined ? 1 : (starts[row + 1] ?? 0) - (starts[row] ?? 0);
  }

  /** How the row is called: by its name, else its operator, else its id. */
  title(row: number): string {
    return this.places[row] || this.word(this.operator, row) || this.locations[row] || this.ids[row] || "";
  }

  /** Other rows that stand within so many metres to each side. */
  rowsNear(row: number, metres: number): readonly number[] {
    const { lat, lon } = this;
    const height = metres / METRES_PER_DEGREE;
    const centre = lat[row] ?? 0;
    const middle = lon[row] ?? 0;
    const width = height / Math.max(0.01, Math.cos((centre * Math.PI) / 180));
    const near: number[] = [];
    for (let other = 0; other < this.size; other += 1) {
      if (Math.abs((lat[other] ?? 0) - centre) > height || other === row) continue;
      if (Math.abs((lon[other] ?? 0) - middle) <= width) near.push(other);
    }
    return near;
  }

  /** What standing is told by. */
  decidable(row: number): Decidable {
    const { words, codes, starts } = this.tags;
    const from = starts?.[row] ?? 0;
    const marks = Array.from(
      codes.subarray(from, from + this.count(this.tags, row)),
      (code) => words[code] ?? "",
    );
    const candidates = this.#candidates[row] ?? 0;
    return { marks, candidates, isOne: this.osm[row] === "" && candidates === 0 };
  }

  /** What the search looks into, lower case, by row. Made when somebody searches first. */
  get texts(): readonly string[] {
    this.#texts ??= this.ids.map((id, row) =>
      [
        id,
        this.locations[row],
        this.places[row],
        this.word(this.operator, row),
        this.word(this.country, row),
        this.osm[row],
      ]
        .join("\n")
        .toLowerCase(),
    );
    return this.#texts;
  }
}

function column({ words, at }: Coded): WordColumn {
  return { words, codes: Uint32Array.from(at) };
}

function lists({ words, at }: CodedLists): WordColumn {
  const starts = new Uint32Array(at.length + 1);
  let end = 0;
  for (const [row, codes] of at.entries()) {
    end += codes.length;
    starts[row + 1] = end;
  }
  const all = new Uint32Array(end);
  for (const [row, codes] of at.entries()) all.set(codes, starts[row]);
  return { words, codes: all, starts };
}

/** `AB` as the list of its letters. */
function letters({ words, at }: Coded): WordColumn {
  const all = [...new Set(words.join(""))].sort();
  const codesOf = words.map((word) => Array.from(word, (letter) => all.indexOf(letter)));
  return lists({ words: all, at: at.map((code) => codesOf[code] ?? []) });
}

function bands(distance: Float64Array): WordColumn {
  const words = [...BANDS.map(([, word]) => word), NO_DISTANCE];
  const codes = Uint32Array.from(distance, (metres) => {
    const band = BANDS.findIndex(([limit]) => metres <= limit);
    return band === -1 ? words.length - 1 : band;
  });
  return { words, codes };
}

/** A review that goes on: what is listed, shown, chosen and decided. All that the page shows is read from its signals. */
import { batch, computed, signal } from "@preact/signals";
import type { Decision } from "../merging/decisions.js";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import type { ReviewAbout } from "../proposals/review-data.js";
import {
  type Subject,
  WHOLE,
  canBeChosen,
  decidableOf,
  decisionAbout,
  isSameSubject,
  notedDecision,
  subjectWords,
  withDecision,
  withNote,
  withoutDecision,
} from "./decide.js";
import { PageDecisions } from "./page-decisions.js";
import type { EmbeddedProposals } from "./embedded-data.js";
import type { KeptDecisions } from "./kept-decisions.js";
import { Pace } from "./pace.js";
import type { Preferences } from "./preferences.js";
import type { ProposalTable } from "./proposal-table.js";
import { type Ticked, facetColumns, filterRows } from "./row-filter.js";
import { type Order, RowOrder } from "./row-order.js";
import { type Verdict, isDecided, tagDecision, wholeDecision } from "./standing.js";
import { STANDING_WORDS, VERDICT_WORDS } from "./words.js";

/** What the page is made of. */
export interface SessionParts {
  readonly about: ReviewAbout;
  readonly table: ProposalTable;
  readonly proposals: Pick<EmbeddedProposals, "at">;
  readonly preferences: Preferences;
  /** Absent where the browser has no storage for this page. */
  readonly kept?: KeptDecisions | undefined;
}

export class Session {
  readonly about: ReviewAbout;
  readonly table: ProposalTable;
  readonly preferences: Preferences;
  readonly decided: PageDecisions;
  readonly columns;
  readonly #proposals: Pick<EmbeddedProposals, "at">;
  readonly #pace = new Pace();
  readonly #order: RowOrder;
  /** Notes without a decision to write them to, by row. */
  readonly #drafts = new Map<number, string>();

  readonly ticked = signal<Ticked>({});
  readonly search = signal("");
  readonly order = signal<Order>("file");
  readonly showsFilters = signal(false);
  readonly dialog = signal<"help" | "exchange" | undefined>(undefined);
  /** On narrow screens only one of them is seen. */
  readonly view = signal<"list" | "proposal">("list");
  readonly selected = signal(0);
  /** The selected proposal, once it is decoded. */
  readonly line = signal<ProposalLine | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly choice = signal<Subject>(WHOLE);
  /** The shown proposal's note before there is a decision to write it to. */
  readonly draft = signal("");
  /** What happened last, in words; also for the live region. */
  readonly said = signal("");

  readonly filtered = computed(() => {
    this.decided.changed();
    return filterRows(this.table, this.columns, this.ticked.value, this.search.value);
  });
  readonly rows = computed(() => this.#order.sorted(this.filtered.value.rows, this.order.value));

  constructor({ about, table, proposals, preferences, kept }: SessionParts) {
    this.about = about;
    this.table = table;
    this.preferences = preferences;
    this.#proposals = proposals;
    this.#order = new RowOrder(table);
    this.decided = new PageDecisions(table, kept);
    this.columns = facetColumns(table, this.decided.standings);
  }

  /** The selected proposal, unless another one is still shown: keys are faster than what they ask for. */
  get #shown(): ProposalLine | undefined {
    const line = this.line.value;
    return line?.proposal === this.table.ids[this.selected.value] ? line : undefined;
  }

  /** The decisions about the selected proposal. */
  get made(): readonly Decision[] {
    return this.decided.of(this.table.ids[this.selected.value] ?? "");
  }

  /** The reviewer's name, as decisions have it. */
  get who(): string {
    return this.preferences.who.value.trim();
  }

  /** What holds for a tag of the shown proposal. */
  verdictOfTag(line: ProposalLine, key: string): Verdict | undefined {
    const decidable = decidableOf(line);
    const mark = decidable.marks[line.tags.findIndex((tag) => tag.key === key)];
    const named = mark === undefined ? undefined : tagDecision(this.made, mark);
    return (named ?? wholeDecision(this.made, decidable))?.decision;
  }

  /** Milliseconds that the rest takes; undefined: nobody can tell. */
  timeLeft(): number | undefined {
    return this.#pace.timeFor(this.table.size - this.decided.count.value);
  }

  /** Shows the proposal of a row. */
  select(row: number): void {
    if (row < 0 || row >= this.table.size) return;
    this.#drafts.set(this.selected.value, this.draft.value);
    batch(() => {
      this.selected.value = row;
      this.choice.value = WHOLE;
      this.draft.value = this.#drafts.get(row) ?? "";
    });
    void this.#show(row);
  }

  async #show(row: number): Promise<void> {
    try {
      const line = await this.#proposals.at(row);
      if (this.selected.value === row) this.line.value = line;
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : String(error);
    }
  }

  /** Goes `by` rows on in the list; to its first where the selected one is not in it. */
  step(by: number): void {
    const rows = this.rows.value;
    const at = rows.indexOf(this.selected.value);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + by))];
    if (next !== undefined) this.select(next);
  }

  /** Goes to the next row of `rows` that is undecided, from the selected one on and then from the top. */
  nextOpen(rows: Uint32Array = this.rows.value): void {
    const at = rows.indexOf(this.selected.value);
    for (let step = 1; step <= rows.length; step += 1) {
      const row = rows[(at + step) % rows.length];
      if (row === undefined || row === this.selected.value) continue;
      if (isDecided(this.decided.standing(row))) continue;
      this.select(row);
      return;
    }
    this.said.value += ". Nothing undecided is left in this list";
  }

  /** What can be chosen by number: candidates where the match is not settled, else tags. */
  choices(line: ProposalLine): readonly Subject[] {
    if (line.candidates.length > 0) return line.candidates.map(({ osm }) => ({ kind: "match", osm }));
    return line.tags.map(({ key }) => ({ kind: "tag", key }));
  }

  /** Chooses by place, from 0. */
  choose(at: number): void {
    const line = this.#shown;
    if (line === undefined) return;
    const choice = this.choices(line)[at];
    if (choice === undefined) {
      this.said.value = `There is no ${at + 1} to choose`;
      return;
    }
    this.choice.value = choice;
    this.said.value = `${subjectWords(choice)} chosen`;
  }

  /** Chooses the next one, or the one before; before the first is the whole. */
  chooseBy(by: 1 | -1): void {
    const line = this.#shown;
    if (line === undefined) return;
    const choices = this.choices(line);
    const at = choices.findIndex((choice) => isSameSubject(choice, this.choice.value)) + by;
    if (at < 0) this.choice.value = WHOLE;
    else this.choose(at);
  }

  /** Decides `subject` of the shown proposal, then goes on if the reviewer wants it so. */
  decide(verdict: Verdict, subject: Subject = this.choice.value): void {
    const line = this.#shown;
    if (line === undefined) return;
    if (line.candidates.length > 0 && verdict === "accept" && subject.kind !== "match") {
      this.said.value = "Choose the element first: press its number, or say which one it is in the list";
      return;
    }
    // Not knowing which element it is concerns all of them.
    const about = subject.kind === "match" && verdict === "defer" ? WHOLE : subject;
    if (about.kind === "match" && !canBeChosen(about.osm)) {
      this.said.value = `${about.osm} is not in OSM's database yet: no decision can name it`;
      return;
    }
    const made = [this.#decisionOf(line, about, verdict)];
    this.#add(line, made, `${subjectWords(about)} ${VERDICT_WORDS[verdict].done}`);
  }

  /** Says of the shown proposal that none of its candidates is it; whether the station is missing is asked by the next run. */
  refuseCandidates(): void {
    const line = this.#shown;
    const named = line?.candidates.filter(({ osm }) => canBeChosen(osm)) ?? [];
    if (line === undefined || named.length === 0) return;
    const made = named.map(({ osm }) => this.#decisionOf(line, { kind: "match", osm }, "reject"));
    this.#add(line, made, "all candidates rejected");
  }

  #decisionOf(line: ProposalLine, subject: Subject, verdict: Verdict): Decision {
    return decisionAbout(line, subject, verdict, {
      who: this.who,
      when: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      note: this.draft.value.trim() || noteOn(this.made, subject, this.who),
    });
  }

  /** Adds decisions to those of the shown proposal, as one step, and goes on if the reviewer wants it so. */
  #add(line: ProposalLine, made: readonly Decision[], words: string): void {
    const row = this.selected.value;
    const list = this.rows.value;
    const before = this.decided.standing(row);
    let all = this.made;
    for (const decision of made) all = withDecision(all, decision);
    this.decided.change(words, new Map([[line.proposal, all]]));
    const after = this.decided.standing(row);
    batch(() => {
      this.draft.value = "";
      this.choice.value = WHOLE;
      this.said.value = `${this.table.title(row)}: ${words}`;
    });
    if (!isDecided(after)) {
      if (decidableOf(line).isOne) this.said.value += ". Decide the station as a whole, too";
      return;
    }
    if (!isDecided(before)) this.#pace.decided(performance.now());
    if (this.preferences.goesOn.value) this.nextOpen(list);
  }

  /** Takes back what was decided of `subject`. */
  clear(subject: Subject = this.choice.value): void {
    const line = this.#shown;
    if (line === undefined) return;
    const left = withoutDecision(this.made, subject);
    if (left.length === this.made.length) return;
    this.decided.change(`${subjectWords(subject)} taken back`, new Map([[line.proposal, left]]));
    const row = this.selected.value;
    this.said.value = `${this.table.title(row)}: ${STANDING_WORDS[this.decided.standing(row)]} again`;
  }

  /** Writes the note of the shown proposal: to its decision, or down for the next one. */
  writeNote(note: string): void {
    const line = this.#shown;
    if (line === undefined) return;
    if (notedDecision(this.made, this.who) === undefined) {
      this.draft.value = note;
      return;
    }
    const changed = withNote(this.made, this.who, note.trim());
    if (changed !== this.made) this.decided.change("note written", new Map([[line.proposal, changed]]));
  }

  /** Takes the last step back and shows what it was about. */
  undo(): void {
    const undone = this.decided.undo();
    const row = undone?.proposal === undefined ? undefined : this.table.rowOf(undone.proposal);
    if (row !== undefined) this.select(row);
    this.said.value = undone === undefined ? "Nothing to undo" : `Undone: ${undone.what}`;
  }
}

/** The note that `who` wrote to a decision about the same thing: deciding again keeps it. */
function noteOn(made: readonly Decision[], subject: Subject, who: string): string {
  const key = subject.kind === "tag" ? subject.key : undefined;
  const osm = subject.kind === "match" ? subject.osm : undefined;
  const same = made.find(
    (decision) => decision.key === key && decision.osm === osm && (decision.who ?? "") === who,
  );
  return same?.note ?? "";
}

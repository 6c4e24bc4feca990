/** What is decided of a page's proposals: every change goes into the log, the standings of the rows and the browser's storage. */
import { computed, signal } from "@preact/signals";
import type { Decision } from "../merging/decisions.js";
import { type DecisionChange, DecisionLog } from "./decision-log.js";
import type { KeptDecisions } from "./kept-decisions.js";
import { mergeDecisions } from "./merge-decisions.js";
import type { ProposalTable } from "./proposal-table.js";
import { STANDINGS, type Standing, isDecided, standingOf } from "./standing.js";
import { counted } from "./words.js";

const NO_STORAGE =
  "This browser keeps nothing for this page (private window, or storage switched off): export your decisions before you close it.";
const FULL_STORAGE = "The browser's storage is full: export your decisions before you close this page.";

export class PageDecisions {
  readonly #table: ProposalTable;
  readonly #kept: KeptDecisions | undefined;
  readonly #log = new DecisionLog();
  /** Counts changes of the log, which is no signal itself. */
  readonly #changes = signal(0);
  /** By row, the place in STANDINGS. Read `changed` before, to be told when it changes. */
  readonly standings: Uint32Array;
  /** Why decisions are not kept; undefined: they are. */
  readonly unkept = signal<string | undefined>(undefined);
  readonly count = computed(() => {
    this.changed();
    let decided = 0;
    for (const code of this.standings) if (isDecided(STANDINGS[code] ?? "undecided")) decided += 1;
    return decided;
  });

  /** `kept`: absent where the browser has no storage for this page. */
  constructor(table: ProposalTable, kept: KeptDecisions | undefined) {
    this.#table = table;
    this.#kept = kept;
    this.standings = new Uint32Array(table.size);
    if (kept === undefined) this.unkept.value = NO_STORAGE;
    else this.#take(kept.read());
  }

  /** Makes whoever computes from decisions compute again when one is made. */
  changed(): void {
    void this.#changes.value;
  }

  /** The decisions that name a proposal. */
  of(id: string): readonly Decision[] {
    this.changed();
    return this.#log.of(id);
  }

  all(): readonly Decision[] {
    this.changed();
    return this.#log.all();
  }

  /** Steps that can be undone. */
  get steps(): number {
    this.changed();
    return this.#log.steps;
  }

  standing(row: number): Standing {
    this.changed();
    return STANDINGS[this.standings[row] ?? 0] ?? "undecided";
  }

  /** The first row that is not decided, else the first. */
  firstOpen(): number {
    return Math.max(
      0,
      this.standings.findIndex((code) => !isDecided(STANDINGS[code] ?? "undecided")),
    );
  }

  /** Puts decisions in the place of a proposal's, as one step. `what`: in words, for who undoes it. */
  change(what: string, change: DecisionChange): void {
    this.#log.change(what, change);
    this.#take(change);
    this.#keep(change);
  }

  /** Takes the last step back. Returns what it was and the first proposal it was about; undefined: no step. */
  undo(): { readonly what: string; readonly proposal: string | undefined } | undefined {
    const undone = this.#log.undo();
    if (undone === undefined) return undefined;
    this.#take(undone.change);
    this.#keep(undone.change);
    const [proposal] = undone.change.keys();
    return { what: undone.what, proposal };
  }

  /** Adds decisions of a file. Returns what became of them, in words. */
  import(decisions: readonly Decision[]): string {
    const change = mergeDecisions((id) => this.#log.of(id), decisions);
    if (change.size > 0) this.change("import", change);
    const elsewhere = [...change.keys()].filter((id) => this.#table.rowOf(id) === undefined).length;
    const read = `${counted(decisions.length, "decision")} read`;
    const changed = `${counted(change.size, "proposal")} changed`;
    return `${read}; ${changed}${elsewhere > 0 ? `, ${elsewhere} of them not in this page` : ""}`;
  }

  /** What another tab wrote into the storage. */
  takeOver(entry: string | null, text: string | null): void {
    const id = entry === null ? undefined : this.#kept?.proposalOf(entry);
    if (id !== undefined && this.#kept !== undefined) this.#take(new Map([[id, this.#kept.parse(text)]]));
  }

  #take(change: DecisionChange): void {
    this.#log.replace(change);
    for (const [id, decisions] of change) {
      const row = this.#table.rowOf(id);
      if (row === undefined) continue;
      this.standings[row] = STANDINGS.indexOf(standingOf(decisions, this.#table.decidable(row)));
    }
    this.#changes.value += 1;
  }

  #keep(change: DecisionChange): void {
    if (this.#kept === undefined) return;
    try {
      this.#kept.write(change);
      this.unkept.value = undefined;
    } catch {
      this.unkept.value = FULL_STORAGE;
    }
  }
}

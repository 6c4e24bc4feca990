/** All ids of a download looked up, several groups at a time, every answer on the disk before the next is asked. */
import { type WantedId, idGroups } from "./here-ids.js";
import type { HereLookup, LookedUp, RefusedId } from "./here-lookup.js";
import type { HereRecords } from "./here-records.js";

/** What a download came to. */
export interface Downloaded {
  readonly retrieved: number;
  /** In the order asked for. */
  readonly missing: readonly WantedId[];
  /** HERE said nothing of them. */
  readonly unanswered: readonly WantedId[];
  readonly refused: readonly RefusedId[];
  /** Records that came twice, or that nobody had asked for; the first few by their ids. */
  readonly unasked: { readonly count: number; readonly examples: readonly string[] };
}

export interface DownloadSettings {
  readonly concurrency: number;
  /** Bytes of an address that are left for ids. */
  readonly room: number;
  /** When an answer is given, as milliseconds since 1970. */
  readonly date: () => number;
  /** Told after each answer how many ids are settled. */
  readonly settled: (ids: number) => void;
}

const EXAMPLES = 3;

/**
 * Looks all ids up and adds what is found to the records.
 *
 * @throws what `lookup` and `records` throw; what came before is on the disk then.
 */
export async function downloadHere(
  ids: readonly WantedId[],
  lookup: HereLookup,
  records: HereRecords,
  { concurrency, room, date, settled }: DownloadSettings,
): Promise<Downloaded> {
  const groups = idGroups(ids, room);
  const account = new Account();
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const next = groups.next();
      if (next.done === true) return;
      const looked = await lookup.group(next.value);
      await records.add(looked.found, new Date(date()));
      account.add(looked);
      settled(next.value.length);
    }
  };
  const workers = Array.from({ length: concurrency }, async () =>
    work().catch((error: unknown) => {
      stop.abort();
      throw error;
    }),
  );
  // All of them must have come to rest: what they still retrieve is kept, and nothing is written after files are closed.
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return account.total(ids);
}

class Account {
  #retrieved = 0;
  #unasked = 0;
  readonly #examples: string[] = [];
  readonly #missing = new Set<string>();
  readonly #unanswered = new Set<string>();
  readonly #refused = new Map<string, RefusedId>();

  add({ found, missing, unanswered, refused, unasked }: LookedUp): void {
    this.#retrieved += found.length;
    for (const { key } of missing) this.#missing.add(key);
    for (const { key } of unanswered) this.#unanswered.add(key);
    for (const each of refused) this.#refused.set(each.id, each);
    this.#unasked += unasked.length;
    this.#examples.push(...unasked.slice(0, EXAMPLES - this.#examples.length));
  }

  total(ids: readonly WantedId[]): Downloaded {
    return {
      retrieved: this.#retrieved,
      missing: ids.filter(({ key }) => this.#missing.has(key)),
      unanswered: ids.filter(({ key }) => this.#unanswered.has(key)),
      refused: ids.flatMap(({ asked }) => this.#refused.get(asked) ?? []),
      unasked: { count: this.#unasked, examples: this.#examples },
    };
  }
}

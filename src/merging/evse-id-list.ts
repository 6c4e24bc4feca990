/** `ref:EU:EVSE` as OSM has it: our kind of ids told apart from those that are kept (T2.5). */
import { canonicalEvseId, evseIdKey } from "../ocpi/evse-id.js";

export interface EvseIdList {
  /** Ids of EVSEs (T2.2), as spelt. */
  readonly evses: readonly string[];
  /** Pool and station ids, and whatever else a mapper put there: never replaced by ids of EVSEs. */
  readonly kept: readonly string[];
}

/** Both `;` and `,` separate when ids are read from OSM (T2.3); of several spellings of one id the first stays. */
export function evseIdList(value: string | undefined): EvseIdList {
  const evses: string[] = [];
  const kept: string[] = [];
  const seen = new Set<string>();
  for (const part of (value ?? "").split(/[;,]/)) {
    const id = part.trim();
    const key = evseIdKey(id);
    if (key === "" || seen.has(key)) continue;
    seen.add(key);
    (canonicalEvseId(id) === undefined ? kept : evses).push(id);
  }
  return { evses, kept };
}

/** The ids to write where OSM has `theirs`: what is kept first; `undefined` when none is left. */
export function withKeptIds(ours: string | undefined, theirs: string | undefined): string | undefined {
  const ids = [...evseIdList(theirs).kept, ...(ours === undefined ? [] : [ours])];
  return ids.length === 0 ? undefined : ids.join(";");
}

/** The ids of EVSEs alone, joined with `;`; `undefined` when there is none. */
export function evsesOnly(value: string | undefined): string | undefined {
  const { evses } = evseIdList(value);
  return evses.length === 0 ? undefined : evses.join(";");
}

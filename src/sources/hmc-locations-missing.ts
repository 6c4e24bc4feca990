/** Notes on parts of a tile that a location points at, or seems to, and that are not there. */
import type { Note } from "../ocpi/notes.js";
import type { RecordMaker } from "./hmc-locations-record.js";
import type { Tile } from "./hmc-locations-tile.js";

/** Where in a canonical Location the parts of a field would be. */
const CANONICAL_PLACES: Readonly<Record<string, string>> = {
  operator: "/operator",
  suboperator: "/suboperator",
  owner: "/owner",
  evses: "/evses",
  connectors: "/evses",
  eMobilityServiceProviders: "/evses",
};

/**
 * One `shared-part-missing` for each index that leads nowhere, and one where an index is left out and may have been 0:
 * protobuf leaves 0 out where the index is no wrapper. What is left out is never guessed.
 */
export function missingPartNotes(
  { missing, moreMissing }: RecordMaker,
  made: Readonly<Record<string, unknown>>,
  tile: Tile | undefined,
): Note[] {
  const notes = missing.map(({ field, detail }) => note(field, detail));
  if (moreMissing > 0) notes.push(note("", `and ${moreMissing} more`));
  if (tile === undefined) return notes;
  const isThere = (field: string): boolean =>
    made[field] !== undefined || missing.some((part) => part.field === field);
  if (!isThere("operator")) {
    const pool = tile.pool("operator", "operator");
    if (pool !== undefined && pool.parts.length > 0 && tile.saysNoZero) {
      const what = `no operatorIndex, and no index in the tile is 0, though ${pool.key} has ${pool.parts.length}`;
      notes.push(note("operator", `${what}: a 0 may have been left out; no operator was guessed`));
    }
  }
  if (!isThere("evses")) {
    const pool = tile.pool("evses", "evses");
    if (pool !== undefined && pool.parts.length > 0 && tile.locations.length === 1) {
      const what = `${pool.key} has ${pool.parts.length}`;
      notes.push(note("evses", `no evsesIndex in the tile's only location, but ${what}; none was guessed`));
    }
  }
  return notes;
}

function note(field: string, detail: string): Note {
  return { code: "shared-part-missing", pointer: CANONICAL_PLACES[field] ?? "", detail };
}

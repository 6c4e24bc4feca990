/** The `name[]` of a place. */
import type { Member, Part, PartReader } from "./hmc-stations-part.js";
import { NAME_TYPE, NAME_TYPES } from "./hmc-stations-tables.js";
import { foldedKey } from "./proto-json.js";
import { enumWord } from "./proto-json-enum.js";

export interface PlaceNames {
  readonly name: string | undefined;
  /** Only where a `nameType` says that it is the operator's: most places are named after one, but not all. */
  readonly operator: string | undefined;
  readonly brand: string | undefined;
}

/** The primary name of each kind, else the first. */
export function readNames(place: Part | undefined, reader: PartReader): PlaceNames {
  const found = new Map<string, { readonly text: Member<string>; readonly primary: boolean }>();
  for (const part of reader.parts(place, "name", "/name")) {
    const type = reader.text(part, "nameType", "/name")?.value;
    const word = type === undefined ? undefined : enumWord(NAME_TYPE, type);
    const kind = (word === undefined ? undefined : NAME_TYPES.get(foldedKey(word))) ?? "name";
    const primary = reader.flag(part, "primary", "/name")?.value ?? false;
    const text = reader.text(part, "text", "/name");
    const known = found.get(kind);
    if (text === undefined || (known !== undefined && (known.primary || !primary))) continue;
    found.set(kind, { text, primary });
  }
  const [name, operator, brand] = ["name", "operator", "brand"].map((kind) => found.get(kind)?.text);
  reader.comesFrom("/name", name);
  reader.comesFrom("/operator/name", operator);
  reader.comesFrom("/suboperator/name", brand);
  return { name: name?.value, operator: operator?.value, brand: brand?.value };
}

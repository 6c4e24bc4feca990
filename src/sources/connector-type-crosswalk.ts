/**
 * Which plug a connector type id of HERE's API v2 is: by what the user saved of v3's
 * `countryMetadata?fields=connectorTypes` (`--connector-types FILE`), else by the table of connector-type-ids.ts.
 */
import { foldEnum } from "../ocpi/enums.js";
import type { Note } from "../ocpi/notes.js";
import { TESLA_CONNECTOR, connectorTypeOfId, connectorTypeOfName } from "./connector-type-ids.js";
import { isRecord } from "./json-value.js";

/** One row of a crosswalk. */
export interface CrosswalkRow {
  /** v3's `legacyId`. */
  readonly id: number;
  /** OCPI's ConnectorType. */
  readonly standard: string;
  /** Where it holds, as the answer spells countries (ISO alpha-3); absent where the id means the same everywhere. */
  readonly countries?: readonly string[] | undefined;
}

/** What was saved of HERE's own crosswalk, sorted by id and standard; plain data, so that threads and reports can have it. */
export type ConnectorTypeCrosswalk = readonly CrosswalkRow[];

/** What a group's connector type comes to. */
export interface ReadConnectorType {
  /** OCPI's ConnectorType; a word that is none of them where it is not known (T3.3); absent where nothing is stated. */
  readonly standard: string | undefined;
  readonly note?: Pick<Note, "code" | "detail">;
}

/** The meaning of a connector type as a source states it: its id, its name in HERE's words, the country (alpha-3). */
export type ConnectorTypeReader = (
  id: string | undefined,
  name: string | undefined,
  country: string | undefined,
) => ReadConnectorType;

/**
 * The rows of saved `countryMetadata` answers: one, or a list of them, or single countries. Empty where the value has
 * none: it is then no such answer.
 */
export function crosswalkOf(saved: unknown): ConnectorTypeCrosswalk {
  const countriesOf = new Map<number, Map<string, Set<string>>>();
  for (const country of countriesIn(saved)) {
    const name = typeof country["countryCode"] === "string" ? country["countryCode"].trim() : "";
    const types: unknown = country["connectorTypes"];
    for (const type of Array.isArray(types) ? types : []) {
      const id = legacyId(type);
      if (id === undefined || !isRecord(type) || typeof type["standard"] !== "string") continue;
      const standards = countriesOf.get(id) ?? new Map<string, Set<string>>();
      const standard = foldEnum(type["standard"]);
      countriesOf.set(id, standards.set(standard, (standards.get(standard) ?? new Set()).add(name)));
    }
  }
  return [...countriesOf]
    .sort(([a], [b]) => a - b)
    .flatMap(([id, standards]): CrosswalkRow[] => {
      const [only] = standards.keys();
      if (standards.size === 1 && only !== undefined) return [{ id, standard: only }];
      return [...standards]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([standard, countries]) => ({ id, standard, countries: [...countries].sort() }));
    });
}

function countriesIn(saved: unknown): Record<string, unknown>[] {
  const answers: unknown[] = Array.isArray(saved) ? saved : [saved];
  return answers.filter(isRecord).flatMap((answer) => {
    const listed: unknown = answer["countries"];
    return Array.isArray(listed) ? listed.filter(isRecord) : [answer];
  });
}

function legacyId(type: unknown): number | undefined {
  const id: unknown = isRecord(type) ? type["legacyId"] : undefined;
  return idOf(typeof id === "number" ? String(id) : id);
}

function idOf(text: unknown): number | undefined {
  return typeof text === "string" && /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : undefined;
}

/** A reader of connector types by a crosswalk, which goes before the table, and the table. */
export function connectorTypeReader(crosswalk: ConnectorTypeCrosswalk = []): ConnectorTypeReader {
  const rowsOfId = new Map<number, CrosswalkRow[]>();
  for (const row of crosswalk) {
    const rows = rowsOfId.get(row.id);
    if (rows === undefined) rowsOfId.set(row.id, [row]);
    else rows.push(row);
  }
  return (idText, name, country) => {
    const id = idOf(idText) ?? (idText === undefined ? idOfName(name) : undefined);
    if (id === undefined) {
      const text = idText ?? name;
      return { standard: text === undefined ? undefined : foldEnum(text) };
    }
    return byCrosswalk(id, rowsOfId.get(id) ?? [], country) ?? byTable(id, name);
  };
}

function idOfName(name: string | undefined): number | undefined {
  return name === undefined ? undefined : connectorTypeOfName(name)?.id;
}

function byCrosswalk(
  id: number,
  rows: readonly CrosswalkRow[],
  country: string | undefined,
): ReadConnectorType | undefined {
  if (rows.length === 0) return undefined;
  const here = rows.filter(({ countries }) => {
    return countries === undefined || (country !== undefined && countries.includes(country.toUpperCase()));
  });
  const [only] = here;
  if (here.length === 1 && only !== undefined) return { standard: only.standard };
  const meanings = rows.map(({ standard, countries = [] }) => `${standard} in ${countries.join(", ")}`);
  return {
    standard: unmapped(id),
    note: { code: "connector-type-ambiguous", detail: `id ${id} is ${meanings.join(" and ")}` },
  };
}

function byTable(id: number, statedName: string | undefined): ReadConnectorType {
  const type = connectorTypeOfId(id);
  const name = type?.name ?? statedName;
  const detail = name === undefined ? `id ${id}` : `id ${id}, ${name}`;
  if (type === undefined) return { standard: unmapped(id), note: { code: "connector-type-unknown", detail } };
  if (type.standard === undefined) {
    return { standard: unmapped(id), note: { code: "connector-type-ambiguous", detail } };
  }
  if (id !== TESLA_CONNECTOR) return { standard: type.standard };
  return { standard: type.standard, note: { code: "tesla-connector", detail } };
}

/** A word that has no socket key, for counts and for the note of T3.3. */
function unmapped(id: number): string {
  return `HERE_CONNECTOR_TYPE_${id}`;
}

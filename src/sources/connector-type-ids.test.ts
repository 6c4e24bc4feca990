import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SOCKET_ROWS } from "../tagging/socket-table.js";
import { CONNECTOR_TYPE_ROWS, connectorTypeOfId, connectorTypeOfName } from "./connector-type-ids.js";
import { aGroup, aStation, tagged } from "../commands/here-v2.test-support.js";

const FACTS = new URL("../../../shared/here/v2-connector-types.json", import.meta.url);

/** The socket of each id in Germany, with a fixed cable; ids without one are not here. */
const SOCKETS: Readonly<Record<number, string>> = {
  5: "nema_5_15",
  6: "nema_5_20",
  7: "typed",
  8: "typee",
  9: "schuko",
  11: "bs1363",
  12: "typeh",
  13: "as3112",
  14: "as3112",
  15: "as3112",
  16: "sev1011_t13",
  17: "sev1011_t13",
  18: "sev1011_t13",
  19: "sev1011_t13",
  20: "typek",
  21: "typeo",
  22: "typeL",
  23: "typem",
  24: "typen",
  29: "chademo",
  30: "type1",
  31: "type2_cable",
  32: "type3c",
  33: "type1_combo",
  34: "type2_combo",
  42: "sev1011_t13",
  43: "nacs",
  47: "as3112",
  48: "nema_1_15",
  49: "typec",
  50: "type3a",
  51: "nema_14_50",
  52: "gb_ac",
  53: "gb_dc",
  68: "type2_combo",
};

/** A group of two with the current that tells Tesla's plugs apart. */
const station = (id: unknown) => aStation(aGroup(id, 2, { powerFeedType: { name: "DC" } }));

describe("v2 with each id of the table", () => {
  it.each(CONNECTOR_TYPE_ROWS)("%i %s → %s (%s)", (id, name, standard, mapping) => {
    const { tags, notes } = tagged(station(String(id)));
    const sockets = Object.keys(tags).filter((key) => key.startsWith("socket:"));
    expect(sockets).toEqual(SOCKETS[id] === undefined ? [] : [`socket:${SOCKETS[id]}`]);
    expect(sockets.length === 1).toBe(mapping === "documented" || mapping === "inferred");
    expect(standard === undefined).toBe(sockets.length === 0);
    for (const key of sockets) expect(tags[key]).toBe("2");
    const ambiguous = `connector-type-ambiguous: id ${id}, ${name}`;
    expect(notes.filter((note) => note === ambiguous)).toHaveLength(sockets.length === 0 ? 1 : 0);
  });

  it("43 is the plug that HERE documents, with a warning of older data", () => {
    expect(tagged(station("43")).notes).toContain("tesla-connector: id 43, Tesla Connector");
  });

  it("68 is Tesla's own plug, which is another one in each region", () => {
    const { notes } = tagged(station(68));
    expect(notes).toContain("tesla-s: TESLA_S (and 1 more)");
    expect(tagged({ ...station(68), address: { country: "USA" } }).tags).toMatchObject({
      "socket:nacs": "2",
    });
  });

  it.each([54, 60, 67, 69, 999])("%i has no public meaning: no tag, and the note says what to do", (id) => {
    const { tags, notes } = tagged(station(id));
    expect(Object.keys(tags).filter((key) => key.startsWith("socket:"))).toEqual([]);
    expect(notes).toContain(`connector-type-unknown: id ${id}`);
  });

  it("a type without id is known by HERE's name", () => {
    const named = aGroup(undefined, 1, { connectorType: { name: "IEC 62196-3 type 2 combo (mennekes)" } });
    expect(tagged(aStation(named)).tags).toMatchObject({ "socket:type2_combo": "1" });
    const foreign = aGroup(undefined, 1, { connectorType: { name: "Spiral plug" } });
    expect(tagged(aStation(foreign)).notes).toContain("unknown-standard: SPIRAL_PLUG");
  });
});

describe("the table", () => {
  it("names only standards that have a socket row", () => {
    const standards = new Set(SOCKET_ROWS.map(({ standard }) => standard));
    const foreign = CONNECTOR_TYPE_ROWS.filter(([, , standard]) => standard && !standards.has(standard));
    expect(foreign).toEqual([]);
  });

  it("has each id and each name once", () => {
    for (const [id, name] of CONNECTOR_TYPE_ROWS) {
      expect(connectorTypeOfId(id)?.name).toBe(name);
      if (name !== undefined) expect(connectorTypeOfName(name.toUpperCase())?.id).toBe(id);
    }
    expect(new Set(CONNECTOR_TYPE_ROWS.map(([id]) => id)).size).toBe(CONNECTOR_TYPE_ROWS.length);
  });

  it.skipIf(!existsSync(FACTS))(
    "says what the collected facts say (skipped where they are not there)",
    () => {
      const facts: Array<{ id: number; name: string | null; v3Standard: string | null; mapping: string }> =
        JSON.parse(readFileSync(FACTS, "utf8"));
      expect(CONNECTOR_TYPE_ROWS.map(([id, name, standard]) => [id, name ?? null, standard ?? null])).toEqual(
        facts.map(({ id, name, v3Standard }) => [id, name, v3Standard]),
      );
      for (const { id, mapping } of facts) {
        if (mapping !== "none") expect(connectorTypeOfId(id)?.mapping).toBe(mapping);
      }
    },
  );
});

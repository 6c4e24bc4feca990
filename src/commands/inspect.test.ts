import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { UsageError } from "../runs/exit-codes.js";
import { createLog } from "../runs/log.js";
import { DEFAULT_PROFILE } from "../runs/profile.js";
import { reportSchema } from "../runs/report.js";
import { DEFAULT_TAGGING } from "../tagging/tag-location.js";
import { convert } from "./convert.js";
import { inspect, inspectFromArguments } from "./inspect.js";
import { type Survey, surveyJsonSchema, surveySchema } from "./survey/survey.js";
import { surveySections } from "./survey/survey-sections.js";
import { surveyText } from "./survey/survey-text.js";

const folder = mkdtempSync(join(tmpdir(), "ocpi2osm-inspect-"));
afterAll(() => rmSync(folder, { recursive: true }));

const log = createLog({ format: "text", quiet: true, stream: { write: () => true }, env: {} });
const read = { source: "auto", reader: "bytes", progress: "never" } as const;

const survey = (...names: string[]): Promise<Survey> => inspect(names, read, log);

function feed(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** A Location with these EVSEs, somewhere in Utrecht. */
const location = (id: string, evses: unknown[], more = {}) => ({
  country_code: "NL",
  party_id: "ABC",
  id,
  coordinates: { latitude: "52.09071", longitude: "5.12142" },
  evses,
  ...more,
});

const ofLocations = (...locations: unknown[]): Promise<Survey> =>
  survey(feed("feed.json", JSON.stringify({ status_code: 1000, data: locations })));

async function convertReport(inputs: readonly string[]) {
  const report = join(folder, "report.json");
  await convert(
    {
      inputs,
      output: join(folder, "out.osm"),
      form: "osm",
      read: { source: "auto", reader: "bytes" },
      profile: DEFAULT_PROFILE,
      tagging: DEFAULT_TAGGING,
      asOf: undefined,
      report,
      rejects: undefined,
      maxRejects: undefined,
      workers: 0,
      progress: "never",
    },
    log,
  );
  return reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
}

const readable = (path: string): string[] =>
  readdirSync(path)
    .filter((name) => /json/.test(name) && name !== "error-answer.json")
    .map((name) => join(path, name));

describe("what inspect tells", () => {
  test("the format of each input, and what stood beside its records", async () => {
    const { inputs } = await survey("fixtures/ocpi/camel-case.json", "fixtures/ocpi/array.json.gz");
    expect(inputs).toMatchObject([
      { source: "ocpi", compressed: true, framing: "documents", records: 2, envelope: [] },
      { source: "ocpi", version: "2.2.1 or 2.2", compressed: false, records: 1, bytes: 2768 },
    ]);
    expect(inputs[1]?.envelope).toContainEqual({ key: "statusCode", count: 1, values: [1000] });
  });

  test("why records would not be emitted, with the first three of each reason", async () => {
    const { unemitted, counts } = await survey("fixtures/ocpi/states.json");
    expect(counts).toMatchObject({ read: 5, emitted: 1 });
    expect(unemitted).toHaveLength(4);
    expect(unemitted).toContainEqual({
      reason: "removed",
      verdict: "skipped",
      rule: "T1.3",
      meaning: "Every EVSE is REMOVED",
      count: 1,
      examples: [
        { file: "fixtures/ocpi/states.json", record: 2, byte: expect.any(Number), id: "STATE-3", detail: "" },
      ],
    });
    const many = await ofLocations(...[1, 2, 3, 4, 5].map((id) => location(`${id}`, [])));
    expect(many.unemitted[0]?.examples.map(({ record }) => record)).toEqual([0, 1, 2]);
  });

  test("a repeated Location once, but that it repeats (T1.4)", async () => {
    const twice = location("1", [{ evse_id: "NL*ABC*E1" }]);
    const { locations, evses, unemitted } = await ofLocations(twice, twice);
    expect({ described: locations.described, evses: evses.total }).toEqual({ described: 1, evses: 1 });
    expect(unemitted[0]).toMatchObject({ reason: "duplicate-id", count: 1 });
    expect(unemitted[0]?.examples[0]?.detail).toMatch(/^identical to the record at byte \d+ of /);
  });

  test("EVSEs and their ids", async () => {
    const { evses, evse_ids } = await ofLocations(
      location("1", [{ evse_id: "NL*ABC*E1", status: "AVAILABLE" }, { evse_id: "nl-abc-e1" }]),
      location("2", [{ evse_id: "17", status: "REMOVED" }, { status: "PLANNED" }]),
    );
    expect(evses).toMatchObject({ total: 4, eligible: 2 });
    expect(evse_ids).toEqual({
      valid: 2,
      invalid: 1,
      missing: 1,
      share_valid: 0.5,
      repeated: 1,
      repeated_capped: false,
      examples: { valid: ["NL*ABC*E1"], invalid: ["17"], repeated: ["NL*ABC*E1"] },
    });
  });

  test("connectors by standard and what OSM calls them", async () => {
    const connectors = [
      { standard: "IEC_62196_T2", format: "CABLE" },
      { standard: "IEC_62196_T2" },
      { standard: "Type 9" },
      {},
    ];
    const survey = await ofLocations(location("1", [{ connectors }]));
    expect(survey.connectors.total).toBe(4);
    expect(survey.connectors.standards.rows).toEqual([
      { standard: null, socket: null, note: "unknown-standard", count: 1 },
      { standard: "IEC_62196_T2", socket: "type2", note: "format-missing", count: 1 },
      { standard: "IEC_62196_T2", socket: "type2_cable", note: null, count: 1 },
      { standard: "TYPE_9", socket: null, note: "unknown-standard", count: 1 },
    ]);
    expect(survey.connectors.formats.rows).toContainEqual({ value: null, count: 3 });
  });

  test("where power comes from and how it spreads; what is implausible stays out (T4)", async () => {
    const t2 = { standard: "IEC_62196_T2", format: "SOCKET" };
    const ccs = { standard: "IEC_62196_T2_COMBO", power_type: "DC" };
    const connectors = [
      { ...t2, max_electric_power: 11000 },
      { ...t2, max_electric_power: 22 },
      { ...t2, power_type: "AC_1_PHASE", max_voltage: 230, max_amperage: 16 },
      { ...t2, max_electric_power: 150000 },
      { ...ccs, max_voltage: 400, max_amperage: 125 },
      { ...ccs, max_electric_power: 50000 },
      { ...ccs, max_electric_power: 300000 },
    ];
    const { power } = await ofLocations(location("1", [{ connectors }]));
    expect(power).toEqual({
      stated: 4,
      stated_in_kilowatts: 1,
      computed: 1,
      missing: 1,
      implausible: 1,
      ac: { connectors: 3, min: 3.7, median: 11, max: 22 },
      dc: { connectors: 2, min: 50, median: 50, max: 300 },
    });
  });

  test("where positions are, and which of them look wrong", async () => {
    const at = (id: string, latitude: unknown, longitude: unknown) =>
      location(id, [{}], { coordinates: { latitude, longitude } });
    const { positions, countries } = await ofLocations(
      at("1", "52.09071", "5.12142"),
      at("2", 52.09071, "5.1214200"),
      at("3", "52.1", "5.123"),
      at("4", "48.85341", "2.34880"),
      at("5", "52.09071", "52.09071"),
      at("6", "0", 0),
      at("7", "north", "5"),
      location("8", [{}], { coordinates: null }),
    );
    expect(positions).toEqual({
      usable: 5,
      missing: 1,
      unusable: 1,
      null_island: 1,
      outside_country: 2,
      latitude_is_longitude: 1,
      coarse: 1,
      shared: 1,
      shared_capped: false,
    });
    expect(countries.rows).toContainEqual({ stated: "NL", on_map: "FR", count: 1 });
    expect(countries.rows).toContainEqual({ stated: "NL", on_map: "NL", count: 3 });
  });

  test("keys the format does not have apart from those in another spelling, also beside hostile ones", async () => {
    const evse = '{"uid":"1","__proto__":{"a":1},"evseId":"NL*ABC*E1"}';
    const record = `{"id":"1","coordinates":{"latitude":52.09071,"longitude":5.12142},"evses":[${evse},${evse}]}`;
    const { unknown_keys, keys_read_as } = await survey(feed("keys.json", `[${record}]`));
    expect(unknown_keys.rows).toEqual([{ pointer: "/evses/*/__proto__", example: '{"a":1}', count: 2 }]);
    expect(keys_read_as.rows).toEqual([
      { pointer: "/evses/*/evseId", read_as: "evse_id", example: '"NL*ABC*E1"', count: 2 },
    ]);
  });

  test("when more keys come than it tells apart", async () => {
    const keys = Array.from({ length: 3000 }, (_, i) => [`key${i}`, i]);
    const { unknown_keys } = await ofLocations(location("1", [{}], Object.fromEntries(keys)));
    expect(unknown_keys).toMatchObject({ distinct: 1000, capped: true, others: 2800 });
    expect(unknown_keys.rows).toHaveLength(200);
  });

  test("first of all that a HERE answer lacks its evses", async () => {
    const found = await survey("fixtures/here-v3/list.json");
    expect(found.notes).toContainEqual(expect.objectContaining({ code: "evses-not-asked", count: 1 }));
    const attention = surveySections(found)[0]?.blocks.filter((block) => typeof block === "string");
    expect(attention?.[0]).toMatch(/^Attention, 1 of 4 records: evses-not-asked/);
    expect(attention?.[1]).toMatch(/^Attention, 1 of 4 records: evses-pruned/);
  });
});

describe("a survey", () => {
  test("counts as convert does, fits its schema and 100 columns", async () => {
    for (const file of [
      ...readable("fixtures/ocpi"),
      ...readable("fixtures/here-v3"),
      "fixtures/demo.json",
    ]) {
      const found = await survey(file);
      expect(surveySchema.parse(found), file).toEqual(found);
      const { counts, notes } = await convertReport([file]);
      expect(found.counts, file).toEqual(counts);
      const found_notes = found.notes.map(({ code, count, meaning, examples }) => [
        code,
        { count, meaning, examples },
      ]);
      expect(Object.fromEntries(found_notes), file).toEqual(notes);
      for (const line of surveyText(surveySections(found)).split("\n"))
        expect(Array.from(line).length).toBeLessThanOrEqual(100);
    }
  });

  test("of real feeds counts as convert does", async () => {
    const feeds = "../shared/feeds";
    if (!existsSync(feeds)) return void process.stdout.write(`not tested: ${feeds} is not there\n`);
    const files = readable(feeds);
    const found = await survey(...files);
    expect(surveySchema.parse(found)).toEqual(found);
    expect(found.counts).toEqual((await convertReport(files)).counts);
  }, 120_000);

  test("is the same by either reader", async () => {
    for (const file of ["fixtures/demo.json", "fixtures/ocpi/states.json", "fixtures/here-v3/list.json"]) {
      const byTokens = await inspect([file], { ...read, reader: "tokens" }, log);
      const byBytes = await survey(file);
      for (const { examples } of byBytes.unemitted) for (const example of examples) delete example.byte;
      expect(byTokens).toEqual(byBytes);
    }
  });

  test("compares repeated Locations by either reader, and by tokens names no offset", async () => {
    const byTokens = await inspect(["fixtures/ocpi/duplicate-ids.json"], { ...read, reader: "tokens" }, log);
    const details = byTokens.unemitted[0]?.examples.map(({ detail }) => detail);
    expect(details).toEqual([
      "identical to an earlier record of fixtures/ocpi/duplicate-ids.json",
      expect.stringMatching(/^differs from an earlier record of .* in \w+/),
    ]);
  });

  test("has a JSON Schema", () => {
    expect(surveyJsonSchema()).toMatchObject({ type: "object", properties: { inspect: { const: 1 } } });
  });

  test("of a feed without records says so in every part", async () => {
    const found = await survey("fixtures/ocpi/empty-envelope.json");
    expect(found.counts.read).toBe(0);
    expect(found.evse_ids.share_valid).toBeNull();
    expect(surveyText(surveySections(found))).toContain("0 read = 0 emitted + 0 skipped + 0 rejected");
  });

  test("reads well", async () => {
    const file = "fixtures/ocpi/single-object.json";
    expect(surveyText(surveySections(await survey(file)))).toBe(SINGLE_OBJECT);
  });
});

describe("inspect refuses", () => {
  test("two forms at once", async () => {
    const options = { source: "auto", reader: "bytes", json: true, markdown: true };
    await expect(inspectFromArguments(["fixtures/demo.json"], options, log)).rejects.toBeInstanceOf(
      UsageError,
    );
  });
});

const SINGLE_OBJECT = `Feed
  Input                             Format                             Bytes  Records
  fixtures/ocpi/single-object.json  OCPI Locations 2.2.1 or 2.2, JSON  1,228        1

What convert would make of it
  Records: 1 read = 1 emitted + 0 skipped + 0 rejected

Locations
  Locations, repeated ones once: 1; with an OCPI id: 1.

  Country stated  On the map  Locations
  FR              FR                  1

  Operator          Locations
  Recharge Exemple          1

  OCPI party  Locations
  FR*REX              1

Positions
  Position                                      Locations
  usable                                                1
  missing                                               0
  no number, or outside the globe                       0
  at 0, 0                                               0
  usable, but not in the country stated                 0
  usable, but latitude = longitude                      0
  usable, but fewer than 4 decimals                     0
  usable, exactly where an earlier Location is          0

EVSEs
  EVSEs: 1; eligible (neither REMOVED nor PLANNED): 1.

  Status     EVSEs
  AVAILABLE      1

  EVSE id                            EVSEs  Examples
  valid (100 % of all EVSEs)             1  FR*REX*E0001
  not of the form CC*PPP*E…              0
  missing                                0
  valid, but an earlier EVSE has it      0

Connectors
  Connectors, of all EVSEs: 2.

  Standard      socket:  Note  Connectors
  DOMESTIC_E    typee                   1
  IEC_62196_T2  type2                   1

  Format  Connectors
  SOCKET           2

  Power type  Connectors
  AC_1_PHASE           1
  AC_3_PHASE           1

Power
  Power                                       Connectors
  stated in watts                                      2
  stated below 1000, so read as kilowatts              0
  computed from volts and amperes                      0
  missing                                              0
  of all these: more than the socket carries           0

  Plausible power, kW  Connectors  Min  Median  Max
  AC                            2  3.7     3.7   22

Notes
  None.

Keys
  No key that the format does not have.
`;

import { existsSync, readFileSync, readdirSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { type DetectedFormat, type Detection, detectFormat } from "./detect-format.js";
import type { SourceName } from "./dialect.js";

interface Beginning {
  readonly whole?: boolean;
  readonly forced?: SourceName;
  readonly file?: string;
  readonly before?: DetectedFormat;
  readonly amongOthers?: boolean;
}

function detect(
  text: string | Uint8Array,
  { whole = true, file = "feed", forced, before, amongOthers }: Beginning = {},
): Detection {
  return detectFormat(Buffer.from(text), whole, { file, forced, before, amongOthers });
}

const ocpi = { country_code: "DE", party_id: "ABC", id: "1", publish: true, coordinates: {}, evses: [] };
const hereV3 = { id: "here:evcp:charginglocation:1", location: { lat: 1, lng: 2 } };

describe("the dialect", () => {
  test.each<[SourceName, string, unknown]>([
    ["ocpi", "a list", [ocpi]],
    ["ocpi", "an envelope", { status_code: 1000, data: [ocpi] }],
    ["ocpi", "one object in an envelope", { data: ocpi, status_code: 1000 }],
    ["ocpi", "one object", ocpi],
    ["ocpi", "camelCase keys", [{ countryCode: "DE", partyId: "ABC", id: "1" }]],
    ["ocpi", "PascalCase keys", { StatusCode: 1000, Data: [{ Id: "1", Coordinates: {}, Evses: [] }] }],
    ["ocpi", "no records", []],
    ["ocpi", "an envelope without records", { data: [], status_code: 1000 }],
    ["ocpi", "a null, a number and then a record", [null, 5, ocpi]],
    ["here-v3", "a list answer", { items: [hereV3], missingItems: [] }],
    ["here-v3", "the bare object", hereV3],
    ["here-v3", "the fewest keys", { id: "x", location: { lat: 1, lng: 2 } }],
    ["here-v3", "an answer without records", { items: [], missingItems: ["x"] }],
    ["here-v3", "EVSEs, as OCPI has them", { ...hereV3, evses: [{ uid: "1", connectors: [] }] }],
    [
      "here-v2",
      "stations",
      { hasMore: false, evStations: { evStation: [{ id: "1", position: {}, poolId: "2" }] } },
    ],
    ["here-v2", "connectors", [{ id: "1", connectors: { connector: [{ maxPowerLevel: 22 }] } }]],
    ["hmc-locations", "a tile", { partitionName: "1", chargingLocation: [{ evsesIndex: [0] }], evse: [{}] }],
    ["hmc-stations", "a tile", { partitionName: "1", place: [{}], location: [{}], portAttribute: [{}] }],
  ])("%s: %s", (source, _, document) => {
    expect(detect(JSON.stringify(document, null, 2)).format).toMatchObject({ source, framing: "documents" });
  });

  test("of a tile without records is told by its one key, or by the file's name", () => {
    const { source } = detect('{ "partitionName": "23618402" }').format;
    expect(source).toBe("hmc-locations");
    for (const layer of ["locations", "stations"]) {
      const file = `tiles/electric-vehicle-charging-${layer}_23618402_v7.json.geojson`;
      const { format } = detect('{"type":"FeatureCollection","features":[]}', { file });
      expect(format.source).toBe(`hmc-${layer}`);
    }
  });

  test("is the same whether the input before was alike, of another dialect, or there was none", () => {
    const inputs = [
      [ocpi],
      { data: [{ ...ocpi, parking_places: [] }] },
      { items: [hereV3] },
      { partitionName: "1", evse: [{}], chargingLocation: [{}] },
      { partitionName: "1", place: [{}], location: [{}], portAttribute: [{}] },
    ].flatMap((input) => [
      JSON.stringify(input),
      JSON.stringify(input, null, 2),
      `${JSON.stringify(input)}\n`,
    ]);
    for (const before of inputs) {
      for (const input of inputs) {
        const known = detect(before).format;
        expect(detect(input, { before: known })).toEqual(detect(input));
      }
    }
  });

  test("may be given, which leaves the framing to be found", () => {
    expect(detect('{"foo":1}\n{"foo":2}\n', { forced: "hmc-locations" }).format).toMatchObject({
      source: "hmc-locations",
      framing: "lines",
    });
  });

  test("is found in a record that goes on beyond what is looked at", () => {
    for (const document of [[ocpi], { data: [ocpi] }, { data: ocpi }, ocpi]) {
      const text = JSON.stringify(document);
      for (let length = text.indexOf("coordinates") + 15; length < text.length; length++) {
        expect(detect(text.slice(0, length), { whole: false }).format.source).toBe("ocpi");
      }
    }
  });

  test("is found in a list at an unusual place, with a word that it is one", () => {
    const detection = detect(JSON.stringify({ export: { v: 1, stations: [ocpi] } }));
    expect(detection).toMatchObject({ format: { source: "ocpi" }, oddEnvelope: true });
  });
});

describe("pages in a list", () => {
  test.each<[string, unknown]>([
    [
      "envelopes",
      [
        { data: [ocpi], status_code: 1000 },
        { data: [ocpi], status_code: 1000 },
      ],
    ],
    ["an envelope", [{ data: [ocpi] }]],
    ["lists", [[ocpi, ocpi], [ocpi]]],
    ["HERE's answers", [{ items: [hereV3] }]],
  ])("%s are refused in words that help, and not taken for records", (_what, pages) => {
    expect(() => detect(JSON.stringify(pages))).toThrow(
      expect.objectContaining({ advice: expect.stringContaining("jq -c '.[]'") }),
    );
    expect(() => detect(JSON.stringify(pages, null, 2))).toThrow(/a list of pages/);
  });

  test("one a line is what that advice comes to, and is read", () => {
    const lines = [{ data: [ocpi] }, { data: [ocpi] }].map((page) => JSON.stringify(page)).join("\n");
    expect(detect(lines).format).toMatchObject({ source: "ocpi", framing: "lines" });
    const lists = [[ocpi, ocpi], [ocpi]].map((page) => JSON.stringify(page)).join("\n");
    expect(detect(lists).format).toMatchObject({ source: "ocpi", framing: "lines" });
  });

  test("tiles in a list are no pages", () => {
    const tile = { partitionName: "1", evse: [{}], chargingLocation: [{}] };
    expect(detect(JSON.stringify([tile, tile])).format.source).toBe("hmc-locations");
  });
});

describe("the framing", () => {
  test.each([
    ["records", `${JSON.stringify(ocpi)}\n${JSON.stringify(ocpi)}\n`],
    ["records, the last without newline", `${JSON.stringify(ocpi)}\n${JSON.stringify(ocpi)}`],
    ["answers", `${JSON.stringify({ data: [ocpi] })}\n${JSON.stringify({ data: [] })}\n`],
    ["CRLF and blank lines", `\r\n${JSON.stringify(ocpi)}\r\n\r\n${JSON.stringify(ocpi)}\r\n`],
    ["an odd first line", `null\n${JSON.stringify(ocpi)}\n`],
    ["a bad first line", `{"id":\n${JSON.stringify(ocpi)}\n${JSON.stringify(ocpi)}\n`],
    ["a bad second line", `${JSON.stringify(ocpi)}\n{"id":\n`],
  ])("lines: %s", (_, text) => {
    expect(detect(text).format).toMatchObject({ source: "ocpi", framing: "lines" });
  });

  test.each([
    ["a list, one record a line", `[\n${JSON.stringify(ocpi)},\n${JSON.stringify(ocpi)}\n]`],
    ["an envelope with one record on its line", `{"data":[\n${JSON.stringify(ocpi)}\n]}`],
    ["commas in lines of their own", `[\n${JSON.stringify(ocpi)}\n,\n${JSON.stringify(ocpi)}\n]`],
    ["one line", `${JSON.stringify([ocpi])}\n`],
    [
      "pretty documents one after another",
      `${JSON.stringify(ocpi, null, 1)}\n${JSON.stringify(ocpi, null, 1)}`,
    ],
    ["a compact document, then pretty ones", `${JSON.stringify(ocpi)}\n${JSON.stringify(ocpi, null, 1)}`],
  ])("documents: %s", (_, text) => {
    expect(detect(text).format).toMatchObject({ source: "ocpi", framing: "documents" });
  });

  test("lines when the second is cut off, documents when the first is", () => {
    const line = JSON.stringify(ocpi);
    expect(detect(`${line}\n${line.slice(0, 30)}`, { whole: false }).format.framing).toBe("lines");
    expect(detect(line.slice(0, -5), { whole: false }).format.framing).toBe("documents");
  });
});

describe("the OCPI version", () => {
  const connector = { standard: "IEC_62196_T2", voltage: 230, amperage: 16 };
  test.each<[string | undefined, unknown]>([
    ["2.1.1", { id: "1", type: "ON_STREET", coordinates: {} }],
    ["2.1.1", { id: "1", coordinates: {}, evses: [{ connectors: [connector] }] }],
    ["2.2.1 or 2.2", ocpi],
    ["2.2.1 or 2.2", { ...ocpi, type: "ON_STREET" }],
    ["2.3.0", { ...ocpi, help_phone: "+49" }],
    ["2.3.0", { ...ocpi, parking_places: [] }],
    ["2.3.0", { ...ocpi, evses: [{ parking: [{}] }] }],
    [undefined, { id: "1", coordinates: {} }],
  ])("%s", (version, record) => {
    expect(detect(JSON.stringify([record])).format.version).toBe(version);
  });
});

describe("what is no feed", () => {
  test.each([
    ["nothing", "", /empty/],
    ["blanks", " \n ", /blanks/],
    ["HTML", "<!DOCTYPE html><html>", /HTML/],
    ["XML", '<?xml version="1.0"?><osm/>', /XML/],
    ["CSV", "id,lat,lon\n1,2,3\n", /CSV/],
    ["PDF", "%PDF-1.4", /PDF/],
    ["binary", Buffer.from([1, 2, 3, 0, 255, 254]), /binary/],
    ["prose", "nothing to see", /begins "nothing to see"/],
    ["another JSON", '{"type":"FeatureCollection","features":[]}', /FeatureCollection/],
    ["NaN in JSON", '[{"id":"1","evses":[],"power":NaN}]', /malformed JSON \(Unexpected token 'N'/],
    ["a comma too many", '[{"id":"1","evses":[],}]', /malformed JSON/],
    ["Python's spelling", "[{'id': 1, 'evses': []}]", /malformed JSON/],
    ["an empty object", "{}", /without keys/],
    ["numbers", "[1,2,3]", /no objects/],
    ["a part of a Location", '{"status":"REMOVED"}', /"status"/],
  ])("%s is an InputError that says what it looks like", (_, text, message) => {
    expect(() => detect(text)).toThrow(
      expect.objectContaining({ name: "InputError", message: expect.stringMatching(message) }),
    );
  });

  test.each([
    [
      "an OCPI error without data",
      { status_code: 2001, status_message: "Invalid token" },
      /2001.*Invalid token/,
    ],
    ["with null", { data: null, status_code: 3000, status_message: "Down" }, /3000.*server.*Down/],
    [
      "on one line",
      { status_code: 2001, status_message: "No\n::error::such token" },
      /No ::error::such token/,
    ],
    ["with an empty list", { data: [], status_code: 2003, status_message: "No" }, /2003/],
    ["in PascalCase", { StatusCode: 2000, StatusMessage: "Bad" }, /2000.*Bad/],
    [
      "a HERE problem",
      { title: "Bad Request", status: 400, cause: "fields/2", action: "Fix it" },
      /400: Bad Request: fields.2: Fix it/,
    ],
    [
      "a HERE refusal",
      { error: "Unauthorized", error_description: "No credentials found" },
      /Unauthorized: No cred/,
    ],
  ])("an error answer is quoted: %s", (_, body, message) => {
    expect(() => detect(JSON.stringify(body))).toThrow(
      expect.objectContaining({ name: "InputError", message: expect.stringMatching(message) }),
    );
    const forced = (): unknown => detect(JSON.stringify(body), { forced: "ocpi" });
    expect(forced).toThrow(expect.objectContaining({ message: expect.stringMatching(message) }));
  });

  test("cut off before anything could be told is an InputError", () => {
    expect(() => detect('[{"i')).toThrow(
      expect.objectContaining({ name: "InputError", message: expect.stringMatching(/cut off/) }),
    );
  });

  test.each([
    ["a million brackets", "[".repeat(1_000_000)],
    ["a million objects", '{"a":'.repeat(200_000)],
    ["a text without end", `{"name":"${"x".repeat(1_000_000)}`],
    ["backslashes", `["${"\\".repeat(1_000_000)}`],
    ["commas", `[${",".repeat(1_000_000)}`],
  ])("%s is an InputError, not a crash", (_, text) => {
    expect(() => detect(text, { whole: false })).toThrow(expect.objectContaining({ name: "InputError" }));
  });
});

describe("a file among others that is called a tile", () => {
  const file = "electric-vehicle-charging-locations_1_v2.json";
  const tile = JSON.stringify({ partitionName: "1", chargingLocation: [{ name: "x".repeat(4000) }] });
  const places = ["first", "after a tile"] as const;
  const before = (place: (typeof places)[number]) =>
    place === "first" ? {} : { before: detect(tile, { file }).format };

  test.each(["{}", '{"partitionName":"1","evse":[]}', '{"foo":1}'])(
    "is told from its name wherever it comes, so that it counts as a record (T1.7): %s",
    (text) => {
      for (const place of places) {
        const { format } = detect(text, { file, amongOthers: true, ...before(place) });
        expect(format).toMatchObject({ source: "hmc-locations", sharesParts: true });
      }
      expect(() => detect(text, { file })).toThrow(/not a feed of a known format/);
    },
  );

  test("is one whatever its list is called: what it holds is not taken for the API's answers", () => {
    const text = JSON.stringify({ partitionName: "1", stations: [{ id: "here:evcp:charginglocation:1" }] });
    for (const place of places) {
      const { format, oddEnvelope } = detect(text, { file, amongOthers: true, ...before(place) });
      expect([format.source, oddEnvelope]).toEqual(["hmc-locations", false]);
    }
    expect(detect(text, { file }).format.source).toBe("hmc-locations");
  });

  test("is a service's error answer wherever it comes", () => {
    const text = JSON.stringify({ title: "Not found", status: 404, code: "E1", cause: "no", action: "try" });
    for (const place of places) {
      const { format } = detect(text, { file, amongOthers: true, ...before(place) });
      expect(format.errorAnswer).toMatch(/404/);
    }
  });

  test("is of the older layer where its name says so and it has no records", () => {
    const name = "electric-vehicle-charging-stations_1_v2.json";
    expect(detect('{"partitionName":"1"}', { file: name }).format.source).toBe("hmc-stations");
  });
});

test("XML is told what to fetch in its place", () => {
  const thrown = expect.objectContaining({ advice: expect.stringMatching(/\.json in place of \.xml/) });
  expect(() => detect('<?xml version="1.0"?><evStations/>')).toThrow(thrown);
});

describe("real feeds", () => {
  const feeds = new URL("../../../shared/feeds/", import.meta.url);
  const versions: ReadonlyArray<readonly [pattern: RegExp, version: RegExp]> = [
    [/2_1_1/, /^2\.1\.1$/],
    [/2_2/, /^2\.2\.1 or 2\.2$/],
    [/./, /^2/],
  ];
  test.runIf(existsSync(feeds))("are known, with the version their name says", () => {
    for (const name of readdirSync(feeds).filter((entry) => entry.endsWith(".json"))) {
      const { format } = detect(readFileSync(new URL(name, feeds)));
      expect(format).toMatchObject({ source: "ocpi", framing: "documents" });
      expect(format.version, name).toMatch(versions.find(([pattern]) => pattern.test(name))?.[1] ?? /never/);
    }
  });
});

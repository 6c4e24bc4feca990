import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import { EMITTED, LICENSED, documentOf, emittedWith } from "./emitted.test-support.js";
import { ndjsonForm } from "./ndjson-form.js";

describe("--format ndjson", () => {
  it("is the published shape, to the byte", async () => {
    expect(await documentOf(ndjsonForm, LICENSED, [EMITTED])).toBe(
      '{"source":{"file":"feeds/example.json","record":3},' +
        '"location":{"country_code":"LT","party_id":"IGN","id":"42"},' +
        '"osm":{"type":"node","id":-4,"lat":54.6871555,"lon":-25.27},' +
        '"tags":{"amenity":"charging_station","socket:type2":"1"},' +
        '"charge_points":[{"type":"node","id":-5,"lat":54.6873,"lon":-25.2701,' +
        '"tags":{"man_made":"charge_point"},"pointers":{"man_made":["/id"]}}],' +
        '"notes":[{"code":"format-missing","rule":"T3.2",' +
        '"meaning":"A Type 2 connector does not say whether it is a socket or a cable; socket assumed",' +
        '"pointer":"/evses/0/connectors/0","detail":"IEC_62196_T2"}],' +
        '"pointers":{"amenity":["/id"],"socket:type2":["/evses/0/connectors/0/standard"]}}\n',
    );
  });

  it.each([...HOSTILE_TEXTS, "\ud800"])("gives %j back unchanged, in one line", async (text) => {
    const line = await documentOf(ndjsonForm, LICENSED, [emittedWith(text)]);
    expect(line.trimEnd()).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
    const utf8 = JSON.parse(Buffer.from(line).toString());
    expect(utf8.tags.z).toBe(text);
    expect(utf8.location.id).toBe(text);
    expect(utf8.source.file).toBe(text);
  });

  it("holds a key named __proto__ like any other", async () => {
    const tags = [{ key: "__proto__", value: "x", rule: "T5.5" }];
    const line = await documentOf(ndjsonForm, LICENSED, [
      { ...EMITTED, station: { ...EMITTED.station, tags } },
    ]);
    expect(Object.entries(JSON.parse(line).tags)).toEqual([["__proto__", "x"]]);
    expect(Object.entries(JSON.parse(line).pointers)).toEqual([["__proto__", ["/id"]]]);
  });
});

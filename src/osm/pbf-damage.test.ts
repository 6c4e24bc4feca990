import { deflateSync } from "node:zlib";
import { PbfWriter } from "pbf";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyElements, xmlOf } from "./osm-data.test-support.js";
import { osmXml, osmiumFile, refusal, sourceOf } from "./osm-files.test-support.js";
import { InputError } from "../input-error.js";
import { itWithOsmium } from "./osmium.test-support.js";
import { readOsm } from "./read-osm.js";

const MEBIBYTE = 1 << 20;
const STATION = '<node id="1" version="1" lat="1" lon="2"><tag k="amenity" v="charging_station"/></node>';

function message(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
}

function frame(type: string, blob: Uint8Array, size = blob.length): Buffer {
  const header = message((pbf) => {
    pbf.writeTag(1, 2);
    pbf.writeString(type);
    pbf.writeTag(3, 0);
    pbf.writeVarint(size);
  });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, blob]);
}

function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return message((pbf) => {
    pbf.writeTag(field, 2);
    pbf.writeBytes(bytes);
  });
}

function deflated(content: Uint8Array, rawSize = content.length): Uint8Array {
  const size = message((pbf) => {
    pbf.writeTag(2, 0);
    pbf.writeVarint(rawSize);
  });
  return Buffer.concat([size, bytesField(3, deflateSync(content))]);
}

function headerFrame(...required: string[]): Buffer {
  const features = required.map((feature) => bytesField(4, Buffer.from(feature)));
  return frame("OSMHeader", deflated(Buffer.concat(features)));
}

const HEADER = headerFrame("OsmSchema-V0.6", "DenseNodes");

describe("a PBF file", () => {
  it("may be empty behind its header, and may hold blocks of a kind not known yet", async () => {
    const { objects } = await readOsm(sourceOf(Buffer.concat([HEADER, frame("OSMNews", Buffer.from("?"))])));
    expect(objects).toEqual([]);
  });

  itWithOsmium("is refused wherever it was cut off inside a block, with the byte", async () => {
    const whole = osmiumFile(osmXml(STATION), "osm.pbf");
    const second = whole.indexOf("OSMData") - 6;
    for (let length = 1; length < whole.length; length++) {
      if (length === second) continue;
      const said = await refusal(whole.subarray(0, length)).catch(
        (error: unknown) => `${length}: ${String(error)}`,
      );
      expect(said).toMatch(/^x\.osm/);
      if (length > second) expect(said).toContain(`x.osm, byte ${second}: the file ends inside the block`);
    }
  });

  itWithOsmium("is read or refused, never worse, with any of its bytes changed", async () => {
    const [elements] = fc.sample(anyElements, { numRuns: 1, seed: 3 });
    const whole = osmiumFile(xmlOf(elements ?? []), "osm.pbf", "cat", "-f", "pbf,pbf_compression=none");
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        await readOsm(sourceOf(damaged)).catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
      }),
      { numRuns: 1500 },
    );
  });

  it("is refused for sizes the format does not allow, before anything of that size is made", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const huge = Buffer.concat([HEADER, frame("OSMData", Buffer.alloc(0), 2 ** 31 - 1)]);
    expect(await refusal(huge)).toContain("a block of 2147483647 bytes, where 33554432 are allowed");
    const claims = Buffer.concat([HEADER, frame("OSMData", deflated(Buffer.from("x"), 2 ** 31 - 1))]);
    expect(await refusal(claims)).toContain("a block that unpacks to 2147483647 bytes");
    const header = Buffer.concat([HEADER, Buffer.from([0x7f, 0xff, 0xff, 0xff])]);
    expect(await refusal(header)).toContain(
      "a block header of 2147483647 bytes, where 1 to 65536 are allowed",
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MEBIBYTE);
  });

  it("cannot unpack to more than it states", async () => {
    const bomb = Buffer.concat([HEADER, frame("OSMData", deflated(Buffer.alloc(64 * MEBIBYTE), 1000))]);
    expect(await refusal(bomb)).toContain("a block that cannot be unpacked");
    const less = Buffer.concat([HEADER, frame("OSMData", deflated(Buffer.alloc(10), 1000))]);
    expect(await refusal(less)).toContain("does not unpack to the 1000 bytes it states");
  });

  it.each([
    [4, "lzma"],
    [6, "lz4"],
    [7, "zstd"],
  ])("is refused by name when compressed in a way Node has not (field %i)", async (field, name) => {
    const said = await refusal(
      Buffer.concat([HEADER, frame("OSMData", bytesField(field, Buffer.from("xxxx")))]),
    );
    expect(said).toContain(`compressed with ${name}`);
    expect(said).toContain("osmium cat");
  });

  itWithOsmium("is refused so when osmium wrote it with lz4", async () => {
    expect(
      await refusal(osmiumFile(osmXml(STATION), "osm.pbf", "cat", "-f", "pbf,pbf_compression=lz4")),
    ).toContain("compressed with lz4");
  });

  it("is refused when it is a history, or needs a reader that knows more", async () => {
    expect(await refusal(headerFrame("OsmSchema-V0.6", "HistoricalInformation"))).toMatch(
      /history file.*\| .*osmium time-filter/,
    );
    expect(await refusal(headerFrame("OsmSchema-V0.7"))).toContain('"OsmSchema-V0.7"');
  });

  it("is refused when data stands before the header", async () => {
    expect(
      await refusal(Buffer.concat([frame("OSMData", deflated(Buffer.from("OSMHeader"))), HEADER])),
    ).toContain("data before any header");
  });
});

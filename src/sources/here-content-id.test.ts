import { describe, expect, it } from "vitest";
import { contentIdOf, decodeContentId, isHereContentId } from "./here-content-id.js";

const DOCUMENTED = "246udbvy497hq-aGVyZS1ldjplY29tb3ZlbWVudDoyMDEyMTg1ODgz";

describe("isHereContentId", () => {
  it.each([
    DOCUMENTED,
    ` ${DOCUMENTED} `,
    `here:evcp:charginglocation:${DOCUMENTED}`,
    "HERE:EVCP:evse:0a0a",
    "here:cm:place:100000000",
    "here:pds:place:276u33db-8097f3194e4b411081b761ea9a366776",
    "756u0qj6re3k0-aGVyZS1ldjpleGFtcGxlc3VwcGxpZXI6MTAwMQ",
  ])("knows %s as HERE's", (id) => expect(isHereContentId(id)).toBe(true));

  it.each([
    "",
    "LOC1",
    "12345",
    "BSP-LOC-7",
    "1f90fdf0-cca5-11ed-be23-42010aa40002",
    "here",
    // right form, but the tail is somebody else's
    "246udbvy497hq-bm90LWhlcmU6eDox",
    // geohashes have no `a`
    "246adbvy497hq-aGVyZS1ldjplY29tb3ZlbWVudDoyMDEyMTg1ODgz",
  ])("takes %j for a genuine OCPI id", (id) => expect(isHereContentId(id)).toBe(false));
});

describe("decodeContentId", () => {
  it("tells country, geohash and supplier, with or without HERE's prefix", () => {
    const parts = {
      country: "246",
      geohash: "udbvy497hq",
      supplier: "ecomovement",
      supplierId: "2012185883",
    };
    expect(decodeContentId(DOCUMENTED)).toEqual(parts);
    expect(decodeContentId(`here:evcp:charginglocation:${DOCUMENTED}`)).toEqual(parts);
  });

  it("answers nothing for other ids", () => {
    expect(decodeContentId("LOC1")).toBeUndefined();
    expect(decodeContentId("246udbvy497hq-bm90LWhlcmU6eDox")).toBeUndefined();
  });
});

describe("contentIdOf", () => {
  it("is the last colon-part", () => {
    expect(contentIdOf(`here:evcp:charginglocation:${DOCUMENTED}`)).toBe(DOCUMENTED);
    expect(contentIdOf(DOCUMENTED)).toBe(DOCUMENTED);
  });
});

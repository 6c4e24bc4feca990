import { expect, it } from "vitest";
import { tileOf } from "./hmc-locations-tile.js";

it("a tile is worked out once while two documents are read by turns", () => {
  const [one, other] = [{ chargingLocation: [{ id: "1" }] }, { chargingLocation: [] }];
  const tiles = [tileOf(one), tileOf(other)];
  for (let turn = 0; turn < 3; turn++) {
    expect(tileOf(one)).toBe(tiles[0]);
    expect(tileOf(other)).toBe(tiles[1]);
  }
});

it("each document has its own tile, also after others were read", () => {
  const documents = [0, 1, 2, 3].map((size) => ({
    chargingLocation: Array.from({ length: size }, () => ({})),
  }));
  for (let turn = 0; turn < 2; turn++) {
    expect(documents.map((document) => tileOf(document).locations.length)).toEqual([0, 1, 2, 3]);
  }
});

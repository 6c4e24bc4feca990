// @ts-check
/**
 * HERE tiles: a quadtree over degrees, its origin at -180, -90. A tile of level n is 360 / 2^n degrees wide and high.
 * Its id is the Morton code of column and row behind a leading 1, in decimal: 23618402 for a tile of level 12 in Berlin.
 */

/** The level of the EV layers of HERE Map Content. */
const TILE_LEVEL = 12;
/** The width and height of a tile. */
export const TILE_DEGREES = 360 / 2 ** TILE_LEVEL;
const COLUMNS = 2 ** TILE_LEVEL;
const ROWS = COLUMNS / 2;
const METRES_PER_DEGREE = 111_320;

/** The id of the tile at a column and row. @param {number} column @param {number} row */
function tileId(column, row) {
  let id = 1;
  for (let bit = TILE_LEVEL - 1; bit >= 0; bit -= 1)
    id = id * 4 + ((row >> bit) & 1) * 2 + ((column >> bit) & 1);
  return id;
}

/**
 * The tile a position lies in. The southern and western borders belong to a tile.
 * @param {number} latitude
 * @param {number} longitude
 */
export function tileAt(latitude, longitude) {
  const column = Math.floor((longitude + 180) / TILE_DEGREES);
  const row = Math.floor((latitude + 90) / TILE_DEGREES);
  return tileId(((column % COLUMNS) + COLUMNS) % COLUMNS, Math.min(Math.max(row, 0), ROWS - 1));
}

/**
 * The tiles that hold a position, its own first: near a border also the neighbours'.
 * @param {number} latitude
 * @param {number} longitude
 * @param {number} metres how near counts as on the border
 * @returns {number[]}
 */
export function tilesAround(latitude, longitude, metres) {
  const north = metres / METRES_PER_DEGREE;
  const east = north / Math.cos((latitude * Math.PI) / 180);
  const corners = [0, -1, 1].flatMap((up) =>
    [0, -1, 1].map((right) => tileAt(latitude + up * north, longitude + right * east)),
  );
  return [...new Set(corners)];
}

/**
 * The south-western corners of the tiles that lie wholly in a box.
 * @param {readonly [south: number, west: number, north: number, east: number]} box degrees
 * @returns {{ latitude: number, longitude: number }[]}
 */
export function tilesWithin([south, west, north, east]) {
  const corners = [];
  for (let row = Math.ceil((south + 90) / TILE_DEGREES); (row + 1) * TILE_DEGREES - 90 <= north; row += 1) {
    for (
      let column = Math.ceil((west + 180) / TILE_DEGREES);
      (column + 1) * TILE_DEGREES - 180 <= east;
      column += 1
    )
      corners.push({ latitude: row * TILE_DEGREES - 90, longitude: column * TILE_DEGREES - 180 });
  }
  return corners;
}

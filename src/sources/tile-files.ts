/**
 * Which files of a folder of HERE Map Content tiles are read. The tools that fetch tiles leave several forms of one tile
 * side by side, and other layers with them: read all, each station would come several times.
 */

import type { SourceName } from "./dialect.js";

/** What the layers' files are called, `LAYER_TILE_vVERSION.json`, and what the tools make beside them. */
const TILE_FILE =
  /^(?<layer>[a-z0-9][a-z0-9-]*)_(?<tile>\d+)_v(?<version>\d+)(?<cli>_olpcli)?\.json(?<geo>\.geojson)?(?:\.gz|\.zst)?$/i;

const NEW_LAYER = "electric-vehicle-charging-locations";
const OLD_LAYER = "electric-vehicle-charging-stations";

/** Why a file of a folder is left out, in words. */
export const TILE_REASONS = {
  "other-layer": "tiles of other layers than charging",
  "older-version": "older versions of tiles",
  "other-form": "other forms of tiles that are read (_olpcli, GeoJSON)",
  "old-layer": `tiles of ${OLD_LAYER} beside the same of ${NEW_LAYER}, which says more of the same stations`,
} as const;
export type TileReason = keyof typeof TILE_REASONS;

/** The dialect of a file that is named like a tile of a charging layer. */
export function tileSourceOf(name: string): SourceName | undefined {
  const layer = tileFile(name)?.layer;
  return layer === NEW_LAYER ? "hmc-locations" : layer === OLD_LAYER ? "hmc-stations" : undefined;
}

interface TileFile {
  readonly name: string;
  readonly folder: string;
  readonly layer: string;
  readonly tile: string;
  readonly version: bigint;
  /** 0: as decoded, 1: by the command line tool, 2: GeoJSON made of it. */
  readonly form: number;
}

/**
 * The files of folders that are left out, each with its reason. `names`: paths, in the order they would be read; those
 * that are not named like tiles are all kept.
 */
export function leftOutTiles(names: readonly string[]): ReadonlyMap<string, TileReason> {
  const leftOut = new Map<string, TileReason>();
  const kept = new Map<string, TileFile>();
  for (const name of names) {
    const file = tileFile(name);
    if (file === undefined) continue;
    if (file.layer !== NEW_LAYER && file.layer !== OLD_LAYER) {
      leftOut.set(name, "other-layer");
      continue;
    }
    const key = keyOf(file, file.layer);
    const rival = kept.get(key);
    const loser = rival === undefined || isBetter(file, rival) ? rival : file;
    if (loser !== file) kept.set(key, file);
    if (loser !== undefined && rival !== undefined)
      leftOut.set(loser.name, rival.version === file.version ? "other-form" : "older-version");
  }
  for (const file of kept.values()) {
    if (file.layer === OLD_LAYER && kept.has(keyOf(file, NEW_LAYER))) leftOut.set(file.name, "old-layer");
  }
  return leftOut;
}

function tileFile(name: string): TileFile | undefined {
  const slash = Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\"));
  const { layer, tile, version, cli, geo } = TILE_FILE.exec(name.slice(slash + 1))?.groups ?? {};
  if (layer === undefined || tile === undefined || version === undefined) return undefined;
  const form = geo !== undefined ? 2 : cli !== undefined ? 1 : 0;
  return {
    name,
    folder: name.slice(0, slash + 1),
    layer: layer.toLowerCase(),
    tile,
    version: BigInt(version),
    form,
  };
}

function keyOf({ folder, tile }: TileFile, layer: string): string {
  return JSON.stringify([folder, layer, tile]);
}

/** The later version; of one version the nearest to what was fetched; of equals the first. */
function isBetter(file: TileFile, rival: TileFile): boolean {
  if (file.version !== rival.version) return file.version > rival.version;
  return file.form < rival.form;
}

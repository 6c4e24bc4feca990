/** Where an OSM extract comes from. */

export interface OsmSource {
  /** As the user gave it; messages use it. */
  readonly name: string;
  /** The bytes as they are stored, compressed or not. Called once for each pass; the first time read to the end. */
  open(): AsyncIterable<Uint8Array>;
  /** The file on this machine, if it is one: only osmium, where asked for, reads by path. */
  readonly path?: string | undefined;
}

/** Links to openstreetmap.org. */
import type { ElementType } from "../osm/osm-object.js";

/** The page of an element. */
export function elementUrl({ type, id }: { readonly type: ElementType; readonly id: number }): string {
  return `https://www.openstreetmap.org/${type}/${id}`;
}

/** The map with a marker; degrees as decimal text. */
export function placeUrl({ lat, lon }: { readonly lat: string; readonly lon: string }): string {
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=19/${lat}/${lon}`;
}

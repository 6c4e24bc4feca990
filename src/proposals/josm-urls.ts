/** Commands of JOSM's remote control, as links; JOSM shows tags for confirmation before it adds them. */
import { formatDegrees } from "../ocpi/coordinates.js";
import type { OsmTag } from "../osm/element.js";
import { type ElementType, type LatLon, elementName } from "../osm/osm-object.js";
import { legalText } from "../osm/xml-text.js";

/** Not `localhost`, which some browsers refuse from https pages. */
const REMOTE_CONTROL = "http://127.0.0.1:8111";
/** Degrees to each side: the street around it. */
const MARGIN = 0.001;
/** About a kilometre: a download that far still is a small one. */
const FAR = 0.01;

/** Adds a new node. */
export function addNodeUrl(node: {
  readonly lat: string;
  readonly lon: string;
  readonly tags: readonly OsmTag[];
}): string {
  return `${REMOTE_CONTROL}/add_node?lon=${node.lon}&lat=${node.lat}&addtags=${addTags(node.tags)}`;
}

/** Downloads an element and adds tags to it; without tags it only downloads. */
export function loadObjectUrl(
  element: { readonly type: ElementType; readonly id: number },
  tags: readonly OsmTag[],
): string {
  const added = addTags(tags);
  const url = `${REMOTE_CONTROL}/load_object?objects=${elementName(element)}`;
  return added === "" ? url : `${url}&addtags=${added}`;
}

/**
 * Downloads what lies around a place and selects elements there, given by name (`n123`). `standing`: where these stand,
 * as far as it is known: what is not in the box cannot be selected. Those far away are left out, for the server's sake.
 */
export function loadAndZoomUrl(
  place: LatLon,
  elements: readonly string[],
  standing: readonly LatLon[] = [],
): string {
  const { lat, lon } = place;
  const near = standing.filter((one) => Math.abs(one.lat - lat) < FAR && Math.abs(one.lon - lon) < FAR);
  const lats = [lat, ...near.map((one) => one.lat)];
  const lons = [lon, ...near.map((one) => one.lon)];
  const box = {
    left: Math.max(-180, Math.min(...lons) - MARGIN),
    right: Math.min(180, Math.max(...lons) + MARGIN),
    top: Math.min(90, Math.max(...lats) + MARGIN),
    bottom: Math.max(-90, Math.min(...lats) - MARGIN),
  };
  const sides = Object.entries(box).map(([side, degrees]) => `${side}=${formatDegrees(degrees)}`);
  const selected = elements.flatMap((name) => {
    const [, letter = "", id = ""] = /^([nwr])([1-9]\d*)$/.exec(name) ?? [];
    const type = TYPES.get(letter);
    return type === undefined ? [] : [`${type}${id}`];
  });
  const select = selected.length === 0 ? [] : [`select=${selected.join(",")}`];
  return `${REMOTE_CONTROL}/load_and_zoom?${[...sides, ...select].join("&")}`;
}

const TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["n", "node"],
  ["w", "way"],
  ["r", "relation"],
]);

/**
 * Remote control separates tags by `|` and key from value by `=` without any way to escape them, so tags that such a
 * character would tear apart are left for the mapper to type.
 */
function addTags(tags: readonly OsmTag[]): string {
  const whole = tags
    .filter(({ key, value }) => !/[=|]/.test(key) && !value.includes("|"))
    .map(({ key, value }) => legalText(`${key}=${value}`));
  return encodeURIComponent(whole.join("|"));
}

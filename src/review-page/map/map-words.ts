/** The map in words: what its signs stand for, how far things are, and in which direction. */
import { type MapPlace, type MapScene, type Offset, type PlaceKind, metresOf } from "./map-scene.js";

const KIND_WORDS: Readonly<Record<PlaceKind, string>> = {
  feed: "the feed's position",
  target: "in OSM",
  candidate: "candidate",
  "runner-up": "runner-up",
  nearby: "charging object near by",
  "charge-point": "charge point to be added",
  neighbour: "another proposal",
};

const ELEMENT_WORDS: ReadonlyMap<string, string> = new Map([
  ["n", "node"],
  ["w", "way"],
  ["r", "relation"],
]);
const DIRECTIONS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
/** Nearer than this no direction is meant. */
const SAME_PLACE = 0.05;

/** `0.4 m`, `12 m`, `1.3 km`. */
export function metresText(metres: number): string {
  if (metres < 9.95) return `${Number(metres.toFixed(1))} m`;
  return metres < 999.5 ? `${metres.toFixed(0)} m` : `${Number((metres / 1000).toFixed(1))} km`;
}

/** `12 m north-east`; `at the same place`. */
export function offsetText(offset: Offset): string {
  const metres = metresOf(offset);
  if (metres < SAME_PLACE) return "at the same place";
  const eighths = Math.round(Math.atan2(offset.east, offset.north) / (Math.PI / 4));
  return `${metresText(metres)} ${DIRECTIONS[(eighths + 8) % 8] ?? ""}`;
}

/** `candidate 1: node 123, 12 m north-east`. */
export function placeText(place: MapPlace): string {
  const kind = place.rank > 0 ? `${KIND_WORDS[place.kind]} ${place.rank}` : KIND_WORDS[place.kind];
  const name = place.name === "" ? "" : `: ${elementsText(place.name)}`;
  return place.kind === "feed" ? kind : `${kind}${name}, ${offsetText(place)}`;
}

/** `n123;w4` → `node 123 and way 4`; anything else stays as it is. */
export function elementsText(names: string): string {
  const words = names.split(";").map((name) => {
    const [, letter = "", id = ""] = /^([nwr])(-?\d+)$/.exec(name) ?? [];
    const type = ELEMENT_WORDS.get(letter);
    return type === undefined ? name : `${type} ${id}`;
  });
  return words.join(" and ");
}

/** All of the map in a sentence or two, for who does not see it. */
export function sceneText({ places, unplaced }: MapScene): string {
  const shown = places.filter(({ kind }) => kind !== "neighbour");
  const others = places.length - shown.length;
  const around = shown.length === 0 ? "nothing else" : shown.map(placeText).join("; ");
  const more = others === 0 ? "" : ` ${others} other ${others === 1 ? "proposal" : "proposals"} near by.`;
  const unknown =
    unplaced.length === 0 ? "" : ` Position not known: ${unplaced.map(elementsText).join(", ")}.`;
  return `Around the feed's position: ${around}.${more}${unknown}`;
}

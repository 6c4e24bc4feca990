/** How large a sketch is drawn: metres to pixels, rings and scale bar at round distances. Pure. */
import { type MapScene, metresOf } from "./map-scene.js";

/** 1, 2 and 5 times powers of ten, metres. */
const ROUND = Array.from(
  { length: 24 },
  (_, step) => ([1, 2, 5][step % 3] ?? 1) * 10 ** Math.floor(step / 3),
);
/** No sketch shows less to each side, metres: positions are not better than that. */
const LEAST_REACH = 8;
/** What is left free around the farthest place. */
const MARGIN = 1.25;
/** Rings at least so far apart, pixels. */
const RING_PIXELS = 36;
/** A scale bar is at most so long, pixels. */
const BAR_PIXELS = 110;

/** Metres from the middle that must be seen so that all but other proposals is; at least 8. */
export function reachOf({ places, outline }: MapScene): number {
  const shown = places.filter(({ kind }) => kind !== "neighbour");
  return Math.max(LEAST_REACH, ...[...shown, ...outline].map(metresOf)) * MARGIN;
}

/** Rings around the middle, metres, as many as fit up to `reach`; `scale`: pixels a metre. */
export function ringsWithin(reach: number, scale: number): number[] {
  const step = ROUND.find((metres) => metres * scale >= RING_PIXELS);
  if (step === undefined) return [];
  return Array.from({ length: Math.floor(reach / step) }, (_, index) => (index + 1) * step);
}

/** The length of the scale bar, metres. */
export function barMetres(scale: number): number {
  return ROUND.findLast((metres) => metres * scale <= BAR_PIXELS) ?? 1;
}

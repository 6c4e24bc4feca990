/** The map of a proposal: a sketch that always works, and OpenStreetMap's tiles where they may be had. */
import { signal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ProposalLine } from "../../proposals/proposal-schema.js";
import { type MapNeighbour, type MapScene, mapScene } from "./map-scene.js";
import { MapSign } from "./map-sign.js";
import { elementsText, placeText } from "./map-words.js";
import { Sketch, type SketchSize } from "./sketch.js";
import { TileMap } from "./tile-map.js";
import "./map.css";

const ZOOMS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;
const ALL = ZOOMS.indexOf(1);
/** Of a page's letters, pixels: then a unit of the drawing is one. */
const USUAL_LETTERS = 16;
const MOST_HEIGHT = 340;
const MOST_WIDTH = 760;

/** Asked for once, tiles stay for all proposals of this visit. */
const hasTiles = signal(false);

/**
 * What the proposal is about, where it is and what stands around it. `neighbours`: other proposals near by, if they are
 * known; they are drawn as far as they fall into the picture.
 */
export function ProposalMap({
  proposal,
  neighbours,
}: {
  readonly proposal: ProposalLine;
  readonly neighbours?: readonly MapNeighbour[] | undefined;
}) {
  const scene = useMemo(() => mapScene(proposal, neighbours), [proposal, neighbours]);
  const [zoom, setZoom] = useState<number>(ALL);
  const box = useRef<HTMLDivElement>(null);
  const size = useSketchSize(box);
  useLayoutEffect(() => setZoom(ALL), [proposal]);
  return (
    <section class="proposal-map" aria-label="Map">
      <div ref={box} class="sketch-box">
        <Sketch scene={scene} size={size} zoom={ZOOMS[zoom] ?? 1} />
        <div class="map-buttons" role="group" aria-label="Sketch">
          <button
            type="button"
            aria-label="Nearer"
            disabled={zoom === ZOOMS.length - 1}
            onClick={() => setZoom(zoom + 1)}
          >
            +
          </button>
          <button type="button" aria-label="Farther" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
            −
          </button>
          <button type="button" aria-label="Show all" disabled={zoom === ALL} onClick={() => setZoom(ALL)}>
            ⤢
          </button>
        </div>
      </div>
      <Legend scene={scene} />
      <Tiles scene={scene} />
    </section>
  );
}

/** The sketch in words: every sign, what it stands for, how far it is. */
function Legend({ scene }: { readonly scene: MapScene }) {
  const near = scene.places.filter(({ kind }) => kind !== "neighbour");
  const other = scene.places.find(({ kind }) => kind === "neighbour");
  return (
    <ul class="map-legend">
      {[scene.feed, ...near].map((place) => (
        <li key={`${place.kind} ${place.name} ${place.lat} ${place.lon}`}>
          <svg viewBox="-10 -10 20 20" aria-hidden="true">
            <MapSign place={place} />
          </svg>
          <span dir="auto">{placeText(place)}</span>
        </li>
      ))}
      {other && (
        <li>
          <svg viewBox="-10 -10 20 20" aria-hidden="true">
            <MapSign place={other} />
          </svg>
          <span>other proposals</span>
        </li>
      )}
      {scene.unplaced.length > 0 && (
        <li>
          <span dir="auto">{`position not in the file: ${scene.unplaced.map(elementsText).join(", ")}`}</span>
        </li>
      )}
    </ul>
  );
}

/**
 * OpenStreetMap's servers answer only pages that say where they come from, which a page opened from a disk cannot
 * (https://operations.osmfoundation.org/policies/tiles/); so nothing is asked for there.
 */
function Tiles({ scene }: { readonly scene: MapScene }) {
  if (!/^https?:$/.test(location.protocol)) {
    return (
      <details class="map-message">
        <summary>OpenStreetMap's map under it?</summary>
        <p>
          OpenStreetMap's tile servers decline pages opened from a disk. Serve this folder from your own
          computer, for example with <code>python3 -m http.server</code>, and open{" "}
          <code>http://localhost:8000/review.html</code>: then the map can be switched on here.
        </p>
      </details>
    );
  }
  return (
    <div>
      <button
        type="button"
        class="map-switch"
        aria-pressed={hasTiles.value}
        onClick={() => {
          hasTiles.value = !hasTiles.value;
        }}
      >
        OpenStreetMap's map
      </button>
      {!hasTiles.value && (
        <span class="map-hint"> is fetched from openstreetmap.org when you switch it on</span>
      )}
      {hasTiles.value && <TileMap scene={scene} />}
    </div>
  );
}

/** As wide as its box, in units that grow with the page's letters, so that the drawing's are as large. */
function useSketchSize(box: { readonly current: HTMLElement | null }): SketchSize {
  const [{ width, pixels }, setSize] = useState({ width: 360, pixels: 1 });
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const measure = (): void => {
      const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const pixels = letters > 0 ? letters / USUAL_LETTERS : 1;
      setSize({ width: Math.max(200, Math.min(MOST_WIDTH, current.clientWidth / pixels)), pixels });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [box]);
  return { width, height: Math.min(MOST_HEIGHT, Math.round(width * 0.62)), pixels };
}

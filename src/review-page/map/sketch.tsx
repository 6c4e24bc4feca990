/** The map that needs no network: places to scale, north up, with rings around the feed's position. */
import { useId } from "preact/hooks";
import { barMetres, reachOf, ringsWithin } from "./map-scale.js";
import type { MapPlace, MapScene } from "./map-scene.js";
import { MapSign } from "./map-sign.js";
import { metresText, offsetText, placeText, sceneText } from "./map-words.js";

/** Of the drawing, in its own units, and how many pixels one is. */
export interface SketchSize {
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
}

/** `zoom`: 1 shows everything, 2 half as far. */
export function Sketch({
  scene,
  size: { width, height, pixels },
  zoom,
}: {
  readonly scene: MapScene;
  readonly size: SketchSize;
  readonly zoom: number;
}) {
  const clip = useId();
  const scale = (Math.min(width, height) / 2 / reachOf(scene)) * zoom;
  const corner = Math.hypot(width, height) / 2 / scale;
  const at = ({ east, north }: { readonly east: number; readonly north: number }) => ({
    x: width / 2 + east * scale,
    y: height / 2 - north * scale,
  });
  const target = scene.places.find(({ kind }) => kind === "target");
  const ring = scene.outline.map(at).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
  // The least telling first, so that nothing hides the feed's position.
  const signs = [...scene.places].reverse().concat(scene.feed);
  return (
    <svg
      class="sketch"
      width={width * pixels}
      height={height * pixels}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={sceneText(scene)}
    >
      <clipPath id={clip}>
        <rect width={width} height={height} />
      </clipPath>
      <g clip-path={`url(#${clip})`}>
        <Rings scale={scale} reach={corner} width={width} height={height} />
        {ring.length > 1 && <polygon class="outline" points={ring.join(" ")} />}
        {target && <Distance from={at(scene.feed)} to={at(target)} target={target} />}
        {signs.map((place) => {
          const { x, y } = at(place);
          return (
            <g
              key={`${place.kind} ${place.name} ${x} ${y}`}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            >
              <title>{placeText(place)}</title>
              <MapSign place={place} />
            </g>
          );
        })}
      </g>
      <ScaleBar scale={scale} height={height} />
      <g class="north" transform={`translate(${width - 18} 22)`} aria-hidden="true">
        <path d="M0-12 5 4 0 1-5 4Z" />
        <text y="17" text-anchor="middle">
          N
        </text>
      </g>
    </svg>
  );
}

function Rings({
  scale,
  reach,
  width,
  height,
}: {
  readonly scale: number;
  readonly reach: number;
  readonly width: number;
  readonly height: number;
}) {
  return (
    <g class="rings" aria-hidden="true">
      {ringsWithin(reach, scale).map((metres) => (
        <g key={metres}>
          <circle cx={width / 2} cy={height / 2} r={metres * scale} />
          {metres * scale < height / 2 - 6 && (
            <text x={width / 2} y={height / 2 + metres * scale - 4} text-anchor="middle">
              {metresText(metres)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** A line between the feed's position and the target, with its length where there is room for it. */
function Distance({
  from,
  to,
  target,
}: {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly target: MapPlace;
}) {
  const hasRoom = Math.hypot(to.x - from.x, to.y - from.y) > 40;
  return (
    <g class="distance" aria-hidden="true">
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      {hasRoom && (
        <text x={(from.x + to.x) / 2 + 8} y={(from.y + to.y) / 2 - 4}>
          {offsetText(target).split(" ").slice(0, 2).join(" ")}
        </text>
      )}
    </g>
  );
}

function ScaleBar({ scale, height }: { readonly scale: number; readonly height: number }) {
  const metres = barMetres(scale);
  const length = metres * scale;
  return (
    <g class="scale-bar" transform={`translate(10 ${height - 12})`} aria-hidden="true">
      <path d={`M0-5V0H${length.toFixed(1)}V-5`} />
      <text x={length / 2} y="-6" text-anchor="middle">
        {metresText(metres)}
      </text>
    </g>
  );
}

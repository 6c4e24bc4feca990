/** OpenStreetMap's own map under the same places, by Leaflet. Only mounted when a reviewer asks for it. */
import {
  type LatLngExpression,
  type Map as LeafletMap,
  type Marker,
  divIcon,
  control,
  map,
  marker,
  polygon,
  tileLayer,
} from "leaflet";
import "leaflet/dist/leaflet.css";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { MapPlace, MapScene } from "./map-scene.js";
import { MapSign } from "./map-sign.js";
import { placeText } from "./map-words.js";

const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
const ATTRIBUTION =
  '© <a href="https://www.openstreetmap.org/copyright" target="_blank">OpenStreetMap</a> contributors';
/** Of the tile server. */
const MAX_ZOOM = 19;

export function TileMap({ scene }: { readonly scene: MapScene }) {
  const box = useRef<HTMLDivElement>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    if (box.current === null) return undefined;
    setMissing(false);
    const shown = drawn(box.current, scene, setMissing);
    return () => {
      shown.remove();
    };
  }, [scene]);
  return (
    <div class="tile-map">
      {isMissing && (
        <p role="status" class="map-message">
          Some of the map did not load: there is no network, or the tile server declined. The sketch needs
          neither.
        </p>
      )}
      <div ref={box} class="tiles" role="application" aria-label="OpenStreetMap around the proposal" />
    </div>
  );
}

function drawn(box: HTMLElement, scene: MapScene, setMissing: (missing: boolean) => void): LeafletMap {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const leaflet = map(box, { zoomAnimation: !isCalm, fadeAnimation: !isCalm, markerZoomAnimation: !isCalm });
  leaflet.attributionControl.setPrefix(false);
  control.scale({ imperial: false }).addTo(leaflet);
  // The tile server's policy asks for the page's origin, whatever the page's own policy is.
  tileLayer(TILES, {
    maxZoom: MAX_ZOOM,
    attribution: ATTRIBUTION,
    referrerPolicy: "strict-origin-when-cross-origin",
  })
    .on("tileerror", () => setMissing(true))
    .addTo(leaflet);
  if (scene.outline.length > 1)
    polygon(scene.outline.map(latLng), { className: "outline", interactive: false }).addTo(leaflet);
  for (const place of [...scene.places].reverse().concat(scene.feed)) signAt(place).addTo(leaflet);
  const near = scene.places.filter(({ kind }) => kind !== "neighbour");
  const bounds = [scene.feed, ...near].map(latLng);
  leaflet.fitBounds(polygon(bounds).getBounds(), { padding: [40, 40], maxZoom: MAX_ZOOM, animate: false });
  return leaflet;
}

/** The sketch's sign; its words are its title, which is text: Leaflet would take a tooltip's for markup. */
function signAt(place: MapPlace): Marker {
  const html = document.createElement("div");
  render(
    <svg width="20" height="20" viewBox="-10 -10 20 20">
      <MapSign place={place} />
    </svg>,
    html,
  );
  const icon = divIcon({ html, className: "tile-sign", iconSize: [20, 20] });
  return marker(latLng(place), { icon, title: placeText(place), keyboard: false });
}

function latLng({
  lat,
  lon,
}: {
  readonly lat: number;
  readonly lon: number;
}): LatLngExpression & [number, number] {
  return [lat, lon];
}

/** The signs of the map: told apart by shape, not by colour alone. */
import type { MapPlace } from "./map-scene.js";

/** A place's sign, around the origin of the drawing it is put in. */
export function MapSign({ place }: { readonly place: MapPlace }) {
  switch (place.kind) {
    case "feed":
      return <path class="sign feed" d="M0-8 8 0 0 8-8 0Z" />;
    case "target":
      // Larger than the feed's sign, so that it is seen behind it where both are one place.
      return <circle class="sign target" r="9.5" />;
    case "candidate":
      return (
        <g>
          <circle class="sign candidate" r="9" />
          <text class="rank" y="4" text-anchor="middle">
            {place.rank}
          </text>
        </g>
      );
    case "runner-up":
      return <circle class="sign runner-up" r="6" />;
    case "nearby":
      return <rect class="sign nearby" x="-5" y="-5" width="10" height="10" />;
    case "charge-point":
      return <path class="sign charge-point" d="M0-6 6 5-6 5Z" />;
    case "neighbour":
      return <circle class="sign neighbour" r="3" />;
  }
}

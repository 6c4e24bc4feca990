/** A charging station of OSM as it is matched: with the charge points that belong to it (D1.3). */
import type { ChargingForm } from "../osm/charging-form.js";
import type { OsmObject } from "../osm/osm-object.js";

export interface Station {
  readonly object: OsmObject;
  readonly form: ChargingForm;
  /** `man_made=charge_point` objects inside its area, or within 50 m with the same operator or none. */
  readonly chargePoints: readonly OsmObject[];
}

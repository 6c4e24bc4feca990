/** What a record is called in lists and messages. */
import type { Location } from "../../ocpi/location.js";

export type LocationIds = Pick<Location, "id" | "country_code" | "party_id">;

export function locationIds({ id, country_code, party_id }: Location): LocationIds {
  return { id, country_code, party_id };
}

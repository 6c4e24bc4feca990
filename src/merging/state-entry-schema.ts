/** The published shape of a state file's entries. */
import { z } from "zod";
import { stateEntrySchema } from "./state-entry.js";

/** The JSON Schema of a line of the state file after its header. */
export function stateEntryJsonSchema() {
  return z.toJSONSchema(stateEntrySchema.meta({ title: "An entry of a state file of ocpi2osm diff" }));
}

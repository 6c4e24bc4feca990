/** The forms by name. Each is loaded only when asked for: a worker writing `.osm` needs no CSV library. */
import type { FormName, OutputForm } from "./output-form.js";

const FORMS: Readonly<Record<FormName, () => Promise<OutputForm>>> = {
  osm: async () => (await import("./osm-form.js")).osmForm,
  csv: async () => (await import("./csv-form.js")).csvForm,
  geojson: async () => (await import("./geojson-form.js")).geojsonForm,
  geojsonl: async () => (await import("./geojson-form.js")).geojsonlForm,
  ndjson: async () => (await import("./ndjson-form.js")).ndjsonForm,
  ocpi: async () => (await import("./ocpi-form.js")).ocpiForm,
};

/** The form of that name. */
export function outputForm(name: FormName): Promise<OutputForm> {
  return FORMS[name]();
}

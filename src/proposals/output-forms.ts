/** The forms by name. Each is loaded only when asked for: a worker writing `.osm` needs no CSV library. */
import type { FormName, InnerFormName, OutputForm } from "./output-form.js";

const FORMS: Readonly<Record<FormName | InnerFormName, () => Promise<OutputForm>>> = {
  osm: async () => (await import("./osm-form.js")).osmForm,
  csv: async () => (await import("./csv-form.js")).csvForm,
  geojson: async () => (await import("./geojson-form.js")).geojsonForm,
  geojsonl: async () => (await import("./geojson-form.js")).geojsonlForm,
  ndjson: async () => (await import("./ndjson-form.js")).ndjsonForm,
  ocpi: async () => (await import("./ocpi-form.js")).ocpiForm,
  locations: async () => (await import("./location-form.js")).locationForm,
  filter: async () => (await import("./filter-form.js")).filterForm,
  sources: async () => (await import("./sources-form.js")).sourcesForm,
};

/** The form of that name. */
export function outputForm(name: FormName | InnerFormName): Promise<OutputForm> {
  return FORMS[name]();
}

/** The files made of proposals, by name. Each is loaded only when asked for. */
import type { ProposalForm, ProposalFormName } from "./proposal-form.js";

const FORMS: Readonly<Record<ProposalFormName, () => Promise<ProposalForm>>> = {
  ndjson: async () => (await import("./proposal-line.js")).proposalsNdjson,
  osm: async () => (await import("./changes-osm.js")).changesOsm,
  osc: async () => (await import("./changes-osc.js")).changesOsc,
  csv: async () => (await import("./changes-csv.js")).changesCsv,
  geojson: async () => (await import("./changes-geojson.js")).changesGeojson,
  maproulette: async () => (await import("./maproulette.js")).maproulette,
};

/** The form of that name. */
export function proposalForm(name: ProposalFormName): Promise<ProposalForm> {
  return FORMS[name]();
}

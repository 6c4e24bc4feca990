/** An emitted Location to write in every form. */
import type { EmittedLocation, OutputAbout, OutputForm } from "./output-form.js";

export const LICENSED: OutputAbout = {
  generator: "ocpi2osm 0.1.0",
  licensed: true,
  changeset: { comment: "Charging stations of Example", source: "Example OCPI feed" },
  licence: { id: "ODbL-1.0", url: "https://opendatacommons.org/licenses/odbl/" },
};

export const UNLICENSED: OutputAbout = { ...LICENSED, licensed: false, licence: undefined };

/** A station with two tags of its own, one charge point, one note, and sources in the record. */
export const EMITTED: EmittedLocation = {
  id: -4,
  sourceFile: "feeds/example.json",
  recordIndex: 3,
  location: {
    country_code: "LT",
    party_id: "IGN",
    id: "42",
    coordinates: { latitude: "54.6871555", longitude: "-25.27" },
    evses: [
      {
        connectors: [{ standard: "IEC_62196_T2" }],
        coordinates: { latitude: "54.6873", longitude: "-25.2701" },
      },
    ],
  },
  station: {
    id: -4,
    lat: "54.6871555",
    lon: "-25.27",
    tags: [
      { key: "amenity", value: "charging_station", rule: "T1" },
      { key: "socket:type2", value: "1", rule: "T3.1" },
    ],
  },
  chargePoints: [
    {
      id: -5,
      lat: "54.6873",
      lon: "-25.2701",
      tags: [{ key: "man_made", value: "charge_point", rule: "T6" }],
    },
  ],
  evses: [],
  country: "LT",
  notes: [{ code: "format-missing", pointer: "/evses/0/connectors/0", detail: "IEC_62196_T2" }],
  sourcesOf: (_, key) =>
    key === "socket:type2"
      ? [{ pointer: "/evses/0/connectors/0/standard", value: "IEC_62196_T2" }]
      : [{ pointer: "/id", value: 42 }],
};

/** The same Location with `text` as the value of a tag and wherever else a feed's text can stand. */
export function emittedWith(text: string): EmittedLocation {
  return {
    ...EMITTED,
    sourceFile: text,
    location: { ...EMITTED.location, country_code: text, party_id: text, id: text, name: text },
    station: { ...EMITTED.station, tags: [...EMITTED.station.tags, { key: "z", value: text, rule: "T5.5" }] },
    notes: [{ code: "bad-hours", pointer: "/opening_times", detail: text }],
    sourcesOf: () => [{ pointer: "/name", value: text }],
  };
}

/** A whole document, joined as the writer of the file joins it. */
export async function documentOf(
  form: OutputForm,
  about: OutputAbout,
  emitted: readonly EmittedLocation[],
): Promise<string> {
  const records = emitted.map((one) => form.record(one, about)).join("");
  return (
    (await form.head(about)) +
    records.slice(emitted.length > 0 ? form.separator.length : 0) +
    (await form.tail(about))
  );
}

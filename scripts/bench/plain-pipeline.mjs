// @ts-check
/**
 * The same job written plainly with the documented interfaces of stream-json, zod and xmlbuilder2:
 *
 *   node scripts/bench/plain-pipeline.mjs FEED.json OUT.osm
 *
 * FEED.json is an array of OCPI Locations. One thread, flat memory, no tuning beyond what the libraries' own
 * documentation offers (`streamValues: false`, one fragment a node).
 */
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import chain from "stream-chain";
import { parser } from "stream-json";
import { streamArray } from "stream-json/streamers/stream-array.js";
import { fragment } from "xmlbuilder2";
import { z } from "zod";

const text = z.string().nullish();
const amount = z.coerce.number().nullish();
const connectorSchema = z.object({
  standard: text,
  format: text,
  power_type: text,
  max_voltage: amount,
  max_amperage: amount,
  max_electric_power: amount,
});
const evseSchema = z.object({
  evse_id: text,
  status: text,
  capabilities: z.array(z.string()).nullish(),
  parking_restrictions: z.array(z.string()).nullish(),
  connectors: z.array(connectorSchema).nullish(),
});
const locationSchema = z.object({
  country_code: text,
  party_id: text,
  id: z.coerce.string(),
  publish: z.boolean().nullish(),
  coordinates: z.object({ latitude: z.coerce.number(), longitude: z.coerce.number() }),
  evses: z.array(evseSchema).nullish(),
  operator: z.object({ name: text }).nullish(),
  opening_times: z
    .object({
      twentyfourseven: z.boolean().nullish(),
      regular_hours: z
        .array(z.object({ weekday: z.number(), period_begin: z.string(), period_end: z.string() }))
        .nullish(),
    })
    .nullish(),
});

/** @typedef {z.infer<typeof locationSchema>} Location */
/** @typedef {z.infer<typeof evseSchema>} Evse */
/** @typedef {z.infer<typeof connectorSchema>} Connector */

/** @type {Record<string, string>} */
const SOCKETS = {
  IEC_62196_T2_COMBO: "type2_combo",
  IEC_62196_T1: "type1",
  IEC_62196_T1_COMBO: "type1_combo",
  IEC_62196_T3A: "type3a",
  IEC_62196_T3C: "type3c",
  CHADEMO: "chademo",
  SAE_J3400: "nacs",
  MCS: "mcs",
  GBT_AC: "gb_ac",
  GBT_DC: "gb_dc",
  DOMESTIC_F: "schuko",
  DOMESTIC_G: "bs1363",
  NEMA_14_50: "nema_14_50",
  IEC_60309_2_SINGLE_16: "cee_blue",
  IEC_60309_2_THREE_16: "cee_red_16a",
  IEC_60309_2_THREE_32: "cee_red_32a",
};
const NOMINAL_AC = [2.3, 3.7, 4.6, 7.4, 11, 22, 43];
const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const EVSE_ID = /^([A-Z]{2})\*?([A-Z0-9]{3})\*?(E[A-Z0-9*]{1,30})$/;

/** @param {Connector} connector */
function socketOf({ standard, format }) {
  const folded = standard?.trim().toUpperCase() ?? "";
  if (folded === "IEC_62196_T2") return format?.trim().toUpperCase() === "CABLE" ? "type2_cable" : "type2";
  return SOCKETS[folded];
}

/** @param {Connector} connector @param {string} socket */
function kilowatts(connector, socket) {
  const type = connector.power_type?.trim().toUpperCase();
  const volts = connector.max_voltage ?? 0;
  const amperes = connector.max_amperage ?? 0;
  let watts = connector.max_electric_power ?? 0;
  if (watts > 0 && watts < 1000) watts *= 1000;
  if (!watts && type === "AC_1_PHASE") watts = volts * amperes;
  if (!watts && type === "AC_3_PHASE" && volts >= 200 && volts <= 250) watts = 3 * volts * amperes;
  if (!watts && type === "AC_3_PHASE" && volts >= 380 && volts <= 415) watts = Math.sqrt(3) * volts * amperes;
  const kw = watts / 1000;
  const dc = /combo|chademo|mcs|gb_dc/.test(socket) || (socket === "nacs" && type === "DC");
  const nominal = dc ? undefined : NOMINAL_AC.find((rating) => Math.abs(kw - rating) <= rating * 0.02);
  if (nominal !== undefined) return nominal;
  const rounded = Math.abs(kw - Math.round(kw)) <= 0.15 ? Math.round(kw) : Number(kw.toFixed(2));
  return rounded > (dc ? 1000 : 44) ? 0 : rounded;
}

/** @param {Location["opening_times"]} times */
function openingHours(times) {
  if (times?.twentyfourseven) return "24/7";
  /** @type {string[][]} */
  const periods = DAYS.map(() => []);
  for (const { weekday, period_begin, period_end } of times?.regular_hours ?? []) {
    const end = period_end.slice(0, 5);
    const midnight = ["23:59", "24:00", "00:00"].includes(end);
    periods[weekday - 1]?.push(`${period_begin.slice(0, 5)}-${midnight ? "24:00" : end}`);
  }
  const days = periods.map((list) => list.join(","));
  if (days.every((day) => day === "00:00-24:00")) return "24/7";
  const rules = [];
  for (let first = 0; first < 7;) {
    let last = first;
    while (last < 6 && days[last + 1] === days[first]) last += 1;
    const name = first === last ? DAYS[first] : `${DAYS[first]}-${DAYS[last]}`;
    if (days[first]) rules.push(`${name} ${days[first]}`);
    first = last + 1;
  }
  return rules.join("; ");
}

/** @param {Location} location @param {Evse[]} evses */
function tagsOf(location, evses) {
  /** @type {Record<string, string>} */
  const tags = { amenity: "charging_station", capacity: String(evses.length) };
  /** @type {Record<string, { count: number, powers: Set<number> }>} */
  const sockets = {};
  for (const evse of evses) {
    const seen = new Set();
    for (const connector of evse.connectors ?? []) {
      const socket = socketOf(connector);
      if (!socket) continue;
      const entry = (sockets[socket] ??= { count: 0, powers: new Set() });
      if (!seen.has(socket)) entry.count += 1;
      seen.add(socket);
      const kw = kilowatts(connector, socket);
      if (kw > 0) entry.powers.add(kw);
    }
  }
  for (const [socket, { count, powers }] of Object.entries(sockets)) {
    tags[`socket:${socket}`] = String(count);
    const output = [...powers].sort((a, b) => b - a).map((kw) => `${kw} kW`);
    if (output.length > 0) tags[`socket:${socket}:output`] = output.join(";");
  }
  const ids = new Set();
  for (const { evse_id } of evses) {
    const parts = EVSE_ID.exec((evse_id ?? "").toUpperCase().replaceAll("-", "*").replaceAll(" ", ""));
    if (parts) ids.add(`${parts[1]}*${parts[2]}*${parts[3]}`);
  }
  const refs = [...ids].sort().join(";");
  if (refs && refs.length <= 255) tags["ref:EU:EVSE"] = refs;
  if (location.id.length <= 39) tags["ref:ocpi:location:id"] = location.id.trim();
  if (location.operator?.name) tags["operator"] = location.operator.name.trim();
  const hours = openingHours(location.opening_times);
  if (hours) tags["opening_hours"] = hours;
  const customers = evses.every((evse) => evse.parking_restrictions?.includes("CUSTOMERS"));
  tags["access"] = customers ? "customers" : "yes";
  const offers = new Set(evses.flatMap((evse) => evse.capabilities ?? []));
  if (offers.has("CREDIT_CARD_PAYABLE")) tags["payment:credit_cards"] = "yes";
  if (offers.has("DEBIT_CARD_PAYABLE")) tags["payment:debit_cards"] = "yes";
  if (offers.has("CONTACTLESS_CARD_SUPPORT")) tags["payment:contactless"] = "yes";
  if (offers.has("RFID_READER")) tags["authentication:nfc"] = "yes";
  return tags;
}

const seen = new Set();
let written = 0;

/** @param {unknown} value */
function nodeXml(value) {
  const parsed = locationSchema.safeParse(value);
  if (!parsed.success || parsed.data.publish === false) return "";
  const location = parsed.data;
  const { latitude, longitude } = location.coordinates;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return "";
  if (Math.abs(latitude) < 0.01 && Math.abs(longitude) < 0.01) return "";
  const evses = (location.evses ?? []).filter((evse) => !["REMOVED", "PLANNED"].includes(evse.status ?? ""));
  if (evses.length === 0) return "";
  const key = `${location.country_code}/${location.party_id}/${location.id}`.toUpperCase();
  if (seen.has(key)) return "";
  seen.add(key);
  written += 1;
  const tags = Object.entries(tagsOf(location, evses)).sort(([a], [b]) => (a < b ? -1 : 1));
  const node = {
    "@id": -written,
    "@lat": Number(latitude.toFixed(7)),
    "@lon": Number(longitude.toFixed(7)),
    tag: tags.map(([k, v]) => ({ "@k": k, "@v": v })),
  };
  return `${fragment({ node }).end()}\n`;
}

const [input = "", output = ""] = process.argv.slice(2);
const records = chain([createReadStream(input), parser({ streamValues: false }), streamArray()]);
const file = createWriteStream(output);
file.write('<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="plain">\n');
for await (const { value } of records) {
  if (!file.write(nodeXml(value))) await once(file, "drain");
}
file.end("</osm>\n");
await once(file, "close");

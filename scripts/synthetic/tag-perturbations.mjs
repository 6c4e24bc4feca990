// @ts-check
/** What mappers record of a station otherwise than the feed has it: one function a way, each says whether it changed anything. */

/** @import { Draft } from "./osm-draft.mjs" */
/** @import { Random } from "./random.mjs" */

/** @typedef {(draft: Draft, random: Random) => boolean} Change */

const OPERATOR_KEYS = [
  "operator",
  "operator:wikidata",
  "brand",
  "brand:wikidata",
  "network",
  "network:wikidata",
];
/** @type {readonly [string, ...string[]]} */
const OTHER_NAMES = [
  "Neuwerk Ladenetz",
  "VoltParc Mobilité",
  "Nordlys Lading",
  "Elektra Punto",
  "GreenBay Charging",
  "Kommunale Dienste Talheim",
];
const COMPANY_FORM = / (?:GmbH|AG|eG|SAS|B\.V\.|NV|S\.p\.A\.|S\.L\.|S\.A\.|AB|Ltd|Inc\.)$/u;

/** @param {Draft} draft @param {(key: string) => boolean} wanted */
function drop({ tags }, wanted) {
  const before = tags.size;
  for (const key of tags.keys()) if (wanted(key)) tags.delete(key);
  return tags.size < before;
}

/** @param {string} key */
const isIdentity = (key) => key === "amenity" || key.startsWith("ref:");

/** @type {Change} */
export const noSockets = (draft) => drop(draft, (key) => key.startsWith("socket:"));
/** @type {Change} */
export const amenityAndOperator = (draft) =>
  drop(draft, (key) => !isIdentity(key) && !OPERATOR_KEYS.includes(key));
/** @type {Change} */
export const amenityOnly = (draft) => drop(draft, (key) => !isIdentity(key));

/** @type {Change} */
export const noLocationId = (draft) => draft.tags.delete("ref:ocpi:location:id");
/** @type {Change} */
export const noEvseIds = (draft) => draft.tags.delete("ref:EU:EVSE");
/** @type {Change} */
export const noIds = (draft) => drop(draft, (key) => key.startsWith("ref:"));

/** `DE*ABC*P0000012`, as French mappers write it. @type {Change} */
export const poolId = (draft) => {
  const [first] = (draft.tags.get("ref:EU:EVSE") ?? "").split(";");
  if (first === undefined || first === "") return false;
  draft.tags.delete("ref:ocpi:location:id");
  draft.tags.set("ref:EU:EVSE", first.replace(/\*E(\d+).*/, "*P$1"));
  return true;
};

/** @type {Change} */
export const respelledIds = (draft, random) => {
  const ids = draft.tags.get("ref:EU:EVSE");
  if (ids === undefined) return false;
  draft.tags.delete("ref:ocpi:location:id");
  const spelling = random.pick([
    ids.replaceAll("*", ""),
    ids.replaceAll(";", ", "),
    ids.toLowerCase(),
    ids.replaceAll("*", "-"),
  ]);
  draft.tags.set("ref:EU:EVSE", spelling);
  return spelling !== ids;
};

/** One of several ids. @type {Change} */
export const someIds = (draft, random) => {
  const ids = (draft.tags.get("ref:EU:EVSE") ?? "").split(";");
  if (ids.length < 2) return false;
  draft.tags.delete("ref:ocpi:location:id");
  draft.tags.set("ref:EU:EVSE", ids[random.whole(0, ids.length - 1)] ?? "");
  return true;
};

/** The operator numbered anew since the station was mapped: its ids in OSM are nobody's now. @type {Change} */
export const reissuedIds = (draft) => {
  const ids = draft.tags.get("ref:EU:EVSE");
  if (ids === undefined) return false;
  draft.tags.set("ref:EU:EVSE", ids.replaceAll(/\*E(\d)/g, "*EX9$1"));
  const id = draft.tags.get("ref:ocpi:location:id");
  if (id !== undefined) draft.tags.set("ref:ocpi:location:id", `OLD-${id}`);
  return true;
};

/** @param {Draft} draft */
const nameOf = ({ tags }) => tags.get("operator") ?? tags.get("brand");

/** @param {Draft} draft @param {string} key @param {string} name */
function nameUnder(draft, key, name) {
  drop(draft, (key) => OPERATOR_KEYS.includes(key));
  draft.tags.set(key, name);
  return true;
}

/** @type {Change} */
export const renamed = (draft, random) =>
  nameOf(draft) !== undefined && nameUnder(draft, "operator", random.pick(OTHER_NAMES));

/** With the company's legal form where the feed has none, and the other way round. @type {Change} */
export const companyForm = (draft) => {
  const name = nameOf(draft);
  if (name === undefined) return false;
  return nameUnder(
    draft,
    "operator",
    COMPANY_FORM.test(name) ? name.replace(COMPANY_FORM, "") : `${name} GmbH`,
  );
};

/** @type {Change} */
export const brandInstead = (draft) => {
  const name = nameOf(draft);
  return name !== undefined && nameUnder(draft, "brand", name);
};

/** @type {Change} */
export const networkInstead = (draft) => {
  const name = nameOf(draft);
  return name !== undefined && nameUnder(draft, "network", name);
};

/** @type {Change} */
export const noOperator = (draft) => drop(draft, (key) => OPERATOR_KEYS.includes(key));
/** @type {Change} */
export const noWikidata = (draft) => drop(draft, (key) => key.endsWith(":wikidata"));

/** @type {Change} */
export const otherCapacity = ({ tags }, random) => {
  const capacity = Number(tags.get("capacity"));
  if (!(capacity > 0)) return false;
  tags.set("capacity", String(capacity === 1 || random.chance(0.5) ? capacity + 1 : capacity - 1));
  return true;
};

/** @type {Change} */
export const otherSocketCount = ({ tags }, random) => {
  const keys = [...tags.keys()].filter((key) => /^socket:[^:]+$/.test(key));
  const key = keys[random.whole(0, keys.length - 1)];
  if (key === undefined) return false;
  tags.set(key, random.chance(0.4) ? "yes" : String(Number(tags.get(key)) + 1));
  return true;
};

/** @type {Change} */
export const restyledOutput = ({ tags }, random) => {
  const keys = [...tags.keys()].filter((key) => key.endsWith(":output"));
  const style = random.whole(0, 2);
  for (const key of keys) {
    const value = tags.get(key) ?? "";
    const [first = value] = value.split(";");
    tags.set(key, [value.replaceAll(" kW", "kW"), value.replaceAll(" kW", ""), first][style] ?? value);
  }
  return keys.length > 0;
};

/** @type {Change} */
export const restyledHours = ({ tags }) => {
  const hours = tags.get("opening_hours");
  if (hours === undefined) return false;
  tags.set(
    "opening_hours",
    hours === "24/7" ? "Mo-Su 00:00-24:00" : hours.replaceAll("; ", ";").toLowerCase(),
  );
  return true;
};

/** @type {Change} */
export const extraTags = ({ tags }, random) => {
  tags.set("motorcar", "yes");
  if (random.chance(0.5)) tags.set("fee", "yes");
  if (random.chance(0.3)) tags.set("name", "Ladestation");
  if (random.chance(0.2)) tags.set("note", "behind the hall & <hedge>");
  if (random.chance(0.1)) tags.set("check_date", "2026-05-01");
  return true;
};

/** @param {readonly (readonly [from: string, to: string])[]} pairs @returns {Change} */
const renamedSockets = (pairs) => (draft) => {
  let changed = false;
  const before = Array.from(draft.tags);
  for (const [key, value] of before) {
    const [prefix, kind, ...rest] = key.split(":");
    const pair = pairs.find(([from]) => from === kind);
    if (prefix !== "socket" || pair === undefined) continue;
    draft.tags.delete(key);
    draft.tags.set(["socket", pair[1], ...rest].join(":"), value);
    changed = true;
  }
  return changed;
};
export const swappedCable = renamedSockets([
  ["type2", "type2_cable"],
  ["type2_cable", "type2"],
]);
export const oldSocketKeys = renamedSockets([
  ["type2_combo", "tesla_supercharger_ccs"],
  ["nacs", "tesla_supercharger"],
  ["type1", "type1_cable"],
]);

// @ts-check
/** Stations that no feed has: what must not be taken for a Location of one. */
import { randomStep } from "./metres.mjs";
import { capacityOf } from "./osm-draft.mjs";

/** @import { Draft } from "./osm-draft.mjs" */
/** @import { Random } from "./random.mjs" */
/** @import { Change } from "./tag-perturbations.mjs" */

/** Operators without a feed; none of them is in the synthetic world. @type {readonly [readonly [string, string], ...(readonly [string, string])[]]} */
const STRANGERS = [
  ["Quartierstrom Genossenschaft", "QSG"],
  ["Bornes de la Vallée", "BDV"],
  ["Laadpunt Oost", "LPO"],
  ["Hilltop EV", "HEV"],
  ["Supermarkt Sonne", "SSO"],
];

/** @param {Draft} draft @param {Random} random */
function strangerTags(draft, random) {
  const [name, partyId] = random.pick(STRANGERS);
  const tags = new Map([
    ["amenity", "charging_station"],
    ["operator", name],
  ]);
  if (random.chance(0.6)) tags.set("capacity", String(random.whole(1, 4)));
  if (random.chance(0.3)) alikeSockets(draft, tags);
  return { tags, partyId };
}

/** The same kinds of sockets, as all stations of a region have. @param {Draft} draft @param {Map<string, string>} tags */
function alikeSockets(draft, tags) {
  for (const location of draft.locations) {
    for (const { key, value } of location.tags) if (key.startsWith("socket:")) tags.set(key, value);
  }
}

/** @param {(draft: Draft, random: Random) => Map<string, string>} tagsOf @param {number} least @param {number} most @returns {Change} */
const neighbour = (tagsOf, least, most) => (draft, random) => {
  draft.neighbours.push({ step: randomStep(random, least, most), tags: tagsOf(draft, random) });
  return true;
};

/** Another operator's, 5 to 80 m away, with EVSE ids of its own. */
export const neighbourWithIds = neighbour(
  (draft, random) => {
    const { tags, partyId } = strangerTags(draft, random);
    const country = draft.locations[0].country ?? "DE";
    const number = random.whole(1, 99_999);
    const ids = Array.from(
      { length: capacityOf(tags) },
      (_, place) => `${country}*${partyId}*E${number}*${place + 1}`,
    );
    return tags.set("ref:EU:EVSE", ids.join(";"));
  },
  5,
  80,
);

export const neighbourWithoutIds = neighbour((draft, random) => strangerTags(draft, random).tags, 5, 80);

/** Nothing but `amenity=charging_station`, perhaps a capacity. */
export const neighbourUnnamed = neighbour(
  (draft, random) => {
    const { tags } = strangerTags(draft, random);
    tags.delete("operator");
    return tags;
  },
  5,
  80,
);

/** Somewhere else in the country, a third of them of the same operator: the feed does not have all. */
export const elsewhere = neighbour(
  (draft, random) => {
    const { tags } = strangerTags(draft, random);
    const own = draft.locations[0].operator;
    if (own !== undefined && random.chance(1 / 3)) tags.set("operator", own);
    return tags;
  },
  300,
  5000,
);

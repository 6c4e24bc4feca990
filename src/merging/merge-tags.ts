/** Feed against OSM, tag by tag: rule D3 with T2.5, T3.6 and T8. Every key looked at gets an outcome and a reason. */
import { tagClass } from "../tagging/tag-class.js";
import type { Tag } from "../tagging/tagged-point.js";
import { fitsOsm } from "../tagging/text-hygiene.js";
import type { WithheldReason } from "../tagging/withheld.js";
import { type SiteCaution, cautionOf, lowersCapacity } from "./cautions.js";
import { evsesOnly, withKeptIds } from "./evse-id-list.js";
import { leaderOf } from "./followers.js";
import { sameMeaning } from "./meaning.js";
import { type FeedSide, type OsmSide, type TableResult, tableResult } from "./merge-table.js";
import type { MergedTag } from "./merged-tag.js";
import type { OsmValues } from "./osm-values.js";
import { refusesByTag } from "./refused-by-tag.js";
import { countOf, socketName } from "./socket-keys.js";
import { SocketVariants } from "./socket-variants.js";
import { type EffectiveBase, TAKEN_BACK, type TagMemory, effectiveBase } from "./tag-memory.js";

/** What reviewers decided about a tag with this value (D5). */
export type TagDecision = "reject" | "defer" | undefined;

export interface SiteMerge {
  /** The feed's tags. */
  readonly ours: readonly Tag[];
  /** Keys whose value the feed has but cannot be written, with the reason (T2.4, T7). */
  readonly withheld: ReadonlyMap<string, WithheldReason>;
  readonly osm: OsmValues;
  readonly memory: Pick<ReadonlyMap<string, TagMemory>, "get" | "keys">;
  /** The main object's version in OSM, where it is known. */
  readonly version: number | undefined;
  /** The feed's, RFC 3339. */
  readonly lastUpdated: string | undefined;
  /** ISO alpha-2. */
  readonly country: string | undefined;
  readonly cautions: ReadonlySet<SiteCaution>;
  /** Asked only of tags that would be shown. `ours`: the feed's value; `undefined` for a removal. */
  readonly decided: (key: string, ours: string | undefined) => TagDecision;
}

const SAME = { outcome: "nothing", reason: "already-there" } as const;
const NO_MEMORY: TagMemory = { base: undefined, pending: undefined };
/** Never taken from an object (T8, D4): what it is, is for a closure to say. */
const NEVER_REMOVED: ReadonlySet<string> = new Set(["amenity", "man_made"]);
const EVSE_IDS = "ref:EU:EVSE";
const LOCATION_IDS = "ref:ocpi:location:id";

/** One result for each key that the feed has or once gave, sorted by key. Tags only OSM has are not looked at. */
export function mergeTags(site: SiteMerge): readonly MergedTag[] {
  return new Merge(site).results();
}

class Merge {
  readonly #site: SiteMerge;
  readonly #ours = new Map<string, Tag>();
  readonly #bases = new Map<string, EffectiveBase>();
  #made: SocketVariants | undefined;
  readonly #results = new Map<string, MergedTag>();

  constructor(site: SiteMerge) {
    this.#site = site;
    for (const tag of site.ours) this.#ours.set(tag.key, tag);
  }

  results(): readonly MergedTag[] {
    const keys = this.#keys();
    const followers: string[] = [];
    for (const key of keys) {
      if (leaderOf(key) === undefined) this.#results.set(key, this.#merge(key));
      else followers.push(key);
    }
    for (const key of followers) this.#results.set(key, this.#merge(key));
    return keys.flatMap((key) => this.#results.get(key) ?? []);
  }

  #keys(): string[] {
    return [
      ...new Set([...this.#ours.keys(), ...this.#site.memory.keys(), ...this.#site.withheld.keys()]),
    ].sort();
  }

  #merge(key: string): MergedTag {
    const ours = this.#ours.get(key);
    const old = this.#site.osm.own(key);
    const rule = ours?.rule ?? "D3";
    if (ours !== undefined && old === ours.value) {
      // What most tags are, night after night: the table's answer wherever OSM says the same.
      const memory = { base: old, pending: undefined };
      return { key, class: tagClass(key), ...SAME, old, base: this.#known(key).base, new: old, rule, memory };
    }
    const base = this.#base(key);
    const value = key === EVSE_IDS ? withKeptIds(ours?.value, old) : ours?.value;
    const result = this.#decide(key, ours?.value, value, base);
    return {
      key,
      class: tagClass(key),
      outcome: result.outcome,
      reason: result.reason,
      old,
      base: base.base || undefined,
      new: value,
      rule,
      memory: this.#remembered(key, ours?.value, result, base),
    };
  }

  #known(key: string): TagMemory {
    return this.#site.memory.get(key) ?? NO_MEMORY;
  }

  #base(key: string): EffectiveBase {
    let base = this.#bases.get(key);
    if (base === undefined) {
      const { version, country } = this.#site;
      base = effectiveBase(key, this.#known(key), this.#stated(key), version, country);
      this.#bases.set(key, base);
    }
    return base;
  }

  get #variants(): SocketVariants {
    if (this.#made === undefined) {
      const texts = new Map<string, string>();
      for (const key of this.#keys()) {
        const { base } = this.#base(key);
        if (base !== undefined && base !== TAKEN_BACK) texts.set(key, base);
      }
      this.#made = new SocketVariants(this.#site.ours, this.#site.osm, texts);
    }
    return this.#made;
  }

  #decide(key: string, ours: string | undefined, value: string | undefined, base: EffectiveBase): Decided {
    const withheld = ours === undefined ? this.#site.withheld.get(key) : undefined;
    if (withheld !== undefined) return SET_ASIDE[withheld];
    const result = this.#ledBy(key, ours, this.#compare(key, ours, base.base));
    if (result.outcome === "nothing") return result;
    if (value !== undefined && !fitsOsm(value)) return SET_ASIDE["too-long"];
    if (ours !== undefined && refusesByTag(this.#site.osm.ownTags(), key, ours, this.#site.country)) {
      return { outcome: "nothing", reason: "refused-by-tag" };
    }
    const decided = this.#site.decided(key, ours);
    if (decided === "reject") return SET_ASIDE.rejected;
    if (decided === "defer") return { outcome: "review", reason: "deferred" };
    return this.#cautious(key, ours, result, base);
  }

  /** D3's table, with the meanings of T3.6 and T8. */
  #compare(key: string, ours: string | undefined, base: string | undefined): TableResult {
    const osm = this.#osmSide(key, ours, base);
    const result = tableResult(this.#feedSide(key, ours, base), osm, tagClass(key));
    if (osm !== "feed" && socketName(key) !== undefined && this.#variants.sumsAgree(key))
      return nothing("socket-variant");
    if (result.outcome === "nothing") return result;
    const own = this.#site.osm.own(key);
    // A mapper may have given the sockets another key of their bucket: then nobody knows which of them changed.
    const isSocket = socketName(key) !== undefined;
    if (result.outcome === "conflict" && isSocket && own === undefined && this.#variants.isPresent(key)) {
      return { outcome: "review", reason: "socket-variant" };
    }
    if (ours === undefined && NEVER_REMOVED.has(key)) return nothing("kept-osm-value");
    // T8: `24/7` is what feeds say that know no hours.
    if (
      key === "opening_hours" &&
      own !== undefined &&
      ours !== undefined &&
      sameMeaning(key, ours, "24/7")
    ) {
      return nothing("kept-osm-value");
    }
    if (result.reason === "differs" && refinesYes(key, own, ours)) {
      return { outcome: "propose", reason: "absent" };
    }
    return result;
  }

  #feedSide(key: string, ours: string | undefined, base: string | undefined): FeedSide {
    if (ours === undefined) return "dropped";
    if (base === undefined) return "no base";
    return this.#same(key, ours, base) ? "unchanged" : "changed";
  }

  #osmSide(key: string, ours: string | undefined, base: string | undefined): OsmSide {
    const stated = this.#stated(key);
    if (
      ours !== undefined &&
      stated.some((theirs) => this.#same(key, theirs, ours) || holds(key, theirs, ours))
    ) {
      return "feed";
    }
    if (base === TAKEN_BACK && ours !== undefined && stated.length === 0) return "base";
    if (base !== undefined && stated.some((theirs) => this.#same(key, theirs, base))) return "base";
    if (stated.length > 0) return "other";
    // Pool and station ids are a value, too (T2.5): ours are added to them, but not unseen.
    return key === EVSE_IDS && ours !== undefined && this.#site.osm.own(key) !== undefined
      ? "other"
      : "absent";
  }

  /** What OSM states, as far as it can be compared with a feed: of EVSE ids only those of EVSEs (T2.5). */
  #stated(key: string): readonly string[] {
    const stated = this.#site.osm.stated(key);
    return key === EVSE_IDS ? stated.flatMap((value) => evsesOnly(value) ?? []) : stated;
  }

  #same(key: string, a: string, b: string): boolean {
    return sameMeaning(key, a, b, this.#site.country);
  }

  /** A tag that only says more of another goes no further than that one does. */
  #ledBy(key: string, ours: string | undefined, result: TableResult): Decided {
    const leader = this.#results.get(leaderOf(key) ?? "");
    if (leader === undefined || !this.#ours.has(leader.key)) return result;
    if (ours === undefined || result.outcome === "nothing") return result;
    if (leader.outcome === "propose" || this.#isOnObject(leader)) return result;
    if (leader.outcome === "nothing") return { outcome: "nothing", reason: leader.reason, aside: true };
    return result.outcome === "conflict" ? result : { outcome: "review", reason: leader.reason };
  }

  /** A socket need only be there for its output; a company must be the one its Wikidata id is of. */
  #isOnObject({ key }: MergedTag): boolean {
    const own = this.#site.osm.own(key);
    if (own === undefined) return false;
    if (socketName(key) !== undefined) return countOf(own) !== 0;
    const ours = this.#ours.get(key)?.value;
    return ours !== undefined && this.#same(key, own, ours);
  }

  #cautious(key: string, ours: string | undefined, result: Decided, base: EffectiveBase): Decided {
    if (result.outcome === "conflict") return result;
    if (socketName(key) !== undefined && this.#variants.isAmbiguous(key)) {
      return { outcome: "review", reason: "socket-variant" };
    }
    const { osm, lastUpdated, cautions } = this.#site;
    const theirs = osm.own(key);
    const tag = { key, ours, theirs, lastUpdated, site: cautions, proposedBefore: base.proposedBefore };
    if (result.outcome === "review") {
      return result.reason === "differs" && lowersCapacity(tag)
        ? { outcome: "review", reason: "capacity-lowered" }
        : result;
    }
    const caution = cautionOf({ ...tag, tags: osm.ownTags() });
    return caution === undefined ? result : { outcome: "review", reason: caution };
  }

  #remembered(key: string, ours: string | undefined, result: Decided, base: EffectiveBase): TagMemory {
    const { memory } = base;
    if (result.aside === true) return memory;
    if (result.outcome === "nothing") {
      return { base: this.#settledBase(key, ours, result, base.base), pending: undefined };
    }
    const published = ours ?? TAKEN_BACK;
    const again =
      memory.pending !== undefined && memory.base !== undefined && this.#same(key, memory.base, published);
    const [old = null] = this.#stated(key);
    if (again) return { base: published, pending: memory.pending };
    // An edit that came between stays a reason to look, also at the feed's next value.
    const version = base.proposedBefore ? memory.pending?.version : this.#site.version;
    const pending = { old, base: base.base ?? null, version };
    return { base: published, pending };
  }

  /** The base of a tag that nothing comes of: what the feed says, but where OSM goes its own way. */
  #settledBase(key: string, ours: string | undefined, { reason }: Decided, base: string | undefined) {
    if (reason === "socket-variant" && this.#variants.isAsBase(key)) return base;
    if (ours === undefined) {
      if (reason === "kept-mapper-edit") return TAKEN_BACK;
      // A mapper removed it while the feed still had it: should the feed have it again, that is nothing new.
      return base !== TAKEN_BACK && this.#stated(key).length === 0 ? base : undefined;
    }
    return KEEPS_BASE.has(reason) ? base : ours;
  }
}

interface Decided extends TableResult {
  /** Nothing was compared or shown: what is remembered stays as it is. */
  readonly aside?: true;
}

const SET_ASIDE = {
  "too-long": { outcome: "nothing", reason: "too-long", aside: true },
  damaged: { outcome: "nothing", reason: "damaged", aside: true },
  rejected: { outcome: "nothing", reason: "rejected", aside: true },
} as const satisfies Record<string, Decided>;

/** OSM keeps a value of its own that the feed never gave: the next run must know no more than this one. */
const KEEPS_BASE: ReadonlySet<TableResult["reason"]> = new Set(["kept-osm-value", "refused-by-tag"]);

function nothing(reason: TableResult["reason"]): TableResult {
  return { outcome: "nothing", reason };
}

/** A count says more than `yes`. */
function refinesYes(key: string, theirs: string | undefined, ours: string | undefined): boolean {
  return (
    socketName(key) !== undefined &&
    theirs?.trim().toLowerCase() === "yes" &&
    ours !== undefined &&
    countOf(ours) !== undefined
  );
}

/** An object that several Locations share lists their ids: ours need only be among them. */
function holds(key: string, theirs: string, ours: string): boolean {
  if (key !== LOCATION_IDS) return false;
  return ours.split(";").every((id) => theirs.split(";").some((other) => sameMeaning(key, other, id)));
}

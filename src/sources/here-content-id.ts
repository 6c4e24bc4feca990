/**
 * HERE's own ids. They look like Location ids but are none: a HERE content id is never written to
 * `ref:ocpi:location:id` (T2.1).
 */

/** What a content id says. Nothing here is documented by HERE, so it is for reports, never for decisions on data. */
export interface ContentId {
  /** ISO 3166-1 numeric, three digits. */
  readonly country: string;
  /** Ten characters; a moved point therefore gets a new id. */
  readonly geohash: string;
  /** The aggregator HERE had the record from, such as `ecomovement`. */
  readonly supplier: string;
  readonly supplierId: string;
}

/** `here:evcp:…`, `here:cm:place:…`, `here:pds:place:…`. */
const HERE_PREFIX = /^here:[a-z]+:/i;
/** Country, geohash (no a, i, l, o), base64url without padding. */
const CONTENT_ID = /^(\d{3})([0-9b-hjkmnp-z]{10})-([A-Za-z0-9_-]+)$/;
const SUPPLIER = /^here-ev:([^:]*):(.*)$/s;

/** The last colon-part of a HERE id, which is all that HERE's lookup reads; other ids come back whole. */
export function contentIdOf(id: string): string {
  return id.slice(id.lastIndexOf(":") + 1);
}

/**
 * Whether `id` is HERE's: prefixed as `here:evcp:`, or a bare content id whose tail decodes to `here-ev:…`. A genuine
 * OCPI id, whatever its form, is not.
 */
export function isHereContentId(id: string): boolean {
  const trimmed = id.trim();
  if (HERE_PREFIX.test(trimmed)) return true;
  return partsOf(trimmed)?.tail.startsWith("here-ev:") ?? false;
}

/** Takes a content id, bare or with HERE's prefix, apart; `undefined` when it is not of that form. */
export function decodeContentId(id: string): ContentId | undefined {
  const parts = partsOf(contentIdOf(id.trim()));
  const supplier = parts && SUPPLIER.exec(parts.tail);
  if (!supplier) return undefined;
  const [, name = "", supplierId = ""] = supplier;
  return { country: parts.country, geohash: parts.geohash, supplier: name, supplierId };
}

function partsOf(id: string): { country: string; geohash: string; tail: string } | undefined {
  const match = CONTENT_ID.exec(id);
  if (!match) return undefined;
  const [, country = "", geohash = "", tail = ""] = match;
  return { country, geohash, tail: Buffer.from(tail, "base64url").toString("utf8") };
}

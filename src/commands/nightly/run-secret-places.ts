/** Where a config says that secrets are: to see whether they are there, and to keep them from programs that need none. */
import { secretPlaceSchema } from "../../runs/secret-place.js";
import type { SecretPlace } from "../../runs/secret.js";
import type { FeedConfig, RunConfig, SourceConfig } from "./run-config.js";

/** A place, and where in the feed's settings it is named. */
export interface NamedPlace {
  readonly path: readonly PropertyKey[];
  readonly place: SecretPlace;
}

/** Settings of feeds that name files which are no secrets. */
const NO_SECRETS: readonly string[] = ["ids", "idsFrom", "files"];

/** Where secrets are looked for when a config names no place. */
const USUAL_SECRETS: readonly string[] = ["HERE_API_KEY", "OCPI_TOKEN"];

/** Every place that a feed's settings name. */
export function secretPlacesOf(feed: FeedConfig): NamedPlace[] {
  return placesIn(feed, []);
}

function placesIn(value: unknown, path: readonly PropertyKey[]): NamedPlace[] {
  if (typeof value !== "object" || value === null) return [];
  const place = secretPlaceSchema.safeParse(value);
  if (place.success) return [{ path, place: place.data }];
  return Object.entries(value).flatMap(([key, inner]) =>
    NO_SECRETS.includes(key) ? [] : placesIn(inner, [...path, key]),
  );
}

/** The feeds of a source with the place of each in the config. */
export function feedsOf({ feed }: SourceConfig): Array<{ feed: FeedConfig; path: readonly PropertyKey[] }> {
  return Array.isArray(feed)
    ? feed.map((each, index) => ({ feed: each, path: ["feed", index] }))
    : [{ feed, path: ["feed"] }];
}

/** An environment without the variables that hold secrets of any source: for programs that need none. */
export function environmentWithoutSecrets(
  config: RunConfig,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const places = config.sources.flatMap(feedsOf).flatMap(({ feed }) => secretPlacesOf(feed));
  const names = new Set([
    ...USUAL_SECRETS,
    ...places.flatMap(({ place }) => ("env" in place ? [place.env] : [])),
  ]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.has(name)));
}

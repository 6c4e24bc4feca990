/** From a command's options, as the command line gives them, to what the rooms take. */
import { z } from "zod";
import { UsageError } from "../runs/exit-codes.js";
import { DEFAULT_PROFILE, type Profile, readProfile } from "../runs/profile.js";
import { SOURCE_NAMES } from "../sources/dialect.js";
import { READER_NAMES } from "../sources/reader-name.js";
import { readConnectorTypes } from "./conversion/connector-types-file.js";
import type { ReadOptions } from "./conversion/source-run.js";
import type { TaggingOptions } from "../tagging/tag-location.js";

export const readingArguments = z.object({
  source: z.enum(["auto", ...SOURCE_NAMES]),
  reader: z.enum(READER_NAMES),
  connectorTypes: z.string().optional(),
});

/**
 * How inputs are read. @throws {UsageError} where the file of `--connector-types` cannot be read or is no answer of
 * HERE's countryMetadata.
 */
export async function readOptions({
  source,
  reader,
  connectorTypes,
}: z.infer<typeof readingArguments>): Promise<Omit<ReadOptions, "fingerprints">> {
  if (connectorTypes === undefined) return { source, reader };
  return { source, reader, connectorTypes: await readConnectorTypes(connectorTypes) };
}

export const taggingArguments = z.object({
  profile: z.string().optional(),
  tags: z.literal("extended").optional(),
  chargePoints: z.boolean().default(false),
  country: z.array(z.string()).optional(),
});

/** The profile named, or the one that holds where none is. */
export async function profileOf({ profile }: z.infer<typeof taggingArguments>): Promise<Profile> {
  return profile === undefined ? DEFAULT_PROFILE : readProfile(profile);
}

/** Switches of the profile and of the command line together. */
export async function taggingOptions(
  options: z.infer<typeof taggingArguments>,
  profile: Profile,
): Promise<TaggingOptions> {
  return {
    locationRef: profile.locationRef,
    operatorName: profile.operator?.name,
    extended: options.tags === "extended" || profile.tags.extended,
    name: profile.tags.name,
    chargePoints: options.chargePoints || profile.chargePoints,
    countries: options.country === undefined ? undefined : await countryCodes(options.country),
  };
}

async function countryCodes(texts: readonly string[]): Promise<ReadonlySet<string>> {
  // Loaded when asked for: the borders take a while, and a run on threads needs them only there.
  const { isoCountry } = await import("../ocpi/country.js");
  const codes = texts.map((text) => {
    const code = isoCountry(text);
    if (code === undefined)
      throw new UsageError(`--country ${text}: not an ISO 3166 country code such as DE or DEU`);
    return code;
  });
  return new Set(codes);
}

/**
 * Refuses options that make no sense with others. `names`: as commander gives them (`maxRejects`).
 *
 * @throws {UsageError} naming the first that was given, and saying `why` not.
 */
export function refuseOptions(
  given: Readonly<Record<string, unknown>>,
  names: readonly string[],
  why: string,
): void {
  const refused = names.find((name) => given[name] !== undefined && given[name] !== false);
  if (refused === undefined) return;
  throw new UsageError(`--${refused.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${why}`);
}

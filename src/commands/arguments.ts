/** From a command's options, as the command line gives them, to what the rooms take. */
import { z } from "zod";
import { isoCountry } from "../ocpi/country.js";
import { UsageError } from "../runs/exit-codes.js";
import { DEFAULT_PROFILE, type Profile, readProfile } from "../runs/profile.js";
import { SOURCE_NAMES } from "../sources/dialect.js";
import type { TaggingOptions } from "../tagging/tag-location.js";

export const readingArguments = z.object({
  source: z.enum(["auto", ...SOURCE_NAMES]),
  reader: z.enum(["bytes", "tokens"]),
});

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
export function taggingOptions(options: z.infer<typeof taggingArguments>, profile: Profile): TaggingOptions {
  return {
    locationRef: profile.locationRef,
    operatorName: profile.operator?.name,
    extended: options.tags === "extended" || profile.tags.extended,
    name: profile.tags.name,
    chargePoints: options.chargePoints || profile.chargePoints,
    countries: options.country === undefined ? undefined : new Set(options.country.map(countryCode)),
  };
}

function countryCode(text: string): string {
  const code = isoCountry(text);
  if (code === undefined)
    throw new UsageError(`--country ${text}: not an ISO 3166 country code such as DE or DEU`);
  return code;
}

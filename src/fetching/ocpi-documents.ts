/** The small documents by which OCPI tells where things are. Anything else in them is left alone. */
import { z } from "zod";
import { ocpiError } from "../sources/error-bodies.js";
import { onOneLine } from "./body-text.js";

/** Larger ones are none of these. */
export const MOST_DOCUMENT_BYTES = 1 << 20;

const versionsSchema = z.array(z.object({ version: z.coerce.string(), url: z.string() })).min(1);

const detailsSchema = z.object({
  version: z.coerce.string(),
  endpoints: z.array(z.object({ identifier: z.string(), role: z.string().nullish(), url: z.string() })),
});

const nameSchema = z.object({ name: z.string() }).nullish().catch(undefined);
const partySchema = z.object({
  country_code: z.string().max(2),
  party_id: z.string().max(3),
  business_details: nameSchema,
});
const credentialsSchema = z.union([z.object({ roles: z.array(partySchema).min(1) }), partySchema]);

export type OcpiVersions = z.infer<typeof versionsSchema>;
export type OcpiDetails = z.infer<typeof detailsSchema>;

/** What a small document is; `undefined` for any other. */
export type OcpiDocument =
  | { readonly kind: "versions"; readonly versions: OcpiVersions }
  | { readonly kind: "details"; readonly details: OcpiDetails };

/** Tells a versions list and a version's details from their content, in their envelope or without. */
export function ocpiDocument(value: unknown): OcpiDocument | undefined {
  const data = dataOf(value);
  const details = detailsSchema.safeParse(data);
  if (details.success) return { kind: "details", details: details.data };
  const versions = versionsSchema.safeParse(data);
  return versions.success ? { kind: "versions", versions: versions.data } : undefined;
}

/** The parties that a credentials object tells of, for people: `LT*ABC (Example Charging)`. */
export function partiesIn(value: unknown): readonly string[] {
  const credentials = credentialsSchema.safeParse(dataOf(value));
  if (!credentials.success) return [];
  const parties = "roles" in credentials.data ? credentials.data.roles : [credentials.data];
  const named = parties.map(({ country_code: country, party_id: party, business_details: business }) =>
    business?.name === undefined
      ? `${country}*${party}`
      : `${country}*${party} (${business.name.slice(0, 100)})`,
  );
  return [...new Set(named.map(onOneLine))];
}

const statusSchema = z.object({ status_code: z.coerce.number(), status_message: z.unknown() });

/** What an envelope says went wrong; `passing`: at the server, so that asking again may help. */
export function statusOf(value: unknown): { readonly said: string; readonly passing: boolean } | undefined {
  const status = statusSchema.safeParse(value);
  if (!status.success) return undefined;
  const { status_code: code, status_message: message } = status.data;
  const said = ocpiError(code, message);
  return said === undefined ? undefined : { said: onOneLine(said), passing: isPassing(code) };
}

/** OCPI: 3xxx are errors of the server. */
export function isPassing(statusCode: number): boolean {
  return statusCode >= 3000 && statusCode < 4000;
}

function dataOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "data" in value ? value.data : value;
}

/** `fetch ocpi`'s settings, as they stand in the config of `run` and as the command line makes them. */
import { z } from "zod";
import { lengthOfTimeSchema } from "../runs/length-of-time.js";
import { secretPlaceSchema } from "../runs/secret-place.js";
import { SOURCE_NAMES } from "../sources/dialect.js";
import { READER_NAMES } from "../sources/reader-name.js";
import { DEFAULT_MAX_TIME } from "./http.js";
import { AUTH_SCHEMES, TOKEN_ENCODINGS } from "./ocpi-access.js";
import { OCPI_VERSIONS } from "./ocpi-versions.js";

export const ocpiFeedSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .refine((url) => !hasUser(url), {
        error:
          "holds a user or password; name the place of user:password as the token, with auth basic (--auth basic --token-env NAME)",
      })
      .describe(
        "A versions list, a version's details, a Locations endpoint or a plain file: its content tells",
      ),
    ocpiVersion: z
      .enum(OCPI_VERSIONS)
      .optional()
      .describe("Of a versions list: the one to take; the highest unless given"),
    auth: z.enum(AUTH_SCHEMES).default("token").describe("token: OCPI's; the others for hosts of open data"),
    token: secretPlaceSchema.optional().describe("The secret; of auth basic it is user:password"),
    tokenEncoding: z
      .enum(["auto", ...TOKEN_ENCODINGS])
      .default("auto")
      .describe("auto: plain for 2.1.1, base64 for later versions, and the other where that is refused"),
    headers: z
      .record(z.string().regex(/^[\w-]+$/), secretPlaceSchema)
      .optional()
      .describe("More headers, by name, each with the place of its value"),
    pageSize: z.int().min(1).max(100_000).optional().describe("limit=; the server's own unless given"),
    deltas: z
      .boolean()
      .default(false)
      .describe("Ask only for what has changed since the last time; all is asked for every fullEvery"),
    fullEvery: lengthOfTimeSchema.default("7d").describe("A delta cannot say what was deleted"),
    acceptIncomplete: z
      .boolean()
      .default(false)
      .describe(
        "Take fewer records than the server announces (more than 1 % fewer are refused otherwise), and `data: null` for none",
      ),
    requestsPerSecond: z.number().positive().max(1000).optional(),
    attempts: z.int().min(1).max(100).optional().describe("Of each request"),
    maxTime: lengthOfTimeSchema
      .optional()
      .describe(`The most the whole download may take (0: any); ${DEFAULT_MAX_TIME} unless given`),
    source: z
      .enum(["auto", ...SOURCE_NAMES])
      .default("auto")
      .describe("What the records are"),
    reader: z.enum(READER_NAMES).default("bytes"),
  })
  .refine(({ auth, token }) => token !== undefined || auth === "token" || auth === "none", {
    path: ["token"],
    error: "is missing: auth basic and bearer need a secret, so name its place",
  })
  .describe("A CPO's or hub's Locations, or a file of open data");

/** What the config or the command line says, completed. */
export type OcpiFeed = z.infer<typeof ocpiFeedSchema>;

/** Addresses are shown and remembered, so nothing that must not be may stand in them. */
function hasUser(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== "" || password !== "";
}

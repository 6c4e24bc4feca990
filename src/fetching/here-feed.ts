/** `fetch here`'s settings, as they stand in the config of `run` and as the command line makes them. */
import { z } from "zod";
import { lengthOfTimeSchema } from "../runs/length-of-time.js";
import { secretPlaceSchema } from "../runs/secret-place.js";
import { DEFAULT_MAX_TIME } from "./http.js";
import { HERE_BASE_URL, HERE_FIELDS } from "./here-urls.js";

const path = z.string().min(1);

export const hereFeedSchema = z
  .strictObject({
    ids: path.optional().describe("A list of ids: one a line, or with commas between"),
    idsFrom: z
      .union([path, z.array(path).min(1)])
      .optional()
      .describe("Feeds that hold the ids: a map export, or earlier records; files, folders, patterns"),
    apiKey: secretPlaceSchema
      .optional()
      .describe("The API key; HERE_API_KEY of the environment unless given"),
    credentials: secretPlaceSchema
      .optional()
      .describe(
        "The text of credentials.properties; ~/.here/credentials.properties where there is neither it nor a key",
      ),
    fields: z
      .array(z.string().regex(/^\w+$/, "names of fields, such as address,evses"))
      .min(1)
      .default([...HERE_FIELDS])
      .describe("What HERE is asked for besides what it always tells"),
    baseUrl: z
      .url({ protocol: /^https?$/, error: `is no address such as ${HERE_BASE_URL}` })
      .default(HERE_BASE_URL)
      .describe("Of another region, or of a server of one's own; ends in /v3"),
    maxAge: lengthOfTimeSchema
      .optional()
      .describe("Records retrieved longer ago are fetched anew (0: all); without it what is there stays"),
    concurrency: z.int().min(1).max(32).optional().describe("Requests at the same time"),
    requestsPerSecond: z.number().positive().max(1000).optional(),
    attempts: z.int().min(1).max(100).optional().describe("Of each request"),
    maxTime: lengthOfTimeSchema
      .optional()
      .describe(`The most the whole download may take (0: any); ${DEFAULT_MAX_TIME} unless given`),
  })
  .refine(({ ids, idsFrom }) => ids !== undefined || idsFrom !== undefined, {
    error: 'needs "ids" or "idsFrom": HERE is asked by ids only',
  })
  .refine(({ apiKey, credentials }) => apiKey === undefined || credentials === undefined, {
    error: 'has both "apiKey" and "credentials"; give the one to be used',
  })
  .describe("HERE EV Charge Points API v3, by ids");

/** What the config or the command line says, completed. */
export type HereFeed = z.infer<typeof hereFeedSchema>;

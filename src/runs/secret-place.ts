/** Where a secret is, as a config says it; the secret itself stands in no config. */
import { z } from "zod";

const PLACE = 'must be { "env": NAME } or { "file": PATH }: the place of the secret, not the secret itself';

export const secretPlaceSchema = z
  .union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })], {
    error: PLACE,
  })
  .describe("Where a secret is: a variable of the environment, or a file that holds nothing else");

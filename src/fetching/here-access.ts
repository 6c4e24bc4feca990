/** Who asks HERE: the key or the credentials that the settings name, or those that are where they usually are. */
import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../runs/exit-codes.js";
import { type SecretPlace, readSecret, secretText } from "../runs/secret.js";
import { whyUnreadable } from "../runs/unreadable-file.js";
import type { Clock } from "./clock.js";
import { type HereAuth, keyAuth, tokenAuth } from "./here-auth.js";
import { parseHereCredentials } from "./here-credentials.js";
import { HereToken } from "./here-token.js";
import type { HttpClient } from "./http.js";

const HERE_API_KEY = "HERE_API_KEY";

export interface HereAccess {
  readonly apiKey?: SecretPlace | undefined;
  readonly credentials?: SecretPlace | undefined;
}

/**
 * How requests are to be authorised: by what is named, else by HERE_API_KEY, else by `.here/credentials.properties` of
 * the user's home.
 *
 * @throws {UsageError} where there is neither, or it cannot be read.
 */
export async function hereAuth(
  named: HereAccess,
  client: HttpClient,
  clock: Pick<Clock, "now" | "date">,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<HereAuth> {
  const { apiKey, credentials } = await placeOf(named, env);
  if (credentials === undefined) return keyAuth(await readSecret(apiKey ?? { env: HERE_API_KEY }, env));
  const name = "file" in credentials ? credentials.file : credentials.env;
  const text = await propertiesAt(credentials, env);
  return tokenAuth(new HereToken(parseHereCredentials(text, name), client, clock));
}

/** The text of a properties file, of which some lines are secrets. */
async function propertiesAt(
  place: SecretPlace,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  if ("env" in place) {
    const text = env[place.env] ?? "";
    if (text.trim() !== "") return text;
    throw new UsageError(
      `the environment has no ${place.env}; it must hold the text of HERE's credentials.properties`,
    );
  }
  const refuse = (why: string, cause?: unknown): never => {
    throw new UsageError(`HERE's credentials were to be read from ${place.file}, but ${why}`, { cause });
  };
  const bytes = await readFile(place.file).catch((error: unknown) => refuse(whyUnreadable(error), error));
  return secretText(bytes, refuse);
}

async function placeOf(
  named: HereAccess,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HereAccess> {
  if (named.apiKey !== undefined || named.credentials !== undefined) return named;
  if ((env[HERE_API_KEY] ?? "").trim() !== "") return { apiKey: { env: HERE_API_KEY } };
  const usual = join(env["HOME"] ?? homedir(), ".here", "credentials.properties");
  const isThere = await access(usual).then(
    () => true,
    () => false,
  );
  if (isThere) return { credentials: { file: usual } };
  throw new UsageError(
    `HERE asks who you are, and nothing says so: put an API key into the environment as ${HERE_API_KEY}, or into a file ` +
      `and name it (--api-key-file FILE), or name HERE's credentials.properties (--credentials FILE; looked for in ${usual})`,
  );
}

/** `credentials.properties` as HERE's portal hands it out, and the token it is good for. */
import { parse } from "dot-properties";
import { UsageError } from "../runs/exit-codes.js";
import { Secret } from "../runs/secret.js";
import { checkedServerUrl } from "./here-urls.js";

export interface HereCredentials {
  readonly accessKeyId: Secret;
  readonly accessKeySecret: Secret;
  readonly tokenEndpoint: string;
}

const KEYS = {
  accessKeyId: "here.access.key.id",
  accessKeySecret: "here.access.key.secret",
  tokenEndpoint: "here.token.endpoint.url",
} as const;

/**
 * Reads the text of such a file. `name`: what to call it in messages.
 *
 * @throws {UsageError} naming the keys it lacks.
 */
export function parseHereCredentials(text: string, name: string): HereCredentials {
  const properties = parse(text.replace(/^\uFEFF/, ""));
  const valueOf = (key: string): string => {
    const value = properties[key];
    return typeof value === "string" ? value.trim() : "";
  };
  const absent = Object.values(KEYS).filter((key) => valueOf(key) === "");
  if (absent.length > 0)
    throw new UsageError(
      `${name} has no ${absent.join(" and no ")}; use credentials.properties as HERE's portal lets you download it`,
    );
  return {
    accessKeyId: new Secret(valueOf(KEYS.accessKeyId)),
    accessKeySecret: new Secret(valueOf(KEYS.accessKeySecret)),
    tokenEndpoint: checkedServerUrl(valueOf(KEYS.tokenEndpoint), `${KEYS.tokenEndpoint} in ${name}`).href,
  };
}

/** User and password in an address: they are sent in a header, and shown nowhere. */
import { Buffer } from "node:buffer";
import { Secret } from "../runs/secret.js";

/** The password in an address; from now on it is concealed wherever it turns up. */
export function passwordOf(url: URL): Secret | undefined {
  return url.password === "" ? undefined : new Secret(unescaped(url.password));
}

/** The Authorization that an address asks for by its user and password; undefined where it has neither. */
export function basicAuthorization(url: URL): Secret | undefined {
  if (url.username === "" && url.password === "") return undefined;
  const user = new Secret(`${unescaped(url.username)}:${passwordOf(url)?.reveal() ?? ""}`);
  return new Secret(`Basic ${Buffer.from(user.reveal(), "utf8").toString("base64")}`);
}

/** A percent sign that escapes nothing stands for itself. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

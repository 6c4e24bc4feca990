/** Proxies, as the environment names them: undici decides by these which request goes through which. */
import { UsageError } from "../runs/exit-codes.js";
import { shownUrl } from "../runs/secret.js";
import { passwordOf } from "./url-user.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Proxies {
  /** Empty for none. */
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/**
 * What HTTP_PROXY, HTTPS_PROXY and NO_PROXY say, in small letters too, which come first. As with curl, an address
 * without `http://` is one. Without HTTPS_PROXY, https goes through HTTP_PROXY.
 *
 * @throws {UsageError} for an address that is none.
 */
export function proxiesOf(env: Environment): Proxies {
  const httpProxy = addressIn(env, "http_proxy");
  return {
    httpProxy,
    httpsProxy: addressIn(env, "https_proxy") || httpProxy,
    noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? "",
  };
}

function addressIn(env: Environment, name: string): string {
  const value = (env[name] ?? env[name.toUpperCase()] ?? "").trim();
  if (value === "") return "";
  const address = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(address))
    throw new UsageError(
      `${name.toUpperCase()} of the environment is no address of a proxy: ${shownUrl(value)}`,
    );
  // Errors of a library may quote its password.
  passwordOf(new URL(address));
  return address;
}

/** By which proxy a request to `url` goes, for messages; empty where the environment names none. */
export function proxyRemark(url: URL, env: Environment = process.env): string {
  const { httpProxy, httpsProxy } = proxiesOf(env);
  const proxy = url.protocol === "https:" ? httpsProxy : httpProxy;
  return proxy === "" ? "" : ` (by the proxy ${shownUrl(proxy)}, unless NO_PROXY exempts it)`;
}

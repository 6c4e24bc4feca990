/** The addresses of HERE's EV Charge Points API v3. */
import { UsageError } from "../runs/exit-codes.js";
import { shownUrl } from "../runs/secret.js";
import { isThisMachine } from "./this-machine.js";

export const HERE_BASE_URL = "https://evcp.hereapi.com/v3";

/** What a comparison with OSM reads. */
export const HERE_FIELDS = ["address", "evses", "locationInfo", "connectorGroups"] as const;

/** Servers and what stands between take addresses of about 8 kB. */
export const MOST_URL_BYTES = 8000;

/**
 * An address that keys may be sent to: encrypted, unless it is on this machine.
 *
 * @throws {UsageError} where it is none. `what`: what to call it.
 */
export function checkedServerUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${what}: ${shownUrl(text)} is no address such as ${HERE_BASE_URL}`);
  if (url.protocol === "http:" && !isThisMachine(url.hostname))
    throw new UsageError(`${what}: ${shownUrl(text)} is not encrypted, and keys go there; use https`);
  return url;
}

/**
 * The address of a lookup up to and without its ids. `query` holds what must stand in every address (`apiKey`).
 *
 * @throws {UsageError} where `base` is no address to build on.
 */
export function lookupUrl(
  base: string,
  fields: readonly string[],
  query: Readonly<Record<string, string>>,
): string {
  const url = checkedServerUrl(base, "--base-url");
  if (url.search !== "" || url.hash !== "")
    throw new UsageError(`--base-url: ${shownUrl(base)} has a query; give the address without it`);
  const path = `${url.origin}${url.pathname.replace(/\/+$/, "")}/locations`;
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${path}?${[...parameters, `fields=${fields.map(encodeURIComponent).join(",")}`, "ids="].join("&")}`;
}

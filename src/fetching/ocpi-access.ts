/** How requests prove who asks: OCPI's credentials token in either spelling, or what hosts of open data want. */
import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { Secret } from "../runs/secret.js";
import type { HttpRequest } from "./http.js";
import type { OcpiAddresses } from "./ocpi-addresses.js";

export const AUTH_SCHEMES = ["token", "bearer", "basic", "none"] as const;
export type AuthScheme = (typeof AUTH_SCHEMES)[number];

/** 2.1.1 sends the token as it is, 2.2 and later encoded; not all servers keep to it. */
export const TOKEN_ENCODINGS = ["plain", "base64"] as const;
export type TokenEncoding = (typeof TOKEN_ENCODINGS)[number];

export interface AccessSettings {
  readonly scheme: AuthScheme;
  /** The token; of `basic` it is `user:password`. Absent: nothing is sent. */
  readonly secret?: Secret | undefined;
  readonly encoding: TokenEncoding | "auto";
  /** The spelling to begin with, of `auto`: the one that worked the last time. */
  readonly remembered?: TokenEncoding | undefined;
  /** More headers, by their names. */
  readonly headers: ReadonlyMap<string, Secret>;
}

/** The version in an address such as `…/ocpi/cpo/2.2.1/locations`. */
const VERSION_IN_URL = /\/v?(2\.\d+(?:\.\d+)?)(?=[/?#]|$)/;

/** Makes the headers of requests. */
export class OcpiAccess {
  readonly #settings: AccessSettings;
  readonly #addresses: OcpiAddresses;
  #encoding: TokenEncoding;
  /** An answer has shown that the spelling is right; what versions usually have is no longer of interest. */
  #known: boolean;

  constructor(settings: AccessSettings, addresses: OcpiAddresses, url: string) {
    this.#settings = settings;
    this.#addresses = addresses;
    const fixed = settings.encoding === "auto" ? settings.remembered : settings.encoding;
    this.#known = fixed !== undefined;
    this.#encoding = fixed ?? encodingOf(VERSION_IN_URL.exec(url)?.[1]);
  }

  /** Whether a token is sent, so that there is a spelling of it. */
  get sendsToken(): boolean {
    return this.#settings.scheme === "token" && this.#settings.secret !== undefined;
  }

  /** The spelling in use. */
  get encoding(): TokenEncoding {
    return this.#encoding;
  }

  /** What discovery found is spoken in this version. */
  speaks(version: string): void {
    if (!this.#known) this.#encoding = encodingOf(version);
  }

  /** The request of an address, with secrets where it may know them. `headers`: more of them, without secrets. */
  request(url: string, headers: Readonly<Record<string, string>> = {}): HttpRequest {
    const told = this.#addresses.mayKnowSecrets(url);
    return {
      url,
      headers: async () => ({ ...headers, ...this.#ownHeaders(), ...(told && this.#secretHeaders()) }),
      refused: async () => told && this.#otherSpelling(),
    };
  }

  /** A 401 may mean that the server wants the token in its other spelling. */
  #otherSpelling(): boolean {
    if (!this.sendsToken || this.#settings.encoding !== "auto") return false;
    this.#encoding = this.#encoding === "plain" ? "base64" : "plain";
    this.#known = true;
    return true;
  }

  /** OCPI 2.2 wants every request to have ids. */
  #ownHeaders(): Record<string, string> {
    const accept = { accept: "application/json, */*;q=0.5" };
    if (this.#settings.scheme !== "token") return accept;
    return { ...accept, "x-request-id": randomUUID(), "x-correlation-id": randomUUID() };
  }

  #secretHeaders(): Record<string, string> {
    const { headers } = this.#settings;
    const more = [...headers].map(([name, secret]) => [name.toLowerCase(), secret.reveal()]);
    const authorization = this.#authorization();
    return { ...Object.fromEntries(more), ...(authorization !== undefined && { authorization }) };
  }

  #authorization(): string | undefined {
    const { scheme, secret } = this.#settings;
    if (secret === undefined || scheme === "none") return undefined;
    const text = secret.reveal();
    if (scheme === "bearer") return `Bearer ${text}`;
    if (scheme === "basic") return `Basic ${base64(text)}`;
    return `Token ${this.#encoding === "plain" ? text : base64(text)}`;
  }
}

function encodingOf(version: string | undefined): TokenEncoding {
  return version?.startsWith("2.1") === true || version?.startsWith("2.0") === true ? "plain" : "base64";
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

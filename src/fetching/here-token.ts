/** The token HERE gives for credentials: fetched when first needed, kept while it holds, renewed once for all who wait. */
import { createHmac, randomBytes } from "node:crypto";
import OAuth from "oauth-1.0a";
import { z } from "zod";
import { UnreadableInputError } from "../runs/exit-codes.js";
import { Secret, shownUrl } from "../runs/secret.js";
import { jsonOf } from "./body-text.js";
import type { Clock } from "./clock.js";
import { tokenFailure } from "./here-failures.js";
import { HttpError } from "./http-error.js";
import type { HereCredentials } from "./here-credentials.js";
import type { HttpClient } from "./http.js";

/** A token is not used in the last part of its life: it must live as long as a request is under way. */
const SPARE_MS = 5 * 60_000;
/** Of a token that lives shortly, so much of its life counts. */
const SHARE_USED = 0.9;
const FORM = { grant_type: "client_credentials" } as const;

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/** HERE's tokens live a day; one that does not say is used for an hour. */
const LIFE_UNSAID_S = 3600;

interface Token {
  readonly secret: Secret;
  /** By a clock that nobody sets. */
  readonly usableUntil: number;
}

export class HereToken {
  readonly #credentials: HereCredentials;
  readonly #client: HttpClient;
  readonly #clock: Pick<Clock, "now" | "date">;
  readonly #oauth: OAuth;
  #token: Token | undefined;
  #renewal: Promise<Token> | undefined;

  /** `client` may be the one whose requests wait for the token: what is sent within a request does not queue. */
  constructor(credentials: HereCredentials, client: HttpClient, clock: Pick<Clock, "now" | "date">) {
    this.#credentials = credentials;
    this.#client = client;
    this.#clock = clock;
    this.#oauth = new OAuth({
      consumer: { key: credentials.accessKeyId.reveal(), secret: credentials.accessKeySecret.reveal() },
      signature_method: "HMAC-SHA256",
      hash_function: (text, key) => createHmac("sha256", key).update(text).digest("base64"),
    });
    this.#oauth.getNonce = () => randomBytes(16).toString("hex");
    this.#oauth.getTimeStamp = () => Math.floor(clock.date() / 1000);
  }

  /** A token that will hold for a while. @throws {UnreadableInputError} saying why there is none to be had. */
  async current(): Promise<Secret> {
    if (this.#token !== undefined && this.#clock.now() < this.#token.usableUntil) return this.#token.secret;
    return (await this.#renewed()).secret;
  }

  /** HERE has refused a token: gets another one, unless that has been done since it was given out. */
  async renew(refused: Secret): Promise<void> {
    if (this.#token?.secret === refused) this.#token = undefined;
    await this.current();
  }

  #renewed(): Promise<Token> {
    this.#renewal ??= this.#fetched().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #fetched(): Promise<Token> {
    const url = this.#credentials.tokenEndpoint;
    const request = {
      url,
      method: "POST",
      body: new URLSearchParams(FORM).toString(),
      headers: async () => this.#signedHeaders(url),
    } as const;
    const value = await this.#client.send(request, jsonOf).catch((error: unknown) => {
      throw error instanceof HttpError ? tokenFailure(error, this.#clock.date()) : error;
    });
    const read = tokenSchema.safeParse(value);
    if (!read.success)
      throw new UnreadableInputError(
        `${shownUrl(url)} answered without an access_token; is here.token.endpoint.url right?`,
      );
    const life = (read.data.expires_in ?? LIFE_UNSAID_S) * 1000;
    const usable = Math.max(life - SPARE_MS, 0) || life * SHARE_USED;
    this.#token = {
      secret: new Secret(read.data.access_token),
      usableUntil: this.#clock.now() + usable,
    };
    return this.#token;
  }

  /** Signed anew for every attempt: a signature has its time and can be used once. */
  #signedHeaders(url: string): Record<string, string> {
    const signed = this.#oauth.authorize({ url, method: "POST", data: { ...FORM } });
    return {
      authorization: this.#oauth.toHeader(signed).Authorization,
      "content-type": "application/x-www-form-urlencoded",
    };
  }
}

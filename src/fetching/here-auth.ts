/** How requests to HERE are authorised: a key in the address, or a token in a header. */
import type { Secret } from "../runs/secret.js";
import type { HereToken } from "./here-token.js";
import type { HttpRequest } from "./http.js";

export interface HereAuth {
  /** What to call it in messages. */
  readonly kind: "key" | "token";
  /** What must stand in the query of every address. */
  readonly query: Readonly<Record<string, string>>;
  /** What a request needs besides; made for each request anew. */
  request(): Pick<HttpRequest, "headers" | "refused">;
}

/** By an apiKey. */
export function keyAuth(key: Secret): HereAuth {
  return { kind: "key", query: { apiKey: key.reveal() }, request: () => ({}) };
}

/** By a token; one that is refused is renewed. */
export function tokenAuth(token: HereToken): HereAuth {
  return {
    kind: "token",
    query: {},
    request() {
      let used: Secret | undefined;
      return {
        headers: async () => {
          used = await token.current();
          return { authorization: `Bearer ${used.reveal()}` };
        },
        refused: async () => {
          if (used !== undefined) await token.renew(used);
          return true;
        },
      };
    },
  };
}

/** HERE's EV Charge Points API v3 and its token service as tests have them: what is documented, and what goes wrong. */
import { Buffer } from "node:buffer";
import {
  type Answer,
  type ReplayServer,
  type SeenRequest,
  answer,
  json,
  replayServer,
} from "./replay-server.test-support.js";

/** A content id of the documented form, in Germany. */
export function contentId(number: number): string {
  return `276u33dc0cppj-${Buffer.from(`here-ev:examplesupplier:${number}`).toString("base64url")}`;
}

/** Some of them. */
export function contentIds(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => contentId(from + index));
}

const EVSES =
  '[{"uid":"1","status":"available","modified":"2026-02-01T00:00:00Z","connectors":[{"id":"1","standard":"IEC_62196_T2",' +
  '"format":"socket","powerType":"ac3Phase","maxVoltage":230,"maxCurrent":32,"maxPower":22000}]}]';

/** A record as HERE might send it: numbers as no `JSON.stringify` writes them, letters beyond ASCII. */
export function recordText(id: string): string {
  return `{ "id": "here:evcp:charginglocation:${id}",\n  "location": {"lat": 52.520, "lng": 13.40500},\n  "name": "Straße \\u2013 {}[],\\"" ,\n  "evses": ${EVSES}\n}`;
}

/** The same on one line, as it must come out. */
export function recordOnOneLine(id: string): string {
  return `{ "id": "here:evcp:charginglocation:${id}","location": {"lat": 52.520, "lng": 13.40500},"name": "Straße \\u2013 {}[],\\"" ,"evses": ${EVSES}}`;
}

/** The documented envelope. */
export function listAnswer(found: readonly string[], missing: readonly string[] = []): Answer {
  const items = found.map(recordText).join(",\n");
  const body = `{"items": [${items}], "missingItems": ${JSON.stringify(missing)}}`;
  return answer(200, body, { "content-type": "application/json" });
}

/** As HERE words them (v3-errors.spec-examples.json has the documented ones). */
export function badRequest(cause: string): Answer {
  const body = {
    title: "Bad Request",
    status: 400,
    code: "E629400",
    cause,
    action: "Ensure that the request is according to API schema",
    correlationId: "4199533b-6290-41db-8d79-edf4f4019a74",
  };
  return answer(400, JSON.stringify(body));
}

const UNAUTHORIZED: Answer = answer(
  401,
  '{"error":"Unauthorized","error_description":"No credentials found"}',
);

export interface HereServerSettings {
  /** Ids the service does not have. */
  readonly without?: ReadonlySet<string>;
  /** Instead of the right answer; undefined where the right one is to be given. */
  readonly instead?: (request: SeenRequest, ids: readonly string[], number: number) => Answer | undefined;
  /** What `apiKey` or the token must be; anything is taken where it is absent. */
  readonly key?: string;
  /** Tokens that are good now: those that were given out, unless a test takes them away. */
  readonly tokens?: Set<string>;
  /** Of tokens, in seconds. */
  readonly expiresIn?: number;
}

export interface HereServer extends ReplayServer {
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
  /** The ids of each lookup, in the order they came in. */
  readonly lookups: ReadonlyArray<readonly string[]>;
  readonly tokensGiven: number;
}

/** `TOKEN-1`, `TOKEN-2`, … */
export function tokenNumber(number: number): string {
  return `TOKEN-${number}-OF-THIS-TEST`;
}

/** Starts it. Lookups are at `/v3/locations`, tokens at `/oauth2/token`. */
export async function hereServer(settings: HereServerSettings = {}): Promise<HereServer> {
  const { without, instead, key, tokens, expiresIn = 86_399 } = settings;
  const lookups: string[][] = [];
  let tokensGiven = 0;
  const server = await replayServer((request, number) => {
    if (request.path === "/oauth2/token") {
      tokensGiven += 1;
      const token = tokenNumber(tokensGiven);
      tokens?.add(token);
      return json({ access_token: token, token_type: "bearer", expires_in: expiresIn });
    }
    if (request.path !== "/v3/locations") return answer(404, '{"error":"Not found"}');
    const ids = (request.query.get("ids") ?? "").split(",");
    lookups.push(ids);
    const other = instead?.(request, ids, number);
    if (other !== undefined) return other;
    if (key !== undefined && request.query.get("apiKey") !== key) return UNAUTHORIZED;
    const bearer = /^Bearer (.+)$/.exec(String(request.headers["authorization"]))?.[1] ?? "";
    if (tokens !== undefined && !tokens.has(bearer)) return UNAUTHORIZED;
    if (ids.length > 100) return badRequest("querystring/ids must NOT have more than 100 items");
    const missing = ids.filter((id) => without?.has(id));
    return listAnswer(
      ids.filter((id) => !without?.has(id)),
      missing,
    );
  });
  return {
    ...server,
    get mostAtOnce() {
      return server.mostAtOnce;
    },
    baseUrl: `${server.origin}/v3`,
    tokenEndpoint: `${server.origin}/oauth2/token`,
    lookups,
    get tokensGiven() {
      return tokensGiven;
    },
  };
}

/** credentials.properties as HERE's portal writes it. */
export function credentialsText(
  server: Pick<HereServer, "tokenEndpoint">,
  keyId: string,
  secret: string,
): string {
  return [
    "here.user.id = HERE-1234",
    "here.client.id = client-1234",
    `here.access.key.id = ${keyId}`,
    `here.access.key.secret = ${secret}`,
    `here.token.endpoint.url = ${server.tokenEndpoint.replace(/:/g, "\\:")}`,
    "",
  ].join("\n");
}

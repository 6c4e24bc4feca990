/** A server that answers as it is told, and a client of it that does not wait. */
import { afterEach } from "vitest";
import { textOf } from "./body-text.js";
import { createHttpClient } from "./http-client.js";
import type { HttpSettings } from "./http.js";
import * as replay from "./replay-server.test-support.js";

const open: { close(): Promise<void> }[] = [];

/** Has something closed after the test. */
export function closedAfterTest(...things: readonly { close(): Promise<void> }[]): void {
  open.push(...things);
}

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Both are closed after the test. `get` sends one request and gives the text of its answer. */
export async function serving(
  script: replay.Script | readonly replay.Answer[],
  settings: Partial<HttpSettings> = {},
  random?: () => number,
) {
  const server = await replay.replayServer(script);
  const clock = replay.impatientClock(random);
  const client = createHttpClient({ idleTimeout: 250, ...settings }, clock);
  closedAfterTest(client, server);
  const get = (path = "/") => client.send({ url: server.origin + path }, (answer) => textOf(answer));
  return { server, client, clock, get };
}

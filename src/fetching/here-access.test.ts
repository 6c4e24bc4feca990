import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hereAuth } from "./here-access.js";
import { createHttpClient } from "./http-client.js";
import { impatientClock } from "./replay-server.test-support.js";

/** What is said of a file that is named as HERE's credentials. */
async function saidOf(file: string): Promise<unknown> {
  const client = createHttpClient();
  onTestFinished(() => client.close());
  return hereAuth({ credentials: { file } }, client, impatientClock(), {}).then(
    () => "nothing",
    (error: unknown) => error,
  );
}

test("credentials that cannot be read are told of in plain words", async () => {
  const folder = await mkdtemp(join(tmpdir(), "here-access-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const wide = join(folder, "credentials.properties");
  await writeFile(wide, Buffer.from("\uFEFFhere.access.key.id = key\r\n", "utf16le"));
  expect(await saidOf(folder)).toMatchObject({
    exitCode: 2,
    message: `HERE's credentials were to be read from ${folder}, but it is a folder; name a file in it`,
  });
  expect(await saidOf(wide)).toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/but it is UTF-16 text.*save it as UTF-8/),
  });
  expect(await saidOf(join(folder, "none"))).toMatchObject({
    message: expect.stringContaining("but there is no such file"),
  });
});

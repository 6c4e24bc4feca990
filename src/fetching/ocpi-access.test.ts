import { describe, expect, it } from "vitest";
import { Secret } from "../runs/secret.js";
import { type AccessSettings, OcpiAccess } from "./ocpi-access.js";
import { OcpiAddresses } from "./ocpi-addresses.js";

const HOME = "https://cpo.example/ocpi/locations";
const TOKEN = "tok-en-of-the-tests";
const ENCODED = Buffer.from(TOKEN).toString("base64");

function access(settings: Partial<AccessSettings> = {}, url = HOME): OcpiAccess {
  const defaults = {
    scheme: "token",
    secret: new Secret(TOKEN),
    encoding: "auto",
    headers: new Map(),
  } as const;
  return new OcpiAccess({ ...defaults, ...settings }, new OcpiAddresses(url), url);
}

async function sent(from: OcpiAccess, url = HOME): Promise<Readonly<Record<string, string>>> {
  return (await from.request(url).headers?.()) ?? {};
}

describe("what a request says about who asks", () => {
  it.each([
    [HOME, `Token ${ENCODED}`],
    ["https://cpo.example/ocpi/cpo/2.1.1/locations", `Token ${TOKEN}`],
    ["https://cpo.example/ocpi/2.2.1/locations", `Token ${ENCODED}`],
    ["https://cpo.example/ocpi/2.3.0", `Token ${ENCODED}`],
    ["https://cpo.example/v2.1.1?x=1", `Token ${TOKEN}`],
  ])("is the token as the version in %s spells it", async (url, authorization) => {
    expect(await sent(access({}, url), url)).toMatchObject({ authorization });
  });

  it("is the spelling that worked the last time, whatever the version", async () => {
    const remembered = access({ remembered: "plain" });
    remembered.speaks("2.2.1");
    expect(await sent(remembered)).toMatchObject({ authorization: `Token ${TOKEN}` });
  });

  it("is the other spelling after a 401, and stays so", async () => {
    const tried = access();
    expect(await tried.request(HOME).refused?.()).toBe(true);
    tried.speaks("2.2.1");
    expect(await sent(tried)).toMatchObject({ authorization: `Token ${TOKEN}` });
    expect(tried.encoding).toBe("plain");
  });

  it.each(["plain", "base64"] as const)("is only %s where that was asked for", async (encoding) => {
    const fixed = access({ encoding });
    fixed.speaks(encoding === "plain" ? "2.2.1" : "2.1.1");
    expect(await fixed.request(HOME).refused?.()).toBe(false);
    expect(await sent(fixed)).toMatchObject({
      authorization: `Token ${encoding === "plain" ? TOKEN : ENCODED}`,
    });
  });

  it("is what hosts of open data want", async () => {
    const basic = access({ scheme: "basic", secret: new Secret("user:password") });
    expect(await sent(basic)).toMatchObject({ authorization: "Basic dXNlcjpwYXNzd29yZA==" });
    expect(await sent(access({ scheme: "bearer" }))).toMatchObject({ authorization: `Bearer ${TOKEN}` });
    expect(await sent(access({ scheme: "none" }))).not.toHaveProperty("authorization");
    const keyed = access({ scheme: "none", headers: new Map([["X-API-Key", new Secret("key-of-tests")]]) });
    expect(await sent(keyed)).toMatchObject({ "x-api-key": "key-of-tests" });
  });

  it("is nothing where the address must not know it, and a 401 from there changes nothing", async () => {
    const keyed = access({ headers: new Map([["X-API-Key", new Secret("key-of-tests")]]) });
    const elsewhere = "https://files.example/page2";
    expect(JSON.stringify(await sent(keyed, elsewhere))).not.toMatch(/tok-en|key-of|authorization/i);
    expect(await keyed.request(elsewhere).refused?.()).toBe(false);
  });
});

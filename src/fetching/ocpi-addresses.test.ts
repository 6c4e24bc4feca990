import { describe, expect, it } from "vitest";
import { OcpiAddresses } from "./ocpi-addresses.js";

const HOME = "https://cpo.example/ocpi/versions";

describe("the addresses a server gives", () => {
  it("are asked over https where they are on our host and say http", () => {
    const addresses = new OcpiAddresses("https://cpo.example:8443/ocpi/versions");
    const from = "https://cpo.example:8443/ocpi/versions";
    expect(addresses.followed("http://cpo.example/l?offset=50", from)).toBe(
      "https://cpo.example:8443/l?offset=50",
    );
    expect(addresses.followed("http://cpo.example:8080/l", from)).toBe("https://cpo.example:8443/l");
  });

  it("are not followed from https to http elsewhere, nor to what is no web address", () => {
    const addresses = new OcpiAddresses(HOME);
    expect(() => addresses.followed("http://other.example/l", HOME)).toThrow(/from https to http/);
    expect(() => addresses.followed("file:///etc/passwd", HOME)).toThrow(/address that is none/);
    expect(() => addresses.followed("http://", HOME)).toThrow(/address that is none/);
  });

  it("know the secrets only where the user or, over https, discovery named them", () => {
    const addresses = new OcpiAddresses(HOME);
    expect(addresses.mayKnowSecrets("https://cpo.example/other")).toBe(true);
    expect(addresses.mayKnowSecrets("http://cpo.example/other")).toBe(false);
    expect(addresses.mayKnowSecrets("https://cpo.example:444/")).toBe(false);
    const page = addresses.followed("https://files.example/page2", HOME);
    expect(addresses.mayKnowSecrets(page)).toBe(false);
    addresses.discovered("https://elsewhere.example/2.2.1", page);
    expect(addresses.mayKnowSecrets("https://elsewhere.example/2.2.1")).toBe(false);
    addresses.discovered("https://api.example/2.2.1", HOME);
    expect(addresses.mayKnowSecrets("https://api.example/2.2.1/locations")).toBe(true);
  });

  it("of a server spoken to over http give secrets to that origin alone", () => {
    const addresses = new OcpiAddresses("http://cpo.example/versions");
    addresses.discovered("http://api.example/2.2.1", "http://cpo.example/versions");
    addresses.discovered("https://api.example/2.2.1", "http://cpo.example/versions");
    expect(addresses.mayKnowSecrets("http://cpo.example/2.2.1")).toBe(true);
    expect(addresses.mayKnowSecrets("http://api.example/2.2.1")).toBe(false);
    expect(addresses.mayKnowSecrets("https://api.example/2.2.1")).toBe(false);
  });
});

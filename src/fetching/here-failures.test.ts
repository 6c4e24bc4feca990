/** Refusals in plain sentences: HERE's documented bodies, and what to do about each. */
import { describe, expect, it } from "vitest";
import { lookupFailure, tokenFailure } from "./here-failures.js";
import { HttpError } from "./http-error.js";

const FIELDS = ["address", "evses"];

function told(status: number, body: unknown, fields = FIELDS, auth: "key" | "token" = "key"): string {
  const bodyText = typeof body === "string" ? body : JSON.stringify(body);
  const url = "https://evcp.hereapi.com/v3/locations?apiKey=abcdef&ids=x";
  const failure = lookupFailure(new HttpError({ status, url, bodyText }), auth, fields);
  expect(failure.exitCode).toBe(3);
  expect(failure.message).not.toContain("abcdef");
  return failure.message;
}

describe("a refusal", () => {
  it("of the request quotes cause, action and correlationId", () => {
    const message = told(400, {
      title: "Bad Request",
      status: 400,
      code: "E629400",
      cause: "querystring/fields/2 must be equal to one of the allowed values",
      action: "Ensure that the request is according to API schema",
      correlationId: "4199533b",
    });
    expect(message).toContain("HERE does not understand the request");
    expect(message).toContain("querystring/fields/2 must be equal to one of the allowed values");
    expect(message).toContain(
      "Ensure that the request is according to API schema (E629400, correlationId 4199533b)",
    );
    expect(message).toContain("Check the names in --fields");
  });

  it("of the key or of the token says which", () => {
    const body = { error: "Unauthorized", error_description: "No credentials found" };
    expect(told(401, body)).toMatch(/API key.*No credentials found.*revoked/s);
    expect(told(401, body, FIELDS, "token")).toMatch(/the token, not even a new one/);
  });

  it("of fields that need a contract names them", () => {
    const body = {
      error: "Predictions requested without required authorization",
      error_description: "Get authorization for predictions usage or make request without predictions",
      status: 403,
    };
    expect(told(403, body, ["evses", "predictions", "address"])).toMatch(
      /predictions of --fields needs one .*Get authorization for predictions usage/s,
    );
    expect(told(403, body, ["truckRestrictions", "reliability"])).toContain(
      "truckRestrictions, reliability of --fields need one",
    );
    expect(told(403, body)).toContain("Ask HERE to enable EV Charge Points v3");
  });

  it.each([
    [404, "Check --base-url"],
    [429, "--rate"],
    [500, "Run it again later"],
    [503, "Run it again later"],
  ])("by status %i says what to do", (status, advice) => {
    expect(told(status, "")).toContain(advice);
  });

  it("by a status of no meaning, or with a body of any kind, is told all the same", () => {
    expect(told(418, "<html>teapot</html>")).toContain("418");
    for (const body of ["[]", "null", "7", '{"cause":7}', "{", '"x"', '{"error":{"code":1}}'])
      expect(told(400, body)).toContain("HERE does not understand the request");
  });

  it("is told in one line, whatever it says", () => {
    expect(told(500, { cause: "a\n::error::b", action: "c\r\nd" })).toContain("a ::error::b. c d. Run");
  });

  it("says how long HERE asks to be left alone", () => {
    const error = new HttpError(
      { status: 429, url: "https://a.example/", bodyText: "" },
      "leave me for 3 hours",
    );
    expect(lookupFailure(error, "key", FIELDS).message).toContain("answered 429; leave me for 3 hours)");
    expect(tokenFailure(error, 0).message).toContain("answered 429; leave me for 3 hours)");
  });

  it("ends each sentence once", () => {
    const message = told(500, { cause: "It failed.", action: "Retry." });
    expect(message).toContain("It says: It failed. Retry. Run it again later");
    expect(told(405, { title: "No" })).toContain("is it the right one? It says: No");
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secret } from "../runs/secret.js";
import { readHereAnswer } from "./here-answer.js";
import { recordLine } from "./here-record-lines.js";
import { contentId, recordOnOneLine, recordText } from "./here-server.test-support.js";

describe("an answer", () => {
  it("gives each record as it was sent, on one line", () => {
    const { items, missing } = readHereAnswer(
      `{"items":[${recordText("a")},\n${recordText("b")}],"missingItems":["here:evcp:charginglocation:${contentId(1)}"]}`,
    );
    expect(items).toEqual([
      { key: "a", json: recordOnOneLine("a") },
      { key: "b", json: recordOnOneLine("b") },
    ]);
    expect(missing).toEqual([contentId(1)]);
  });

  it("may call the missing ids as the documentation's prose does, or list objects", () => {
    expect(readHereAnswer('{"missing":["x"],"items":[]}').missing).toEqual(["x"]);
    expect(readHereAnswer('{"missingItems":[{"id":"x"},7],"items":[]}').missing).toEqual(["x"]);
  });

  it("keeps numbers that a double cannot hold", () => {
    const record = '{"id":"x","n":[12345678901234567890,1e400,0.10,-0,1E+2]}';
    expect(readHereAnswer(`{"items":[${record}]}`).items[0]?.json).toBe(record);
  });

  it("may hold anything in its records, lists of items among them", () => {
    const record = '{"id":"x","items":[{"id":"y"},{"id":"z"}],"more":{"items":[1,2]}}';
    expect(readHereAnswer(`{"total":{"items":2},"items":[${record}]}`).items).toEqual([
      { key: "x", json: record },
    ]);
  });

  it("has records without an id, which are nobody's", () => {
    const { items } = readHereAnswer('{"items":[{"id":7},null,{"name":"x"}]}');
    expect(items.map(({ key }) => key)).toEqual([undefined, undefined, undefined]);
  });

  it("that is cut short is asked for again, one that is something else is not", () => {
    expect(() => readHereAnswer('{"items":[{"id":"x"}')).toThrow(/not whole JSON/);
    expect(() => readHereAnswer("")).toThrow(/the answer is empty/);
    expect(() => readHereAnswer("<html>Sign in</html>")).toThrow(/a page \(HTML or XML\)/);
    expect(() => readHereAnswer('{"id":"x"}')).toThrow(/no `items`/);
  });

  it("that is quoted gives no secret away, nor the half of one where the quotation ends", () => {
    const secret = new Secret("a-key-that-an-answer-repeats");
    for (let before = 150; before < 200; before += 1) {
      const text = `{"error":"${"x".repeat(before)}${secret.reveal()}"}`;
      expect(() => readHereAnswer(text)).toThrow(/^(?!.*a-key).*no `items`/);
    }
    expect(() => readHereAnswer('{"access_token":"nobody-knows-it-yet"}')).toThrow(/^(?!.*nobody).*\*\*\*/);
  });
});

describe("a record's line", () => {
  it("is the record with the time of its retrieval as last member", () => {
    const at = new Date("2026-11-21T18:00:00.987Z");
    expect(recordLine('{"id":"x" }', at)).toBe('{"id":"x","retrieved_at":"2026-11-21T18:00:00Z"}\n');
    expect(recordLine("{ }", at)).toBe('{"retrieved_at":"2026-11-21T18:00:00Z"}\n');
  });

  it("is the same value and one line, whatever the record and however it is printed", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom("", "  ", "\t"),
        (rest, indent) => {
          const record = { ...rest, id: "x" };
          const answer = JSON.stringify({ items: [record] }, null, indent);
          const json = readHereAnswer(answer.replaceAll("\n", "\r\n")).items[0]?.json ?? "";
          const line = recordLine(json, new Date(0));
          expect(line.indexOf("\n")).toBe(line.length - 1);
          expect(JSON.parse(line)).toEqual({
            ...JSON.parse(JSON.stringify(record)),
            retrieved_at: "1970-01-01T00:00:00Z",
          });
        },
      ),
    );
  });
});

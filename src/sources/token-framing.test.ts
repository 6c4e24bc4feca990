import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { documentBatches } from "./document-framing.js";
import { EnvelopeMembers } from "./envelope.js";
import {
  chunkSizes,
  chunked,
  framed,
  framedValues,
  indent,
  jsonValue,
  recordValue,
  thrownBy,
} from "./framing.test-support.js";
import { InputError } from "../input-error.js";
import { tokenBatches } from "./token-framing.js";

interface Framing {
  readonly sizes?: readonly number[];
  readonly anyList?: boolean;
  readonly members?: EnvelopeMembers;
}

function byTokens(
  text: string,
  { sizes = [], anyList = false, members = new EnvelopeMembers() }: Framing = {},
) {
  return tokenBatches(chunked(text, sizes), { file: "feed.json", members, anyList });
}

/** Documents of every shape, envelopes included, whose keys are those both framings look at. */
const document: fc.Arbitrary<unknown> = fc.letrec<{ envelope: unknown }>((tie) => ({
  envelope: fc.dictionary(
    fc.constantFrom("data", "Data", "items", "response", "locations", "status_code", "name", "address", "x"),
    fc.oneof({ maxDepth: 3 }, jsonValue, fc.array(recordValue, { maxLength: 3 }), tie("envelope")),
    { maxKeys: 4 },
  ),
})).envelope;
const feed = fc.array(fc.oneof(document, recordValue, fc.array(jsonValue)), { maxLength: 4 });

describe("the token reader", () => {
  test("finds the same records and the same facts as the byte reader, in any feed", async () => {
    await fc.assert(
      fc.asyncProperty(feed, indent, chunkSizes, async (documents, space, sizes) => {
        const text = documents.map((value) => JSON.stringify(value, null, space)).join("\n");
        const facts = new EnvelopeMembers();
        const tokenFacts = new EnvelopeMembers();
        const bytes = documentBatches(chunked(text, sizes), {
          file: "",
          maxRecordBytes: 1 << 24,
          members: facts,
        });
        const expected = await framedValues(bytes);
        expect(await framedValues(byTokens(text, { sizes, members: tokenFacts }))).toEqual(expected);
        expect(new Map(tokenFacts.members)).toEqual(new Map(facts.members));
      }),
      { numRuns: 1000 },
    );
  });

  test("reads records of any size", async () => {
    const record = { coordinates: "x".repeat(3_000_000) };
    expect(await framedValues(byTokens(JSON.stringify([record, 1]), { sizes: [65_536] }))).toEqual([
      record,
      1,
    ]);
  });

  test("takes the first list of objects at any depth when told to", async () => {
    const text = '{"meta":{"tags":["a"]},"feed":{"v":1,"stations":[{"a":1},{"a":2}]},"other":[{"b":1}]}';
    expect(await framedValues(byTokens(text, { anyList: true }))).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await framedValues(byTokens(text))).toEqual([JSON.parse(text)]);
  });

  test("__proto__ is a key like any other", async () => {
    expect((await framed(byTokens('[{"__proto__":{"a":1}}]'))).map(({ text }) => text)).toEqual([
      '{"__proto__":{"a":1}}',
    ]);
  });

  test("cut off at any byte is an InputError", async () => {
    const text = '{"status_code":1000,"data":[{"a":[1,"x"]},null]}';
    for (let length = 1; length < text.length; length++) {
      expect(await thrownBy(() => framed(byTokens(text.slice(0, length))))).toBeInstanceOf(InputError);
    }
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../osm/xml.test-support.js";
import { LICENSED } from "./emitted.test-support.js";
import { newNodeIds } from "./loadable-edits.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import { PROPOSAL_FORM_NAMES } from "./proposal-form.js";
import { proposalForm } from "./proposal-forms.js";
import { ProposalLineError, parseProposalLine, proposalLine, proposalsNdjson } from "./proposal-line.js";
import { proposalJsonSchema } from "./proposal-schema.js";
import {
  CREATE,
  MODIFY,
  NODE,
  RELATION,
  REVIEW,
  WAY,
  WAY_NODES,
  fileText,
  proposalWith,
} from "./proposal.test-support.js";

const parse = (line: string) => parseProposalLine(line, "proposals.ndjson", 3);

describe("proposals.ndjson", () => {
  it("is the published shape, to the byte", () => {
    expect(proposalLine(MODIFY)).toBe(
      '{"proposal":"modify/LT*IGN*42","change":"modify","reason":"tags-differ",' +
        '"location":{"key":"LT*IGN*42","country_code":"LT","party_id":"IGN","id":"42","lat":54.6872,"lon":25.2701,' +
        '"country":"LT","operator":"Ignitis ON","last_updated":"2026-01-01T00:00:00Z"},' +
        '"target":{"type":"node","id":123,"version":4,"timestamp":"2025-01-02T03:04:05Z","changeset":99,"uid":7,' +
        '"user":"a mapper","lat":54.6871555,"lon":25.27,' +
        '"tags":{"amenity":"charging_station","capacity":"2","note":"kept as it is"}},' +
        '"match":{"method":"ref","osm":"n123","score":0.98765,"distance_m":8.1234,' +
        '"parts":[{"name":"ref","value":0.9,"detail":"the same id"}]},"candidates":[],' +
        '"tags":[{"key":"capacity","class":"A","old":"2","base":"2","new":"4","rule":"T5.1","reason":"feed-changed",' +
        '"sources":[{"pointer":"/evses","value":[1,{"a":null}]}]},' +
        '{"key":"socket:type2","class":"A","old":null,"base":null,"new":"4","rule":"T3.1","reason":"absent","sources":[]}],' +
        '"charge_points":[],"notes":[{"code":"format-missing","detail":"IEC_62196_T2"}],' +
        '"source":{"file":"feeds/example.json","record":3}}\n',
    );
  });

  it.each([
    ["a modified way with its nodes", { ...MODIFY, target: WAY, wayNodes: WAY_NODES }],
    ["a modified relation", { ...MODIFY, target: RELATION }],
    ["a create with a charge point", CREATE],
    ["an unsettled match", REVIEW],
    ["a closing of what is gone from the feed", { ...MODIFY, change: "close" as const, source: undefined }],
  ])("gives back %s", (_, proposal) => {
    expect(parse(proposalLine(proposal))).toEqual(proposal);
  });

  it("gives every proposal back, whatever stands in it", () => {
    fc.assert(
      fc.property(anyProposals, (proposals) => {
        for (const proposal of proposals) {
          const line = proposalLine(proposal);
          expect(line).toMatch(/^[^\n\r\u0085\u2028\u2029]+\n$/);
          expect(parse(Buffer.from(line).toString())).toEqual(proposal);
        }
      }),
    );
  });

  it("is all that the other files are made from", async () => {
    const forms = await Promise.all(PROPOSAL_FORM_NAMES.map(proposalForm));
    fc.assert(
      fc.property(anyProposals, (proposals) => {
        const parsed = proposals.map((proposal) => parse(proposalLine(proposal)));
        expect(newNodeIds(parsed)).toEqual(newNodeIds(proposals));
        for (const form of forms) expect(fileText(form, parsed)).toBe(fileText(form, proposals));
      }),
      { numRuns: 50 },
    );
  });

  it.each(HOSTILE_TEXTS)("keeps %j as it is", (text) => {
    expect(parse(fileText(proposalsNdjson, [proposalWith(text)], LICENSED))).toEqual(proposalWith(text));
  });

  it("leaves out a target's outlines, which can be large and which no file shows", () => {
    const outlined = { ...MODIFY, target: { ...NODE, outlines: [[{ lat: 1, lon: 2 }]] } };
    expect(proposalLine(outlined)).toBe(proposalLine(MODIFY));
  });

  it("ignores members that a later version may add", () => {
    const line = JSON.stringify({ ...JSON.parse(proposalLine(MODIFY)), added_later: 1 });
    expect(parse(line)).toEqual(MODIFY);
  });

  it.each([
    ["{", "proposals.ndjson, line 3: not JSON"],
    ["[]", "proposals.ndjson, line 3: "],
    [proposalLine(MODIFY).replace('"feed-changed"', '"toString"'), "line 3: tags.0.reason: "],
    [proposalLine(MODIFY).replace('"lat":54.6872', '"lat":95'), "line 3: location.lat: "],
    [proposalLine(MODIFY).replace('"version":4', '"version":0'), "line 3: target.version: "],
    [proposalLine(MODIFY).replace('"country":"LT"', '"country":"../x"'), "line 3: location.country: "],
    [proposalLine(MODIFY).replace('"capacity":"2"', '"capacity":2'), "line 3: target.tags: "],
  ])("refuses %s, by its place", (line, message) => {
    expect(() => parse(line)).toThrow(ProposalLineError);
    expect(() => parse(line)).toThrow(message);
  });

  it("has a JSON Schema", () => {
    const schema = proposalJsonSchema();
    expect(schema.required).toEqual([
      "proposal",
      "change",
      "reason",
      "location",
      "candidates",
      "tags",
      "charge_points",
      "notes",
    ]);
    expect(JSON.stringify(schema)).toContain('"feed-changed"');
  });
});

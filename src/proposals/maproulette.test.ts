/** maproulette.ndjson, read as MapRoulette reads it: line by line, the change file decoded. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Proposal } from "../merging/proposal.js";
import { itWithOsmium, osmium } from "../osm/osmium.test-support.js";
import { HOSTILE_TEXTS, readXml } from "../osm/xml.test-support.js";
import { changesOsc } from "./changes-osc.js";
import { LICENSED } from "./emitted.test-support.js";
import { maproulette } from "./maproulette.js";
import { codeSpan } from "./maproulette-text.js";
import { anyProposals } from "./proposal-arbitrary.test-support.js";
import {
  CREATE,
  MODIFY,
  RELATION,
  REVIEW,
  WAY,
  WAY_NODES,
  fileText,
  proposalWith,
} from "./proposal.test-support.js";
import { elementsWithTags } from "./written-edits.test-support.js";

interface Task {
  readonly features: readonly {
    readonly id: string;
    readonly geometry: { readonly type: string; readonly coordinates: readonly number[] };
    readonly properties: Readonly<Record<string, string>>;
  }[];
  readonly cooperativeWork: { readonly meta: unknown; readonly file: Readonly<Record<string, string>> };
}

function tasksOf(proposals: readonly Proposal[]): Task[] {
  const lines = fileText(maproulette, proposals).split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line): Task => {
    expect(line.startsWith("\u001e{")).toBe(true);
    return JSON.parse(line.slice(1));
  });
}

const changeOf = ({ cooperativeWork }: Task): string =>
  Buffer.from(cooperativeWork.file["content"] ?? "", "base64").toString("utf8");
const instructionOf = (proposal: Proposal): string =>
  tasksOf([proposal])[0]?.features[0]?.properties["instruction"] ?? "";

const ON_WAY: Proposal = { ...MODIFY, id: "modify/LT*IGN*43", target: WAY, wayNodes: WAY_NODES };
const ON_RELATION: Proposal = { ...MODIFY, id: "modify/LT*IGN*44", target: RELATION };

describe("a task", () => {
  it("is a FeatureCollection of one point and the change file that MapRoulette hands to JOSM", () => {
    const [task] = tasksOf([MODIFY]);
    expect(task).toMatchObject({
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          id: "modify/LT*IGN*42",
          geometry: { type: "Point", coordinates: [25.27, 54.687_155_5] },
          properties: {
            "@id": "node/123",
            proposal: MODIFY.id,
            tags_old: "capacity=2",
            osm_url: expect.any(String),
          },
        },
      ],
      cooperativeWork: {
        meta: { version: 2, type: 2 },
        file: { type: "xml", format: "osc", encoding: "base64" },
      },
    });
    expect(changeOf(task!)).toBe(fileText(changesOsc, [MODIFY]));
  });

  it("has one name in every run, which no reader takes for the id of an element", () => {
    const ids = tasksOf([MODIFY, CREATE, ON_WAY]).map(({ features: [feature] }) => feature?.id ?? "");
    expect(ids).toEqual([MODIFY.id, CREATE.id, ON_WAY.id]);
    for (const id of ids) expect(id).not.toMatch(/^(node|way|relation|n|r|w)?\/?\d+$/);
  });

  it("of a new station makes it with its charge points, and names no element", () => {
    const [task] = tasksOf([CREATE]);
    expect(task?.features[0]?.properties).not.toHaveProperty("@id");
    expect(elementsWithTags(changeOf(task!)).map(({ element }) => element.attributes["id"])).toEqual([
      "-1",
      "-2",
    ]);
  });

  it("of a way or relation has all of its nodes or members", () => {
    const [way, relation] = tasksOf([ON_WAY, ON_RELATION]).map((task) => readXml(changeOf(task)));
    expect(way?.filter(({ name }) => name === "nd").map(({ attributes }) => attributes["ref"])).toEqual([
      "31",
      "32",
      "33",
      "31",
    ]);
    expect(relation?.filter(({ name }) => name === "member")).toHaveLength(2);
  });

  it("holds everything that changes one element: the second upload would be refused", () => {
    const second: Proposal = {
      ...MODIFY,
      id: "relink/LT*IGN*42",
      change: "relink",
      tags: [{ ...MODIFY.tags[1]!, key: "ref" }],
    };
    const tasks = tasksOf([MODIFY, second]);
    expect(tasks.map(({ features }) => features[0]?.properties["proposal"])).toEqual([
      `${MODIFY.id} ${second.id}`,
    ]);
    expect(changeOf(tasks[0]!)).toContain('k="ref"');
  });

  it("is made only of edits: what has to be decided first is not for MapRoulette", () => {
    const review: Proposal = { ...MODIFY, id: "review/LT*IGN*42", change: "review" };
    const withheld: Proposal = { ...MODIFY, withheld: "no-version" };
    expect(tasksOf([REVIEW, review, withheld, { ...MODIFY, change: "close" }])).toEqual([]);
  });

  it("tells a mapper in words what is asked and why", () => {
    const text = instructionOf(MODIFY);
    expect(text).toContain("- `capacity`: `2` → `4` (the feed's value changed since the last import");
    expect(text).toContain("- `socket:type2`: (none) → `4`");
    expect(text).toContain("(https://www.openstreetmap.org/node/123/history)");
    expect(instructionOf(CREATE)).toContain("- `amenity` = `charging_station`");
  });
});

describe("values of feeds in the instructions", () => {
  it.each([
    ...HOSTILE_TEXTS,
    "`",
    "``a`",
    "[x](javascript:alert(1))",
    "{{location_id}}",
    "$& $1",
    '[select "a" name="b"]',
  ])("%j is text in a code span and nothing else", (text) => {
    const span = codeSpan(text);
    expect(span).not.toMatch(/[\n\r]|\[[a-z]|\{\{|\$[&\d$]/i);
    const [, fence = "", inner = ""] = /^(`+)([\s\S]*)\1$/.exec(span) ?? [];
    const runs = (inner.match(/`+/g) ?? []).map(({ length }) => length);
    expect([span === "–" || fence !== "", runs.includes(fence.length)]).toEqual([true, false]);
    expect(
      instructionOf(proposalWith(text))
        .split("\n")
        .filter((line) => /^ {0,3}(#|>|\d+[.)] |\* )/.test(line)),
    ).toHaveLength(1);
  });
});

itWithOsmium("every change file is one that osmium reads, whatever stands in the proposals", async () => {
  await fc.assert(
    fc.property(anyProposals, (proposals) => {
      const changes = tasksOf(proposals).map(changeOf);
      for (const change of changes.slice(0, 2))
        expect(osmium(change, "fileinfo", "-e", "-F", "osc")).toContain("Number of");
    }),
    { numRuns: 15 },
  );
  for (const task of tasksOf([MODIFY, CREATE, ON_WAY, ON_RELATION]))
    osmium(changeOf(task), "fileinfo", "-e", "-F", "osc");
});

it("is refused without a licence (D9)", () => {
  expect(() => fileText(maproulette, [MODIFY], { ...LICENSED, licensed: false })).toThrow(/no licence/);
});

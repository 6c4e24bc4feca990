import { describe, expect, test } from "vitest";
import { type DiffReport, diffReportJsonSchema, diffReportSchema } from "./diff-report.js";
import { summaryMarkdown } from "./summary-markdown.js";

const SHA = "0123456789abcdef".repeat(4);
const NONE = { create: 0, modify: 0, relink: 0, review: 0, conflict: 0, close: 0 };

const REPORT: DiffReport = {
  diff_report: 1,
  tool: { name: "ocpi2osm", version: "0.1.0" },
  config_hash: SHA,
  settings: {},
  as_of: "2026-03-01",
  source: "Example",
  licence: { licensed: true, id: "ODbL-1.0", url: "https://example.org/odbl" },
  inputs: [{ name: "feed.json", format: "OCPI 2.2.1", sha256: SHA, bytes: 10, records: 1500 }],
  osm: [
    {
      name: "lt.osm.pbf",
      format: "PBF",
      sha256: SHA,
      bytes: 10,
      objects: { nodes: 900, ways: 20, relations: 1 },
      timestamp: "2026-02-28T20:00:00Z",
      versions: true,
      unplaced: 0,
    },
  ],
  state: { file: "state.ndjson", sha256: SHA, entries: 1400 },
  counts: {
    records: { read: 1500, emitted: 1490, skipped: { planned: 10 }, rejected: {} },
    locations: { matched: 1200, review: 40, new: 200, closed: 0, skipped: 50 },
    proposals: { create: 200, modify: 1100, relink: 3, review: 40, conflict: 2, close: 1 },
    tags: [{ class: "A", change: "modify", reason: "absent", meaning: "OSM has no value", count: 1234 }],
    by_country: [{ country: "LT", proposals: { ...NONE, create: 200 } }],
    by_operator: [
      { operator: "A", proposals: { ...NONE, create: 5 } },
      { proposals: { ...NONE, modify: 7 } },
    ],
    withheld: [{ reason: "no-version", meaning: "no version", count: 4 }],
  },
  notes: {},
  listed: [],
  disappearance: { known: 1400, vanished: 14, share: 0.01, limit: 0.05, patience: 3, crossed: false },
  outputs: [],
  run: {
    started: "2026-03-01T00:00:00.000Z",
    finished: "2026-03-01T00:00:01.000Z",
    seconds: 1,
    workers: 0,
    node: "v20.20.2",
    platform: "linux-x64",
  },
};

const withCounts = (counts: Partial<DiffReport["counts"]>): DiffReport => ({
  ...REPORT,
  counts: { ...REPORT.counts, ...counts },
});

describe("diff's report.json", () => {
  test("is what its schema says, and the schema is a JSON Schema", () => {
    expect(diffReportSchema.parse(JSON.parse(JSON.stringify(REPORT)))).toEqual(REPORT);
    expect(diffReportJsonSchema()).toMatchObject({ properties: { diff_report: { const: 1 } } });
  });

  test("refuses a fingerprint that is none and a share beyond all", () => {
    expect(diffReportSchema.safeParse({ ...REPORT, config_hash: "abc" }).success).toBe(false);
    const disappearance = { ...REPORT.disappearance, share: 1.1 };
    expect(diffReportSchema.safeParse({ ...REPORT, disappearance }).success).toBe(false);
  });
});

describe("the summary of a diff", () => {
  test("begins with what it is about, what was found and what may be done with it", () => {
    expect(summaryMarkdown(REPORT).split("\n").slice(0, 7)).toEqual([
      "# Example compared with OpenStreetMap",
      "",
      "**1,346 proposals** from 1,490 Locations as of 2026-03-01: 1,303 edits, 42 to decide, 1 to look at on the ground.",
      "",
      "Licence: ODbL-1.0 (https\\://example.org/odbl).",
      "",
      "14 of 1,400 known Locations vanished from the feed (1 %, limit 5 %); their closing is proposed once they have been missing for 3 runs.",
    ]);
  });

  test("has tables by change, verdict, outcome, country and operator, the largest first", () => {
    const text = summaryMarkdown(REPORT);
    for (const row of [
      "| create | 200 | stations OSM does not have |",
      "| matched | 1,200 |",
      "| A | modify | 1,234 | OSM has no value |",
      "| 4 | no version |",
      "| LT | 200 |  |  |  |  |  |",
      "| (not stated) |  | 7 |  |  |  |  |\n| A | 5 |  |  |  |  |  |",
      "- lt.osm.pbf: PBF, 921 charging objects, 2026-02-28T20\\:00\\:00Z, SHA-256 `0123456789ab`",
    ])
      expect(text).toContain(row);
  });

  test("stays a page: twenty operators, and the others in one row", () => {
    const by_operator = Array.from({ length: 500 }, (_, index) => ({
      operator: `operator ${index}`,
      proposals: { ...NONE, modify: index },
    }));
    const text = summaryMarkdown(withCounts({ by_operator }));
    expect(text).toContain("| operator 480 |");
    expect(text).not.toContain("| operator 479 |");
    expect(text).toContain(`| 480 others |  | ${((479 * 480) / 2).toLocaleString("en")} |`);
    expect(text.split("\n").length).toBeLessThan(90);
  });

  test("says without a licence that nothing may be copied, and how to record one (D9)", () => {
    const text = summaryMarkdown({ ...REPORT, licence: { licensed: false } });
    expect(text).toContain("**Compare only: survey before you map.**");
    expect(text).toContain("record its licence in the source profile");
    expect(text).not.toContain("upload in small changesets");
  });

  test("says that nothing was published when too many vanished (D4)", () => {
    const disappearance = { known: 100, vanished: 30, share: 0.3, limit: 0.05, patience: 3, crossed: true };
    const text = summaryMarkdown({ ...REPORT, disappearance });
    expect(text).toContain(
      "**Nothing was published:** 30 of 100 known Locations vanished from the feed (30 %",
    );
    expect(text).not.toMatch(/open `(?:changes\.osm|review\.html)`/i);
  });

  test("names the page to review them on first of what to do next", () => {
    const [first] = summaryMarkdown(REPORT).split("What to do next\n\n")[1]?.split("\n") ?? [];
    expect(first).toMatch(/^- Open `review\.html` in a browser/);
  });

  test("says that there is nothing to do when there is not", () => {
    expect(summaryMarkdown(withCounts({ proposals: NONE }))).toContain(
      "- Nothing: OSM has all that the feed says.",
    );
  });

  test("shows names from feeds as text", () => {
    const operator = "| [x](javascript:1) <b>*bold*</b> `code` @octocat #1\n# www.example.org";
    const lines = summaryMarkdown(withCounts({ by_operator: [{ operator, proposals: NONE }] })).split("\n");
    const row = lines.find((line) => line.includes("javascript"));
    expect(row).toBe(
      "| \\| \\[x\\]\\(javascript\\:1\\) &lt;b&gt;\\*bold\\*&lt;/b&gt; \\`code\\` &#64;octocat \\#1 \\# www\\.example.org |  |  |  |  |  |  |",
    );
  });
});

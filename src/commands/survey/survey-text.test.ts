import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { surveyMarkdown } from "./survey-markdown.js";
import type { Section } from "./survey-sections.js";
import { surveyText } from "./survey-text.js";

const sections: Section[] = [
  {
    title: "Connectors",
    blocks: [
      "Two of them.",
      {
        columns: ["Standard", "Connectors#"],
        rows: [
          ["CHADEMO", "12"],
          ["Ty|pe_2\n<b>\u001b[31m", "1,000"],
        ],
      },
    ],
  },
  { title: "Keys", blocks: [] },
];

/** Texts as feeds may hold them: long, without blanks, with what terminals and Markdown act on. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: fc.constantFrom("a", " ", "|", "\n", "\u001b", "`", "🔌"), maxLength: 300 }),
);
const table = fc.integer({ min: 1, max: 6 }).chain((width) =>
  fc.record({
    columns: fc.array(fc.constantFrom("Name", "Count#", "Example"), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
  }),
);
const anySections = fc.array(
  fc.record({ title: fc.constant("Title"), blocks: fc.array(fc.oneof(text, table), { maxLength: 3 }) }),
);

describe("a survey as text", () => {
  test("has headed, aligned tables", () => {
    expect(surveyText(sections)).toBe(
      [
        "Connectors",
        "  Two of them.",
        "",
        "  Standard               Connectors",
        "  CHADEMO                        12",
        "  Ty|pe_2 <b>\\u001b[31m       1,000",
        "",
        "Keys",
        "",
      ].join("\n"),
    );
  });

  test("fits 100 columns, whatever the feed holds, and loses no letter of it", () => {
    fc.assert(
      fc.property(anySections, (any) => {
        const lines = surveyText(any).split("\n");
        for (const line of lines) {
          expect(Array.from(line).length).toBeLessThanOrEqual(100);
          // oxlint-disable-next-line no-control-regex -- none may reach a terminal
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        }
      }),
    );
    const long = "x".repeat(5000);
    const shown = surveyText([{ title: "", blocks: [{ columns: ["A", "B"], rows: [[long, "y"]] }] }]);
    expect(shown.match(/x/g)).toHaveLength(5000);
  });
});

describe("a survey as Markdown", () => {
  test("has tables of GitHub's kind, in which nothing of the feed acts", () => {
    expect(surveyMarkdown(sections)).toBe(
      [
        "## Connectors",
        "",
        "Two of them.",
        "",
        "| Standard | Connectors |",
        "| --- | ---: |",
        "| CHADEMO | 12 |",
        String.raw`| Ty\|pe\_2 \<b\>\\u001b\[31m | 1,000 |`,
        "",
        "## Keys",
        "",
      ].join("\n"),
    );
  });

  test("keeps every table whole: a line a row, a cell a column", () => {
    fc.assert(
      fc.property(table, ({ columns, rows }) => {
        const [, , ...lines] = surveyMarkdown([{ title: "T", blocks: [{ columns, rows }] }])
          .trimEnd()
          .split("\n");
        expect(lines).toHaveLength(rows.length + 2);
        for (const line of lines) {
          const bare = line.replaceAll(/\\./g, "");
          expect(bare.split("|")).toHaveLength(columns.length + 2);
          expect(bare).not.toMatch(/[<>`[\]*_]|:\/\//);
        }
      }),
    );
  });
});

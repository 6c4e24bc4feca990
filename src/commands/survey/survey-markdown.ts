/** A survey as GitHub-flavoured Markdown, for the summary of a CI job. */
import { printable } from "../../runs/log.js";
import type { Section } from "./survey-sections.js";
import type { Table } from "./survey-tables.js";

export function surveyMarkdown(sections: readonly Section[]): string {
  const parts = sections.flatMap(({ title, blocks }) => [
    `## ${title}`,
    ...blocks.map((block) => (typeof block === "string" ? escaped(block) : tableText(block))),
  ]);
  return `${parts.join("\n\n")}\n`;
}

function tableText({ columns, rows }: Table): string {
  const heads = columns.map((column) => escaped(column.replace(/#$/, "")));
  const rules = columns.map((column) => (column.endsWith("#") ? "---:" : "---"));
  return [heads, rules, ...rows.map((row) => row.map(escaped))]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

/** Feeds hold whatever they like; none of it may act as Markdown, HTML, a link or a mention. */
function escaped(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim())
    .replace(/[\\`*_[\]<>|~$&#@!]/g, String.raw`\$&`)
    .replaceAll("://", String.raw`:\//`);
}

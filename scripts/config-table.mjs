// @ts-check
// Writes the tables of docs/unattended.md from the schema of run's config: every setting, what it may be, what it does.
// Needs a build: npm run docs does both.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { code, table } from "./markdown-table.mjs";

/**
 * As far as it is looked at here.
 *
 * @typedef {object} Schema
 * @property {string} [type]
 * @property {string} [description]
 * @property {unknown} [default]
 * @property {unknown} [const]
 * @property {readonly unknown[]} [enum]
 * @property {Schema} [items]
 * @property {readonly Schema[]} [anyOf]
 * @property {Readonly<Record<string, Schema>>} [properties]
 * @property {Schema | boolean} [additionalProperties]
 * @property {readonly string[]} [required]
 */

const PAGE = new URL("../docs/unattended.md", import.meta.url);
const START = "<!-- settings (npm run docs writes them) -->";
const END = "<!-- /settings -->";

/** A table each: its title, and the way to its settings. */
const GROUPS = [
  { title: "The file", path: [] },
  { title: "One of `sources`", path: ["sources", "[]"] },
  { title: "`feed`", path: ["sources", "[]", "feed"] },
  { title: "`feed.ocpi`", path: ["sources", "[]", "feed", "ocpi"] },
  { title: "`feed.here`", path: ["sources", "[]", "feed", "here"] },
  { title: "`thresholds`", path: ["sources", "[]", "thresholds"] },
  { title: "`hooks`, of the run and of a source", path: ["hooks"] },
  { title: "`reports`", path: ["reports"] },
];

/** What the schema leaves unsaid. */
const UNSAID = {
  $schema: "For editors",
  requestsPerSecond: "Requests that may begin in a second; without it no limit",
  reader: "`tokens`: slower, for odd envelopes and huge records",
};

/** Settings with a table of their own elsewhere: what they may be is too long for a cell. */
const KINDS = { profile: "path, or a profile" };

/**
 * @param {Schema} schema
 * @returns {string} Markdown
 * @throws {Error} for a setting of which nothing is said
 */
export function settingTables(schema) {
  return GROUPS.map(({ title, path }) => {
    const group = path.reduce(step, schema);
    const required = new Set(group.required ?? []);
    const rows = Object.entries(group.properties ?? {}).map(([name, setting]) => [
      required.has(name) ? `**${code(name)}**` : code(name),
      kindOf(name, setting),
      defaultOf(setting),
      meaningOf(name, setting),
    ]);
    return `### ${title}\n\n${table(["setting", "is", "default", "does"], rows)}`;
  }).join("\n\n");
}

/** The page with its tables as the schema has them. @param {string} page @param {Schema} schema */
export function withSettingTables(page, schema) {
  const [before, rest] = cut(page, START);
  const [, after] = cut(rest, END);
  return `${before}${START}\n\n${settingTables(schema)}\n\n${END}${after}`;
}

/** @param {string} text @param {string} mark @returns {[string, string]} */
function cut(text, mark) {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`docs/unattended.md has no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

/** @param {Schema} schema @param {string} name @returns {Schema} */
function step(schema, name) {
  const found = name === "[]" ? schema.items : schema.properties?.[name];
  if (found === undefined) throw new Error(`the config has no ${name} any more`);
  // A feed or a list of feeds: the feed.
  return found.anyOf?.find(({ properties }) => properties !== undefined) ?? found;
}

/** @param {string} name @param {Schema} schema @returns {string} */
function kindOf(name, schema) {
  return Object.hasOwn(KINDS, name)
    ? (Object.entries(KINDS).find(([of]) => of === name)?.[1] ?? "")
    : kind(schema);
}

/** @param {Schema} schema @returns {string} */
function kind(schema) {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((one) => code(JSON.stringify(one))).join(", ");
  if (schema.anyOf !== undefined) return alternatives(schema.anyOf);
  if (schema.type === "array") return `list of ${kind(schema.items ?? {})}`;
  if (schema.type === "object") return objectKind(schema);
  return schema.type === undefined ? "anything" : (TYPES.get(schema.type) ?? schema.type);
}

const TYPES = new Map([
  ["string", "text"],
  ["boolean", "true, false"],
  ["integer", "whole number"],
]);

/** @param {readonly Schema[]} schemas */
function alternatives(schemas) {
  return [...new Set(schemas.map(kind))].join(" or ");
}

/** @param {Schema} schema */
function objectKind({ properties, additionalProperties }) {
  const names = Object.keys(properties ?? {});
  if (names.length === 1 && (names[0] === "env" || names[0] === "file")) return code(`{"${names[0]}": …}`);
  return typeof additionalProperties === "object" ? `name → ${kind(additionalProperties)}` : "object";
}

/** @param {Schema} schema */
function defaultOf(schema) {
  const { default: value } = schema;
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? "" : code(JSON.stringify(value));
}

/** @param {string} name @param {Schema} schema */
function meaningOf(name, schema) {
  const said = schema.description ?? Object.entries(UNSAID).find(([of]) => of === name)?.[1];
  if (said === undefined) throw new Error(`nothing is said of the setting ${name}`);
  return said;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = resolve(process.argv[2] ?? "dist", "commands/nightly/run-config.js");
  const { runConfigJsonSchema } = await import(pathToFileURL(built).href);
  writeFileSync(PAGE, withSettingTables(readFileSync(PAGE, "utf8"), runConfigJsonSchema()));
}

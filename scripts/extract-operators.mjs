// Writes src/tagging/operator-index.generated.ts: the charging operators and brands of the Name Suggestion Index
// that carry a Wikidata id, cut down to what matching a name needs (rule T5.5). Needs the network once; the result
// is committed. The same version gives the same bytes.
//
//   node scripts/extract-operators.mjs [version]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { featuresContaining, featuresIn } from "@rapideditor/country-coder";

const DEFAULT_VERSION = "8.0.20260918";
const OUTPUT = fileURLToPath(new URL("../src/tagging/operator-index.generated.ts", import.meta.url));
const KINDS = ["operator", "brand"];

/** Areas of the index whose file name does not begin with the code of their country. */
const AREA_COUNTRY = { "aldi-sued.geojson": "de" };

/** Items of the index whose id is most likely another company's, with the reason. */
const MISTAKEN_ITEMS = {
  "RhönEnergie Fulda": "has the Wikidata id of RheinEnergie, which is another company",
};

const version = process.argv[2] ?? DEFAULT_VERSION;
const folder = mkdtempSync(join(tmpdir(), "operators-"));
try {
  const spec = `name-suggestion-index@${version}`;
  const tarball = execFileSync("npm", ["pack", spec, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
  const wanted = ["package/dist/json/nsi.min.json", "package/LICENSE.md"];
  execFileSync("tar", ["-xzf", tarball, ...wanted], { cwd: folder });
  const [index, licence] = wanted.map((path) => readFileSync(join(folder, path), "utf8"));
  const rows = extract(JSON.parse(index).nsi);
  writeFileSync(OUTPUT, moduleText(rows, licence));
  process.stderr.write(`${rows.length} rows of name-suggestion-index ${version} in ${OUTPUT}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The rows of the index, one a set of tags and countries, sorted. */
function extract(nsi) {
  const rows = [];
  for (const kind of KINDS) {
    for (const item of nsi[`${kind}s/amenity/charging_station`].items) {
      if (!(item.displayName in MISTAKEN_ITEMS)) rows.push(...rowsOf(kind, item));
    }
  }
  return [...new Set(rows.map((row) => JSON.stringify(row)))].sort();
}

/**
 * A brand's item also names the company behind it. Whoever says only the company's name has not said the brand,
 * so the company gets a row of its own, without the brand's tags.
 */
function rowsOf(kind, { displayName, tags, matchNames = [], locationSet }) {
  const countries = countriesOf(locationSet);
  const company = kind === "brand" ? namesIn(tags, ["operator"]) : [];
  const own = distinct([displayName, ...namesIn(tags, ["name", kind]), ...matchNames]);
  const strangers = company.filter(
    (name) => !own.some((known) => known.toLowerCase() === name.toLowerCase()),
  );
  const rows = [];
  if (tags[`${kind}:wikidata`]) rows.push([own, tagsOf(tags, KINDS), countries]);
  if (tags["operator:wikidata"] && strangers.length > 0) {
    rows.push([distinct(strangers), tagsOf(tags, ["operator"]), countries]);
  }
  return rows;
}

/** The values of `name`, `brand` or `operator`, and of `brand:en` and the like. */
function namesIn(tags, keys) {
  return Object.keys(tags)
    .filter((key) => keys.includes(key.replace(/:[a-z]{2}$/, "")))
    .map((key) => tags[key]);
}

function tagsOf(tags, kinds) {
  return kinds
    .flatMap((kind) => [kind, `${kind}:wikidata`])
    .filter((key) => key in tags)
    .sort()
    .map((key) => [key, tags[key]]);
}

/** The spellings that differ in more than capitals, sorted. */
function distinct(names) {
  const bySpelling = new Map(names.toReversed().map((name) => [name.toLowerCase(), name]));
  return [...bySpelling.values()].sort();
}

/** `world`, `world -NO` (everywhere but Norway), or the countries: `AT DE`. */
function countriesOf({ include, exclude = [] }) {
  // A part of a country cannot be left out of it here: two names in one country are then ambiguous, which is safe.
  const excluded = new Set(exclude.filter((area) => !isPart(area)).flatMap(countriesIn));
  if (include.includes("001")) return ["world", ...[...excluded].sort().map((code) => `-${code}`)].join(" ");
  const included = new Set(include.flatMap(countriesIn));
  return [...included]
    .filter((code) => !excluded.has(code))
    .sort()
    .join(" ");
}

/** The ISO alpha-2 codes of an ISO or M49 code, of an area (widened to its country) or of a point [lon, lat]. */
function countriesIn(area) {
  const codes = placesOf(area).map(({ properties }) =>
    properties.isoStatus === "official" || properties.iso1A2 === "XK"
      ? properties.iso1A2
      : properties.country,
  );
  const known = codes.filter((code) => code !== undefined);
  if (known.length === 0)
    throw new Error(`No country for the area ${JSON.stringify(area)}: add it to AREA_COUNTRY`);
  return known;
}

function placesOf(area) {
  if (Array.isArray(area)) return featuresContaining(area.slice(0, 2)).slice(0, 1);
  return featuresIn(isPart(area) ? countryOfArea(area) : area);
}

function isPart(area) {
  return typeof area === "string" && area.endsWith(".geojson");
}

function countryOfArea(area) {
  return AREA_COUNTRY[area] ?? /^([a-z]{2})-/.exec(area)?.[1] ?? area;
}

function moduleText(rows, licence) {
  return `/*!
 * Extracted from the Name Suggestion Index (npm name-suggestion-index ${version}, https://nsi.guide): charging
 * operators and brands that carry a Wikidata id. Written by scripts/extract-operators.mjs; do not edit.
 *
${licence
  .trim()
  .split("\n")
  .map((line) => ` * ${line}`.trimEnd())
  .join("\n")}
 */

/** The version of the Name Suggestion Index the rows come from. */
export const OPERATOR_INDEX_VERSION = ${JSON.stringify(version)};

/**
 * One operator or brand: the names it goes by; the tags to write, sorted by key; and where it does business:
 * ISO alpha-2 codes (\`"AT DE"\`), \`"world"\`, or the world but for some countries (\`"world -NO"\`).
 */
export type OperatorRow = readonly [
  names: readonly string[],
  tags: readonly (readonly [key: string, value: string])[],
  countries: string,
];

export const OPERATOR_ROWS: readonly OperatorRow[] = [
${rows.map((row) => `  ${row},`).join("\n")}
];
`;
}

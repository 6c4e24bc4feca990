// `npm run demo`: converts the bundled feed into output/ in the three forms people open, compares it with a bundled bit
// of OSM, and says what it made.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

const FEED = "fixtures/demo.json";
const FORMS = [
  ["output/demo.osm", "for JOSM and osmium"],
  ["output/demo.csv", "one row a tag, for a spreadsheet"],
  ["output/demo.geojson", "for geojson.io, QGIS and other maps"],
];
const DIFF = "output/demo-diff";
const STATE = "output/demo-state.ndjson";
const PROPOSALS = [
  [`${DIFF}/review.html`, "begin here: every proposal, to look at and decide"],
  [`${DIFF}/report.md`, "what was found, and what to do next"],
  [`${DIFF}/changes.osm`, "the edits, for JOSM"],
  [`${DIFF}/changes.csv`, "every proposal, one row a tag, with its reason"],
  [`${DIFF}/matches.csv`, "every Location's verdict"],
];

/** @param {string[]} options */
function ocpi2osm(options) {
  execFileSync(process.execPath, ["dist/cli.js", ...options], { stdio: ["ignore", "inherit", "pipe"] });
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string[][]} files */
function list(files) {
  for (const [file, what] of files) {
    say(`  ${file.padEnd(28)} ${String(statSync(file).size).padStart(7)} bytes  ${what}`);
  }
}

for (const [file] of FORMS) ocpi2osm(["convert", FEED, "-o", file, "--report", "output/report.json"]);
const { counts } = JSON.parse(readFileSync("output/report.json", "utf8"));
say(`${FEED}: ${counts.read} Locations read, ${counts.emitted} written\n`);
list([...FORMS, ["output/report.json", "what the last of these runs did"]]);

say("\nThe first Location, explained:\n");
ocpi2osm(["explain", FEED, "--id", "DEMO-01"]);

// What earlier runs remembered; diff reads and writes it, so a copy.
copyFileSync("fixtures/osm/demo-state.ndjson", STATE);
ocpi2osm(["diff", FEED, "--osm", "fixtures/osm/demo.osm", "--state", STATE, "-o", DIFF]);
const { proposals } = JSON.parse(readFileSync(`${DIFF}/report.json`, "utf8")).counts;
const kinds = Object.entries(proposals).map(([change, count]) => `${count} ${change}`);
say(`\nCompared with fixtures/osm/demo.osm: ${kinds.join(", ")}\n`);
list(PROPOSALS);
say(`\nOpen ${resolve(DIFF, "review.html")} in a browser`);

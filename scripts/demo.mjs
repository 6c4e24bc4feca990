// `npm run demo`: converts the bundled feed into output/ in the three forms people open, and says what it made.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

const FEED = "fixtures/demo.json";
const FORMS = [
  ["output/demo.osm", "for JOSM and osmium"],
  ["output/demo.csv", "one row a tag, for a spreadsheet"],
  ["output/demo.geojson", "for geojson.io, QGIS and other maps"],
];

/** @param {string[]} options */
function ocpi2osm(options) {
  execFileSync(process.execPath, ["dist/cli.js", ...options], { stdio: ["ignore", "inherit", "pipe"] });
}

for (const [file] of FORMS) ocpi2osm(["convert", FEED, "-o", file, "--report", "output/report.json"]);

const { counts } = JSON.parse(readFileSync("output/report.json", "utf8"));
process.stdout.write(`${FEED}: ${counts.read} Locations read, ${counts.emitted} written\n\n`);
for (const [file, what] of [...FORMS, ["output/report.json", "what the last of these runs did"]]) {
  process.stdout.write(`  ${file.padEnd(20)} ${String(statSync(file).size).padStart(7)} bytes  ${what}\n`);
}
process.stdout.write("\nThe first Location, explained:\n\n");
ocpi2osm(["explain", FEED, "--id", "DEMO-01"]);

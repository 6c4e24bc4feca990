/** changes.csv opened in LibreOffice, filled in, kept as a workbook and saved as CSV again: the decisions are the same. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { changesCsv } from "./changes-csv.js";
import { csvRows } from "./csv-rows.js";
import { decisionsOfCsv } from "./decisions-csv.js";
import { CREATE, MODIFY, fileText } from "./proposal.test-support.js";
import { type SheetRow, savedSheet, sheetRows } from "./sheet.test-support.js";

const installed = spawnSync("soffice", ["--version"]).status === 0;
/** Numbers and dates recognised the program's own way, and the French, to whom 24/7 is a day. */
const OPENINGS = { "as it comes": "", "by a French reviewer": ",,1036,false,true" };
/** In `new_value`: what a spreadsheet likes to take for something else. */
const VALUES = {
  capacity: "4",
  operator: "=1+1",
  "ref:EU:EVSE": "LT*IGN*E1;LT*IGN*E2",
  "ref:ocpi:location:id": "0042",
  opening_hours: "24/7",
  "socket:type2:output": "7.4 kW",
  name: '電🔌 Žvėryno "Šaltinis", 5;\'x',
  level: "-1",
};

let folder: ReturnType<typeof temporaryFolder>;
let rows: SheetRow[];

beforeAll(() => {
  folder = temporaryFolder();
  const tags = Object.entries(VALUES).map(([key, value]) =>
    Object.assign({}, MODIFY.tags[0], { key, new: value }),
  );
  const proposals = [
    { ...MODIFY, id: "modify/LT*IGN*0042", tags },
    { ...MODIFY, tags: MODIFY.tags.slice(0, 1) },
    CREATE,
  ];
  rows = sheetRows(fileText(changesCsv, proposals)).map((row, index) =>
    Object.assign({}, row, {
      decision: ["accept", "n", "Defer"][index % 3] ?? "",
      note: index % 2 === 0 ? 'counted 2 – "sure"' : "",
    }),
  );
  writeFileSync(join(folder.path, "filled.csv"), savedSheet(rows));
});
afterAll(() => folder.remove());

function convert(name: string, to: string, from: string): string {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder.path, "profile")).href}`;
  const args = ["--headless", "--nologo", profile, ...(from === "" ? [] : [`--infilter=${from}`])];
  const { status, stderr } = spawnSync("soffice", [...args, "--convert-to", to, name], {
    cwd: folder.path,
    encoding: "utf8",
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`soffice: ${stderr}`);
  return name.replace(/\.\w+$/, `.${to.slice(0, to.includes(":") ? to.indexOf(":") : undefined)}`);
}

describe("changes.csv in LibreOffice", () => {
  if (!installed && process.env["CI"] !== undefined)
    throw new Error("LibreOffice is not installed; CI must have it (apt-get install libreoffice-calc-nogui)");

  it.skipIf(!installed).each(Object.entries(OPENINGS))(
    "opened %s, kept as a workbook, and saved with semicolons",
    async (_, opening) => {
      const workbook = convert("filled.csv", "xlsx", `CSV:44,34,76,1${opening}`);
      writeFileSync(join(folder.path, "saved.xlsx"), readFileSync(join(folder.path, workbook)));
      const saved = readFileSync(
        join(folder.path, convert("saved.xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1", "")),
      );
      const cells: string[][] = [];
      const columns = ["proposal", "key", "decision", "note", "osm_type", "reason"];
      for await (const row of csvRows(saved, "saved.csv"))
        cells.push(columns.map((column) => row.cell(column)));
      expect(cells).toEqual(rows.map((row) => columns.map((column) => row[column])));
      expect(await decisionsOfCsv(saved, "saved.csv", "anna")).toEqual(
        await decisionsOfCsv(savedSheet(rows), "filled.csv", "anna"),
      );
    },
    120_000,
  );
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../../runs/exit-codes.js";
import { readOptions } from "../arguments.js";
import { readConnectorTypes } from "./connector-types-file.js";
import { SILENT, converted, optionsOf } from "../convert.test-support.js";
import { diffed } from "../diff.test-support.js";
import { explain } from "../explain.js";
import { DEFAULT_TAGGING } from "../../tagging/tag-location.js";
import { fixture, jsonLines } from "../run-cli.test-support.js";
import { verifyFromArguments } from "../verify.js";

const folder = mkdtempSync(join(tmpdir(), "connector-types-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ANSWER = fixture("connector-types/country-metadata.json");
const STATIONS = fixture("here-v2/stations.json");

function given(connectorTypes: string | undefined) {
  return readOptions({ source: "auto", reader: "bytes", connectorTypes });
}

async function run(connectorTypes: string | undefined, input = STATIONS) {
  const options = optionsOf(folder, [input], "ndjson");
  return converted({ ...options, read: await given(connectorTypes) });
}

describe("--connector-types", () => {
  it("gives ids without public meaning their plugs, and is part of the config hash", async () => {
    const without = await run(undefined);
    const withFile = await run(ANSWER);
    const sockets = (output: Buffer) =>
      jsonLines(output).map((line) =>
        [...JSON.stringify(line).matchAll(/"(socket:\w+)":"/g)].map(([, key]) => key),
      );
    expect(sockets(without.output)[2]).toEqual(["socket:nacs"]);
    expect(sockets(withFile.output)[2]).toEqual(["socket:type2_combo"]);
    expect(without.report.notes["connector-type-unknown"]?.count).toBe(1);
    expect(withFile.report.notes["connector-type-unknown"]).toBeUndefined();
    expect(withFile.report.config_hash).not.toBe(without.report.config_hash);
  });

  it("holds for explain as well", async () => {
    const id = "040u2edk-1";
    const [found] = await explain([STATIONS], { id, ...(await given(ANSWER)) }, DEFAULT_TAGGING);
    expect(found?.station?.tags.map(({ key }) => key)).toContain("socket:type2_combo");
  });

  it("is kept in a diff's report, so that verify replays the run without the file", async () => {
    const output = join(folder, "diff");
    const { report } = await diffed([STATIONS], fixture("osm/demo.osm"), output, { connectorTypes: ANSWER });
    expect(JSON.stringify(report)).toContain('{"id":57,"standard":"IEC_62196_T2_COMBO"}');
    await expect(
      verifyFromArguments(output, { workers: 0, progress: "never" }, SILENT),
    ).resolves.toBeUndefined();
  });

  it("changes nothing for other sources", async () => {
    const without = await run(undefined, fixture("demo.json"));
    expect((await run(ANSWER, fixture("demo.json"))).output).toEqual(without.output);
  });

  it.each([
    ["no such file", join(folder, "none.json"), "no such file"],
    ["no JSON", written("{"), "it is no JSON"],
    ["no such answer", STATIONS, "no connector type with a legacyId"],
  ])("%s: bad usage", async (_what, file, said) => {
    const error: unknown = await readConnectorTypes(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(said);
  });
});

function written(text: string): string {
  const file = join(folder, "written.json");
  writeFileSync(file, text);
  return file;
}

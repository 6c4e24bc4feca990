/** `convert --filter`: a line out for every line in, wherever the input is cut. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { filterLineJsonSchema, filterLineSchema } from "../proposals/filter-form.js";
import { temporaryFolder } from "../runs/compiled.test-support.js";
import { DEFAULT_PROFILE } from "../runs/profile.js";
import type { SourceName } from "../sources/dialect.js";
import { DEFAULT_TAGGING } from "../tagging/tag-location.js";
import { SILENT, converted, optionsOf } from "./convert.test-support.js";
import { convertFromArguments } from "./convert-arguments.js";
import { refusal } from "./diff.test-support.js";
import { filter } from "./filter.js";
import { fixture, generateFeed, jsonLines, locationJson, runCli, runShell } from "./run-cli.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);

/** What the filter makes of a text, chunk by chunk as a file is read. */
async function filtered(
  text: string | Uint8Array,
  source: SourceName = "ocpi",
  workers = 0,
): Promise<string> {
  writeFileSync(path("lines"), text);
  await filter(
    {
      inputs: [path("lines")],
      output: path("out"),
      source,
      connectorTypes: undefined,
      profile: DEFAULT_PROFILE,
      tagging: { ...DEFAULT_TAGGING, chargePoints: true },
      workers,
    },
    SILENT,
  );
  return readFileSync(path("out"), "utf8");
}

const lines: string[] = [];
beforeAll(() => {
  generateFeed(path("feed.ndjson"), 150, "ndjson", 0.1);
  const feed = readFileSync(path("feed.ndjson"), "utf8").trimEnd().split("\n");
  lines.push(
    ...feed,
    ...feed.slice(0, 5),
    "{ no JSON",
    "",
    "7",
    '{"id":"x"}',
    '{"data":[]}',
    " ",
    "\u0085",
    "null",
  );
});

describe("every line that holds anything gives one line", () => {
  it("decided by it alone: cut between any lines, the outputs joined are those of one run", async () => {
    const whole = await filtered(lines.join("\n"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(lines.length), { maxLength: 4 }), fc.boolean(), async (cuts, crlf) => {
        const end = crlf ? "\r\n" : "\n";
        const places = [0, ...cuts.sort((a, b) => a - b), lines.length];
        let joined = "";
        for (const [index, place] of places.slice(1).entries()) {
          const part = lines.slice(places[index], place);
          joined += await filtered(part.map((line) => line + end).join(""));
        }
        // Without this a failure would print all of it.
        expect(joined === whole).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it("of any text at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string(), fc.json(), fc.constant(locationJson("1")))),
        async (texts) => {
          const given = texts.map((text) => text.replaceAll(/[\r\n]/g, ""));
          const out = jsonLines(await filtered(given.join("\n")));
          for (const line of out) filterLineSchema.parse(line);
          const blank = given.filter((text) => /^[ \t]*$/.test(text)).length;
          expect(out.length).toBe(given.length - blank);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("that is what the ndjson form says, without what depends on where a record stands", async () => {
    const options = optionsOf(folder.path, [path("feed.ndjson")], "ndjson");
    const tagging = { ...options.tagging, chargePoints: true };
    const { output, report } = await converted({ ...options, tagging });
    const usual = jsonLines(output).map((line) => withoutPlace(line));
    const out = jsonLines(await filtered(readFileSync(path("feed.ndjson"))));
    const emitted = out.filter((line) => !isRefused(line));
    // Only a state can know that a Location came before.
    const again = report.counts.skipped["duplicate-id"] ?? 0;
    expect(emitted.length).toBe(usual.length + again);
    const known = new Set(usual.map((line) => JSON.stringify(line)));
    expect(emitted.filter((line) => !known.has(JSON.stringify(line))).length).toBeLessThanOrEqual(again);
    expect(out.length - emitted.length).toBe(report.counts.read - usual.length - again);
  });

  it("with verdict, reason, rule and detail where it is not emitted", async () => {
    const refused = locationJson("2", { publish: false });
    const out = jsonLines(await filtered(`${locationJson("1")}\n{ bad\n${refused}\n[1]\n`));
    expect(out[0]).toMatchObject({
      location: { country_code: "LT", party_id: "ABC", id: "1" },
      osm: { type: "node" },
    });
    expect(out.slice(1)).toEqual([
      {
        location: {},
        verdict: "rejected",
        reason: "bad-json",
        rule: "T1.7",
        detail: expect.stringContaining("bad"),
      },
      {
        location: { country_code: "LT", party_id: "ABC", id: "2" },
        verdict: "skipped",
        reason: "unpublished",
        rule: "T1.1",
        detail: "",
      },
      {
        location: {},
        verdict: "rejected",
        reason: "not-an-object",
        rule: "T1.7",
        detail: expect.any(String),
      },
    ]);
  });

  it("a line over the size limit among them: what is advised can be done", async () => {
    const large = locationJson("2", { name: "x".repeat(17 << 20) });
    const out = jsonLines(await filtered(`${locationJson("1")}\n${large}\n${locationJson("3")}`));
    expect(out.map(isRefused)).toEqual([false, true, false]);
    expect(out[1]).toMatchObject({
      reason: "too-large",
      detail: expect.stringContaining("without --filter"),
    });
  });

  it.each(["here-v3", "here-v2"] as const)("of %s, too", async (source) => {
    const file = source === "here-v3" ? "here-v3/locations.ndjson" : "here-v2/lines.ndjson";
    const text = readFileSync(fixture(file), "utf8");
    const out = jsonLines(await filtered(text, source));
    expect(out.length).toBe(text.split("\n").filter((line) => line.trim() !== "").length);
    expect(out.filter((line) => !isRefused(line)).length).toBeGreaterThan(0);
  });

  it("of nothing nothing, and on threads the same, and from gzip", async () => {
    expect(await filtered("")).toBe("");
    const text = lines.join("\n");
    const usual = await filtered(text);
    expect((await filtered(gzipSync(text))) === usual).toBe(true);
    const threads = await runCli(
      ["convert", "--filter", "--source", "ocpi", "--charge-points", "-", "--workers", "2"],
      {
        stdin: text,
      },
    );
    expect(threads.stdout.toString() === usual).toBe(true);
  });
});

describe("as a program in a pipe", () => {
  it("answers each line as it comes, and exits 0 though lines are bad", async () => {
    let said = "";
    const ended = runCli(["convert", "--filter", "--source", "ocpi", "-"], {
      stdin: `${locationJson("1")}\n{ bad\n`,
      unending: true,
      started: (child) => {
        child.stdout?.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          // Only now that both answers are there the pipe is closed.
          if (said.split("\n").length === 3) child.stdin?.end();
        });
      },
    });
    expect(await ended).toMatchObject({ code: 0 });
    expect(jsonLines(said).map(isRefused)).toEqual([false, true]);
  });

  it("ends quietly when nobody reads on", async () => {
    const line = `for i in 1 2 3 4 5 6 7 8 9; do cat feed.ndjson; done | $CLI convert --filter --source ocpi - | head -n 1 | wc -l; echo "$\{PIPESTATUS[1]}"`;
    const { stdout, stderr } = await runShell(line, folder.path);
    expect({ stdout: stdout.toString(), stderr }).toEqual({ stdout: "1\n0\n", stderr: "" });
  });
});

describe("it refuses", () => {
  const given = { reader: "bytes", source: "ocpi", output: "-", progress: "never", filter: true };
  it.each([
    ["no --source", { source: "auto" }, "say what the lines are with --source"],
    ["tiles", { source: "hmc-locations" }, "tiles hold many"],
    ["another form", { format: "osm" }, "writes lines of JSON"],
    ["the other reader", { reader: "tokens" }, "a record a line"],
    ["a report", { report: "x" }, "--report"],
    ["rejects", { rejects: "x" }, "--rejects"],
    ["a threshold", { maxRejects: "1" }, "--max-rejects"],
    ["a shard", { shard: "1/2" }, "--shard"],
  ])("%s", async (_what, options, told) => {
    const { code, message } = await refusal(convertFromArguments(["-"], { ...given, ...options }, SILENT));
    expect({ code, told: message.includes(told), message }).toMatchObject({ code: 2, told: true });
  });
});

it("the JSON Schema takes what the filter writes", () => {
  expect(filterLineJsonSchema()).toMatchObject({
    anyOf: [{ required: expect.arrayContaining(["verdict"]) }, {}],
  });
});

const refusedSchema = z.looseObject({ verdict: z.string() });
function isRefused(line: unknown): boolean {
  return refusedSchema.safeParse(line).success;
}

function withoutPlace(line: unknown): unknown {
  const { source: _source, ...rest } = z.looseObject({ source: z.unknown() }).parse(line);
  return JSON.parse(JSON.stringify(rest), (key, value: unknown) =>
    key === "id" && typeof value === "number" ? undefined : value,
  );
}

/** The recipes of docs/scale.md, run by the engines they are for: one run's bytes. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "../../runs/compiled.test-support.js";
import { itWith } from "../../runs/tools.test-support.js";
import { programFolder, recipe } from "./engines.test-support.js";
import { type Ended, generateFeed, runCli, runShell } from "../run-cli.test-support.js";
import { startSlurm } from "./slurm.test-support.js";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const path = (name: string) => join(folder.path, name);
const FILTER = "convert --filter --source ocpi --quiet -";
let environment: string;

beforeAll(async () => {
  environment = `export HOME='${folder.path}' PATH='${programFolder(folder.path)}':"$PATH"`;
  generateFeed(path("feed.json"), 1200);
  generateFeed(path("feed.ndjson"), 1200, "ndjson");
  const { code, stdout } = await runCli(FILTER.split(" "), { stdin: readFileSync(path("feed.ndjson")) });
  expect(code).toBe(0);
  writeFileSync(path("filtered.ndjson"), stdout);
  expect(
    await runCli(["convert", path("feed.json"), "-o", path("one.osm"), "--charge-points"]),
  ).toMatchObject({ code: 0 });
}, 60_000);

/** A shell line where the program is on the PATH as `ocpi2osm`. */
function shell(line: string): Promise<Ended> {
  return runShell(`${environment}; ${line}`, folder.path);
}

function expectSame(made: string, expected: string): void {
  expect(readFileSync(path(expected)).length).toBeGreaterThan(100_000);
  expect({ made, same: readFileSync(path(made)).equals(readFileSync(path(expected))) }).toEqual({
    made,
    same: true,
  });
}

describe("GNU parallel", () => {
  const itWithParallel = itWith.bind(undefined, "parallel");

  itWithParallel("cuts a feed into blocks, and the filter gives the lines of one run", async () => {
    const line = `${recipe("parallel-filter.sh")} feed.ndjson --source ocpi > parallel.ndjson`;
    expect(await shell(line)).toMatchObject({ code: 0, stderr: "" });
    expectSame("parallel.ndjson", "filtered.ndjson");
  });

  itWithParallel("runs shards, and their merge is one run's file", async () => {
    const line = `${recipe("parallel-shards.sh")} 3 feed.json parallel.osm --charge-points`;
    expect(await shell(line)).toMatchObject({ code: 0 });
    expectSame("parallel.osm", "one.osm");
    expect(readdirSync(folder.path).filter((name) => name.startsWith("parts."))).toEqual([]);
  });

  itWithParallel("stops at a shard that fails, and leaves nothing", async () => {
    const { code } = await shell(`${recipe("parallel-shards.sh")} 3 none.json none.osm`);
    expect(code).not.toBe(0);
    expect(existsSync(path("none.osm"))).toBe(false);
  });
});

describe("Slurm", () => {
  const shows = "runs shards as a job array and their merge after it: one run's file";
  const runs = async (): Promise<void> => {
    const slurm = await startSlurm(2);
    try {
      const conf = `export SLURM_CONF='${slurm.env["SLURM_CONF"]}'`;
      const good = await shell(`${conf}; ${recipe("slurm.sh")} 4 feed.json slurm.osm --charge-points`);
      expect({ ...good, logs: good.code === 0 ? "" : slurm.logs() }).toMatchObject({ code: 0 });
      expectSame("slurm.osm", "one.osm");
      const bad = await shell(`${conf}; ${recipe("slurm.sh")} 2 none.json none.osm`);
      expect(bad.code).not.toBe(0);
      expect(existsSync(path("none.osm"))).toBe(false);
    } finally {
      await slurm.stop();
    }
  };
  itWith("slurmctld", shows, runs, 120_000);
});

describe("Kubernetes (not run: what can be told without a cluster)", () => {
  const containerSchema = z.looseObject({ name: z.string(), image: z.string(), args: z.array(z.string()) });
  const jobSchema = z.object({
    spec: z.looseObject({
      completions: z.number().optional(),
      template: z.object({ spec: z.looseObject({ containers: z.tuple([containerSchema]) }) }),
    }),
  });
  type Job = z.infer<typeof jobSchema>;

  const read = (file: string): Job => {
    const toJson = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
    const input = readFileSync(recipe(file));
    return jobSchema.parse(JSON.parse(execFileSync("python3", ["-c", toJson], { input, encoding: "utf8" })));
  };

  itWith(
    "PyYAML of python3",
    "the commands of the containers, run one by one, give one run's file",
    async () => {
      const shards = read("kubernetes-shards.yaml");
      const merge = read("kubernetes-merge.yaml");
      expect(shards.spec).toMatchObject({ completionMode: "Indexed" });
      mkdirSync(path("data"));
      writeFileSync(path("data/feed.json"), readFileSync(path("feed.json")));
      const command = ({ spec }: Job): string =>
        (spec.template.spec.containers[0].args[0] ?? "").replaceAll("/data", path("data"));
      for (let index = 0; index < (shards.spec.completions ?? 0); index++)
        expect(await shell(`export JOB_COMPLETION_INDEX=${index}; ${command(shards)}`)).toMatchObject({
          code: 0,
        });
      expect(await shell(command(merge))).toMatchObject({ code: 0 });
      // The same feed under another name: names stand in no .osm.
      expect(await shell("ocpi2osm convert data/feed.json -o plain.osm")).toMatchObject({ code: 0 });
      expectSame("data/stations.osm", "plain.osm");
    },
  );
});

describe("Spark and Hadoop (not run: what they rely on)", () => {
  it.each(["spark_pipe.py", "hadoop-streaming.sh"])(
    "%s: partitions through a process each, joined, are one run",
    async (file) => {
      const command = /"ocpi2osm (convert [^"]*)"/.exec(readFileSync(recipe(file), "utf8"))?.[1] ?? "";
      expect(command).toBe(FILTER);
      const lines = readFileSync(path("feed.ndjson"), "utf8").trimEnd().split("\n");
      const cuts = [0, 1, 1, 500, 1199, 1200];
      let joined = "";
      for (const [index, end] of cuts.slice(1).entries()) {
        const stdin = lines
          .slice(cuts[index], end)
          .map((line) => `${line}\n`)
          .join("");
        const { code, stdout, stderr } = await runCli(command.split(" "), { stdin });
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        joined += stdout.toString();
      }
      expect(joined === readFileSync(path("filtered.ndjson"), "utf8")).toBe(true);
    },
    60_000,
  );
});

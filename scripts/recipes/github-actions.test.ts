import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import { itWith } from "../../src/runs/tools.test-support.js";
import { binFolder, demoConfig, publishedFiles, recipe, scratchFolder, yamlDocuments } from "./recipe.js";

const stepSchema = z.object({
  name: z.string().optional(),
  uses: z
    .string()
    .regex(/^actions\/[\w/-]+@v\d+$/)
    .optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});

/** Of a workflow what is looked at here; `on` is `true` to YAML 1.1. */
const workflowSchema = z.object({
  true: z.object({ schedule: z.array(z.object({ cron: z.string() })), workflow_dispatch: z.null() }),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.literal(false) }),
  jobs: z.object({ nightly: z.object({ "runs-on": z.string(), steps: z.array(stepSchema) }) }),
});

const itReads = (name: string, test: () => void) => itWith("PyYAML of python3", name, test);

function workflow() {
  const [document] = yamlDocuments(recipe("github-actions.yml"));
  return workflowSchema.parse(document);
}

itReads("the workflow may read the repository, and nothing else", () => {
  expect(workflow().permissions).toEqual({ contents: "read" });
  expect(recipe("github-actions.yml")).not.toMatch(/git (?:commit|push)|contents: write/);
});

itReads("the state that a run restores is what the one before it saved", () => {
  const { steps } = workflow().jobs.nightly;
  const of = (action: string) => steps.find(({ uses = "" }) => uses.startsWith(action))?.with ?? {};
  expect(of("actions/cache/save@")["path"]).toBe(of("actions/cache/restore@")["path"]);
  expect(of("actions/cache/save@")["key"]).toMatch(/^ocpi2osm-\$\{\{ github\.run_id \}\}/);
  expect(of("actions/cache/restore@")["restore-keys"]).toBe("ocpi2osm-");
});

itReads("secrets go to the steps that need them, by the environment", () => {
  for (const { run = "", env = {} } of workflow().jobs.nightly.steps) {
    expect(run).not.toContain("secrets.");
    if (Object.keys(env).length > 0) expect(run).toMatch(/^ocpi2osm run/);
  }
});

itReads("its commands do their work one after the other, as a runner runs them", () => {
  const folder = scratchFolder();
  demoConfig(folder, "nightly.jsonc");
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "");
  mkdirSync(join(folder, "temp"));
  const env = {
    PATH: [binFolder(folder), process.env["PATH"]].join(delimiter),
    HOME: folder,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: join(folder, "temp"),
    HERE_API_KEY: "",
  };
  // That the package installs is what the tests of the package show.
  const steps = workflow().jobs.nightly.steps.filter(
    ({ run, name }) => run !== undefined && name !== "Install",
  );
  expect(steps.map(({ name }) => name)).toEqual(["Check the config", "Run"]);
  for (const { run = "" } of steps) {
    const options = { cwd: folder, env, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", run],
      options,
    );
    expect(status, `${run}\n${stdout}${stderr}`).toBe(0);
  }
  expect(publishedFiles(folder)).toContain("review.html");
  expect(readFileSync(summary, "utf8")).toContain("demo");
});

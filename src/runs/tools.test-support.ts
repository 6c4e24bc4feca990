/** Programs that judge or run what is made here: a test that needs one says so, and CI must have it. */
import { spawnSync } from "node:child_process";
import { it } from "vitest";

/** Program → the Debian packages that have it, and how to see that it is there. */
const TOOLS = {
  parallel: { packages: "parallel", check: ["parallel", "--version"] },
  slurmctld: { packages: "slurm-wlm munge", check: ["slurmctld", "-V"] },
  crontab: { packages: "cron", check: ["sh", "-c", "command -v crontab"] },
  "systemd-analyze": { packages: "systemd", check: ["systemd-analyze", "--version"] },
  promtool: { packages: "prometheus", check: ["promtool", "--version"] },
  faketime: { packages: "faketime", check: ["faketime", "--version"] },
  openssl: { packages: "openssl", check: ["openssl", "version"] },
  "PyYAML of python3": { packages: "python3-yaml", check: ["python3", "-c", "import yaml"] },
} as const satisfies Record<string, { packages: string; check: readonly [string, ...string[]] }>;

export type Tool = keyof typeof TOOLS;

/** A test that needs a tool: skipped with a message where it is missing, failing in CI. */
export function itWith(tool: Tool, name: string, test: () => void | Promise<void>, timeout = 60_000): void {
  it(
    name,
    async (context) => {
      const {
        packages,
        check: [program, ...args],
      } = TOOLS[tool];
      const missing = spawnSync(program, args).status !== 0;
      if (missing && process.env["CI"] === undefined) context.skip(`${tool} is not installed`);
      if (missing) throw new Error(`${tool} is not installed; CI must have it (apt-get install ${packages})`);
      await test();
    },
    timeout,
  );
}

/** The commands of pages, run in their order as somebody does who has an empty folder with the examples in it. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { binFolder, scratchFolder } from "./recipe.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What stands in the `sh` blocks of a page, but for those about npm, down to a heading. */
function commandsOf(page: string, end?: string): readonly string[] {
  const whole = readFileSync(join(ROOT, page), "utf8");
  const [text = ""] = end === undefined ? [whole] : whole.split(end);
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)]
    .map(([, commands = ""]) => commands)
    .filter((commands) => !commands.includes("npm "));
}

/** A page, how many blocks of it at least, and where what needs a machine of one's own begins. */
const PAGES: ReadonlyArray<{ page: string; blocks: number; end?: string }> = [
  { page: "README.md", blocks: 8 },
  { page: "docs/unattended.md", blocks: 1, end: "\n## Secrets" },
  { page: "docs/here.md", blocks: 3 },
];

test.each(PAGES)(
  "the commands of $page work as they stand",
  ({ page, blocks, end }) => {
    const commands = commandsOf(page, end);
    expect(commands.length).toBeGreaterThanOrEqual(blocks);
    const folder = scratchFolder();
    for (const name of ["docs", "fixtures"])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    mkdirSync(join(folder, "output"));
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["-e", "-o", "pipefail", "-x", "-c", commands.join("\n")],
      {
        cwd: folder,
        env: { ...process.env, PATH: [binFolder(folder), process.env["PATH"]].join(delimiter) },
        encoding: "utf8",
      },
    );
    expect(status, `${stdout}${stderr}`).toBe(0);
  },
  300_000,
);

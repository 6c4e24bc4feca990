import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, test } from "vitest";
import { temporaryFolder } from "./compiled.test-support.js";
import { type Hook, runHook } from "./hook.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function hooked(command: readonly string[], others: Partial<Hook> = {}) {
  const said: string[] = [];
  const hook: Hook = {
    command,
    when: "success",
    timeout: 20_000,
    env: process.env,
    stdin: "{}\n",
    ...others,
  };
  return { report: await runHook(hook, (line) => said.push(line)), said };
}
const shell = (line: string, others: Partial<Hook> = {}) => hooked(["sh", "-c", line], others);

it("gets the report on stdin, and its arguments as they are", async () => {
  const stdin = `${JSON.stringify({ text: "x".repeat(3_000_000) })}\n`;
  const script =
    'const fs = require("node:fs"); fs.writeFileSync(process.argv[1], fs.readFileSync(0)); console.log(process.argv[2])';
  const { report, said } = await hooked([process.execPath, "-e", script, path("got"), "$HOME; rm *"], {
    stdin,
  });
  expect(report).toMatchObject({ command: process.execPath, when: "success", exit_code: 0 });
  expect(said).toEqual(["$HOME; rm *"]);
  expect(readFileSync(path("got"), "utf8")).toBe(stdin);
});

it("need not read it", async () => {
  const { report } = await shell("exit 0", { stdin: "x".repeat(3_000_000) });
  expect(report).toMatchObject({ exit_code: 0 });
  expect(report.message).toBeUndefined();
});

it("that fails is told with its exit code and what it said", async () => {
  const { report, said } = await shell("echo no mail server >&2; exit 7");
  expect(report).toMatchObject({ exit_code: 7, message: "sh ended with exit code 7" });
  expect(said).toEqual(["no mail server"]);
});

test.each([
  ["that is not there", () => [path("none")], /there is no such program/],
  ["that is no program", () => [path("text")], /not executable/],
  ["that a signal ends", () => ["sh", "-c", "kill -9 $$"], /ended by SIGKILL/],
])("a program %s is told", async (_, command, message) => {
  writeFileSync(path("text"), "");
  const { report } = await hooked(command());
  expect(report.message).toMatch(message);
  expect(report.exit_code).toBeUndefined();
});

it("that takes too long is stopped with all it started", async () => {
  const { report } = await shell(`sh -c 'sleep 30; touch ${path("late")}' & echo $! > ${path("pid")}; wait`, {
    timeout: 300,
  });
  expect(report.message).toBe("sh was stopped, as it took longer than 0.3 s");
  const pid = Number(readFileSync(path("pid"), "utf8"));
  const state = () =>
    existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0] : "gone";
  if (process.platform === "linux") expect(["gone", "Z"]).toContain(state());
  expect(existsSync(path("late"))).toBe(false);
});

function isAtWork(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it("that will not be stopped is made to", async () => {
  const { report, said } = await shell("echo $$; trap '' TERM; while true; do sleep 0.1; done", {
    timeout: 200,
  });
  expect(report.message).toMatch(/took longer/);
  expect(said).toHaveLength(1);
  await expect.poll(() => isAtWork(Number(said[0])), { timeout: 10_000 }).toBe(false);
});

it("may leave something working behind it", async () => {
  const { report } = await shell("sleep 20 & exit 0");
  expect(report).toMatchObject({ exit_code: 0 });
});

it("that talks without end does not fill the log", async () => {
  const { report, said } = await shell("yes | head -n 100000");
  expect(report).toMatchObject({ exit_code: 0 });
  expect(said).toHaveLength(201);
  expect(said.at(-1)).toMatch(/left out/);
});

it("that says one line without end has it cut, and is heard to its end", async () => {
  const { report, said } = await shell(
    "head -c 50000000 /dev/zero | tr '\\0' x; printf '\\nthe end\\r\\n'; printf last",
  );
  expect(report).toMatchObject({ exit_code: 0 });
  expect(said).toEqual(["x".repeat(2000), "the end", "last"]);
});

test.each([
  ["an argument that no program can be given", ["sh", "-c", "echo a\0b"]],
  ["more arguments than the system takes", ["sh", "-c", "x".repeat(5_000_000)]],
])("%s is told, and thrown by nobody", async (_, command) => {
  const { report } = await hooked(command);
  expect(report.message).toMatch(/^sh cannot be started: /);
});

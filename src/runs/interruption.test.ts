import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compileInto, runScript, temporaryFolder } from "./compiled.test-support.js";
import { ReaderGoneError, UsageError } from "./exit-codes.js";
import { failureMessage } from "./interruption.js";

const folder = temporaryFolder();
compileInto(folder.path, ["output-file", "interruption"]);
afterAll(() => folder.remove());

const START = `
  import { openOutput } from "./output-file.js";
  import { onEarlyEnd, watchForEarlyEnd } from "./interruption.js";
  import { UsageError } from "./exit-codes.js";
  watchForEarlyEnd((message) => process.stderr.write(message + "\\n"));
  const output = await openOutput("out.osm");
  await output.write("half");
`;
const leftovers = () => readdirSync(folder.path).filter((name) => name.endsWith(".tmp"));

describe("a signal", () => {
  test.each([
    ["SIGINT", 130, "interrupted"],
    ["SIGTERM", 143, "stopped"],
  ] as const)("%s removes what is unfinished and ends with %i", async (signal, code, word) => {
    writeFileSync(join(folder.path, "out.osm"), "before");
    const script = `${START} setInterval(() => {}, 1000); process.stdout.write("ready");`;
    const ended = await runScript(folder.path, script, (_text, child) => child.kill(signal));
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(new RegExp(`^${word}: .*previous output unchanged\n$`));
    expect(leftovers()).toEqual([]);
    expect(readFileSync(join(folder.path, "out.osm"), "utf8")).toBe("before");
  });

  test("a second one ends at once, even when removing hangs", async () => {
    const script = `${START} onEarlyEnd(() => { process.stdout.write("removing"); return new Promise(() => {}); });
      setInterval(() => {}, 1000); process.stdout.write("ready");`;
    const ended = await runScript(folder.path, script, (_text, child) => child.kill("SIGTERM"));
    expect(ended.stdout).toBe("readyremoving");
    expect(ended.code).toBe(143);
  });
});

describe("an error nobody caught", () => {
  test.each([
    ["thrown later", `setTimeout(() => { throw new TypeError("boom"); });`, 1, "unexpected failure: boom"],
    ["a rejection", `void Promise.reject(new TypeError("boom")); setInterval(() => {}, 1000);`, 1, "boom"],
    ["one meant for the user", `setTimeout(() => { throw new UsageError("bad"); });`, 2, "bad"],
  ])("%s removes what is unfinished and says so shortly", async (_what, line, code, message) => {
    const ended = await runScript(folder.path, START + line);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).not.toContain("at ");
    expect(leftovers()).toEqual([]);
  });
});

test("what was published before the end stays", async () => {
  const script = `${START} await output.commit(); setTimeout(() => { throw new Error("boom"); });`;
  await runScript(folder.path, script);
  expect(existsSync(join(folder.path, "out.osm"))).toBe(true);
  expect(readFileSync(join(folder.path, "out.osm"), "utf8")).toBe("half");
});

describe("messages", () => {
  test("errors meant for the user are shown as they are; a stack only when debugging", () => {
    expect(failureMessage(new UsageError("name a file"), false)).toBe("name a file");
    expect(failureMessage(new TypeError("x is undefined"), false)).toMatch(
      /^unexpected failure: x is undefined/,
    );
    expect(failureMessage(new TypeError("x is undefined"), true)).toContain("interruption.test");
    expect(failureMessage("text", false)).toBe("unexpected failure: text");
  });

  test("a reader that has gone is not mentioned", () => {
    expect(failureMessage(new ReaderGoneError("-"), false)).toBeUndefined();
  });
});

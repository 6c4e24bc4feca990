/** Two that want one lock: one has it. A holder that is gone does not keep it, one that is at work does. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileInto, temporaryFolder } from "./compiled.test-support.js";
import { LockedError } from "./exit-codes.js";
import { acquireLock } from "./lock.js";
import { type Holder, holderText, parseHolder, thisHolder } from "./lock-holder.js";

let folder: ReturnType<typeof temporaryFolder>;
const lockFile = () => join(folder.path, ".lock");
const names = () => readdirSync(folder.path).sort();

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** What another process has left. */
function leave(generation: number, holder: Holder | string): void {
  writeFileSync(`${lockFile()}.${generation}`, typeof holder === "string" ? holder : holderText(holder));
}

const quick = { beat: 20, patience: 400 };

async function processThatEnded(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((done) => child.on("exit", done));
  return child.pid ?? 0;
}

describe("a lock", () => {
  it("is had by one only, until it is given back", async () => {
    const first = await acquireLock(lockFile());
    await expect(acquireLock(lockFile())).rejects.toThrow(LockedError);
    await expect(acquireLock(lockFile())).rejects.toMatchObject({ exitCode: 5 });
    await first.release();
    const second = await acquireLock(lockFile());
    expect(await second.isHeld()).toBe(true);
    expect(await first.isHeld()).toBe(false);
    await second.release();
  });

  it("says who holds it, and since when", async () => {
    const lock = await acquireLock(lockFile());
    const message = await acquireLock(lockFile()).catch(String);
    expect(message).toContain(`process ${process.pid} on `);
    expect(message).toMatch(/since \d{4}-\d\d-\d\dT/);
    await lock.release();
  });

  it("leaves one small file, however often it was had", async () => {
    for (let time = 0; time < 5; time += 1) await (await acquireLock(lockFile())).release();
    expect(names()).toEqual([".lock.5"]);
  });

  it("is had by exactly one of many who find a dead holder at the same time", async () => {
    for (let round = 0; round < 20; round += 1) {
      leave(1000 * (round + 1), { ...(await thisHolder()), pid: await processThatEnded() });
      const taken = await Promise.allSettled(Array.from({ length: 12 }, () => acquireLock(lockFile())));
      const winners = taken.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      expect(winners).toHaveLength(1);
      for (const each of taken)
        if (each.status === "rejected") expect(each.reason).toBeInstanceOf(LockedError);
      for (const winner of winners) await winner.release();
    }
  });

  it.each([
    ["a folder that is not there", "none/.lock", 2],
    ["a folder that is a file", "file/.lock", 2],
  ])("in %s is refused with what to do", async (_, name, exitCode) => {
    writeFileSync(join(folder.path, "file"), "");
    await expect(acquireLock(join(folder.path, name))).rejects.toMatchObject({
      exitCode,
      message: expect.stringContaining(name),
    });
  });
});

describe("a holder of this machine", () => {
  it("that was killed is followed at once", async () => {
    leave(7, { ...(await thisHolder()), pid: await processThatEnded() });
    const lock = await acquireLock(lockFile());
    expect(names()).toEqual([".lock.8"]);
    await lock.release();
  });

  it("whose number another process has now is followed", async (context) => {
    const ours = await thisHolder();
    if (ours.started === undefined) return context.skip("this system does not tell when a process began");
    leave(1, { ...ours, started: `${Number(ours.started) - 1}` });
    await (await acquireLock(lockFile())).release();
  });

  it("is not taken for gone, whatever the clock says", async () => {
    leave(1, { ...(await thisHolder()), since: "1999-01-01T00:00:00.000Z" });
    await expect(acquireLock(lockFile(), quick)).rejects.toThrow(/since 1999/);
  });
});

describe("a holder elsewhere", () => {
  const elsewhere = async (beat: number): Promise<Holder> => ({
    ...(await thisHolder()),
    numbering: "another",
    host: "far",
    beat,
  });

  it("that shows nothing for long enough is followed, and what happens is told", async () => {
    leave(3, await elsewhere(1));
    const told: string[] = [];
    const lock = await acquireLock(lockFile(), { ...quick, waiting: (message) => told.push(message) });
    expect(told).toEqual([expect.stringMatching(/on far.*watching it for 1 s/)]);
    await lock.release();
  });

  it("that is at work keeps it", async () => {
    let beat = 0;
    const holder = await elsewhere(0);
    leave(3, holder);
    const working = setInterval(() => leave(3, { ...holder, beat: (beat += 1) }), 10);
    try {
      await expect(acquireLock(lockFile(), { beat: 20, patience: 60_000 })).rejects.toMatchObject({
        exitCode: 5,
        message: expect.stringContaining("on far"),
      });
    } finally {
      clearInterval(working);
    }
  });

  it("that gives it back in the meantime is followed", async () => {
    const holder = await elsewhere(0);
    leave(3, holder);
    setTimeout(() => leave(3, { ...holder, released: true }), 50);
    await (await acquireLock(lockFile(), { beat: 20, patience: 60_000 })).release();
  });

  it.each([
    ["nothing", ""],
    ["half of it", '{"pid":1,"num'],
    ["something else", '{"hello":"world"}'],
  ])("whose file holds %s is watched too", async (_, content) => {
    leave(3, content);
    await (await acquireLock(lockFile(), quick)).release();
    expect(names()).toEqual([".lock.4"]);
  });

  it("can see that this one is at work, and that it lost the lock", async () => {
    const lock = await acquireLock(lockFile(), { beat: 5 });
    const read = () => parseHolder(readFileSync(`${lockFile()}.1`, "utf8"))?.beat ?? 0;
    while (read() < 3) await new Promise((later) => setTimeout(later, 5));
    expect(await lock.isHeld()).toBe(true);
    leave(2, await elsewhere(0));
    expect(await lock.isHeld()).toBe(false);
    await lock.release();
  });
});

describe("processes of their own", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  it("two hundred takings by four of them never overlap", async () => {
    // Each notes that it has it, waits a moment, and notes that it gives it back: one file, appended to.
    const script = join(folder.path, "taker.mjs");
    compileInto(join(folder.path, "js"), ["lock"]);
    const compiled = join(folder.path, "js/lock.js");
    writeFileSync(
      script,
      `import { acquireLock } from ${JSON.stringify(compiled)};
import { appendFileSync } from "node:fs";
const [lock, notes] = process.argv.slice(2);
for (let taken = 0; taken < 50;) {
  try {
    const held = await acquireLock(lock);
    appendFileSync(notes, "+");
    await new Promise((later) => setTimeout(later, 1));
    appendFileSync(notes, "-");
    await held.release();
    taken += 1;
  } catch (error) {
    if (error.exitCode !== 5) throw error;
    await new Promise((later) => setTimeout(later, Math.random() * 5));
  }
}
`,
    );
    mkdirSync(join(folder.path, "x"));
    const notes = join(folder.path, "notes");
    const ends = Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, [script, join(folder.path, "x/.lock"), notes]);
      children.push(child);
      let said = "";
      child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
      return new Promise((done) => child.on("close", (code) => done({ code, said })));
    });
    for (const end of await Promise.all(ends)) expect(end).toEqual({ code: 0, said: "" });
    expect(readFileSync(notes, "utf8")).toBe("+-".repeat(200));
  }, 60_000);
});

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { compileInto, runScript, temporaryFolder } from "./compiled.test-support.js";
import { OutputError, ReaderGoneError, UsageError } from "./exit-codes.js";
import { openOutput, streamOutput } from "./output-file.js";

let folder: ReturnType<typeof temporaryFolder>;
const path = (name: string) => join(folder.path, name);
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const files = () => readdirSync(folder.path).sort();

describe("a file", () => {
  test("appears under its name only when it is whole", async () => {
    const output = await openOutput(path("out.osm"), true);
    await output.write("one ");
    await output.write(new Uint8Array([0xc3, 0xa4]));
    expect(files()).toEqual([`.out.osm.${process.pid}.tmp`]);
    const written = await output.commit();
    expect(files()).toEqual(["out.osm"]);
    expect(readFileSync(path("out.osm"), "utf8")).toBe("one ä");
    expect(written).toEqual({ bytes: 6, sha256: createHash("sha256").update("one ä").digest("hex") });
  });

  test("finished, is whole but not yet in its place, and can still be discarded", async () => {
    for (const keep of [true, false]) {
      writeFileSync(path("out.osm"), "before");
      const output = await openOutput(path("out.osm"), true);
      await output.write("after");
      const written = await output.finish();
      expect(written).toEqual({ bytes: 5, sha256: createHash("sha256").update("after").digest("hex") });
      expect(readFileSync(path("out.osm"), "utf8")).toBe("before");
      if (keep) expect(await output.commit()).toEqual(written);
      else await output.discard();
      expect(readFileSync(path("out.osm"), "utf8")).toBe(keep ? "after" : "before");
      expect(files()).toEqual(["out.osm"]);
    }
  });

  test("discarded, leaves the previous one as it was", async () => {
    writeFileSync(path("out.osm"), "before");
    const output = await openOutput(path("out.osm"));
    await output.write("after");
    await output.discard();
    expect(files()).toEqual(["out.osm"]);
    expect(readFileSync(path("out.osm"), "utf8")).toBe("before");
    await expect(output.write("more")).rejects.toThrow(OutputError);
    await expect(output.commit()).rejects.toThrow(OutputError);
  });

  test("can be discarded after it is in place, to no effect", async () => {
    const output = await openOutput(path("out.osm"));
    await output.commit();
    await output.discard();
    expect(files()).toEqual(["out.osm"]);
  });

  test("can be patched, and the hash is of the patched bytes", async () => {
    const output = await openOutput(path("out.osm"), true);
    await output.write("head ____ tail");
    await output.patch(5, "1234");
    const { sha256 } = await output.commit();
    expect(readFileSync(path("out.osm"), "utf8")).toBe("head 1234 tail");
    expect(sha256).toBe(createHash("sha256").update("head 1234 tail").digest("hex"));
  });

  test("a patch beyond the end is refused", async () => {
    const output = await openOutput(path("out.osm"));
    await output.write("short");
    await expect(output.patch(3, "long")).rejects.toThrow(RangeError);
    expect(files()).toEqual([]);
  });

  test("keeps the mode of the one it replaces", async () => {
    writeFileSync(path("out.osm"), "before");
    chmodSync(path("out.osm"), 0o640);
    await (await openOutput(path("out.osm"))).commit();
    expect(statSync(path("out.osm")).mode & 0o7777).toBe(0o640);
  });

  test("behind a link is replaced, and the link stays", async () => {
    mkdirSync(path("real"));
    symlinkSync("real/out.osm", path("link.osm"));
    for (const text of ["first", "second"]) {
      const output = await openOutput(path("link.osm"));
      await output.write(text);
      await output.commit();
      expect(lstatSync(path("link.osm")).isSymbolicLink()).toBe(true);
      expect(readFileSync(path("real/out.osm"), "utf8")).toBe(text);
    }
    expect(readdirSync(path("real"))).toEqual(["out.osm"]);
  });

  test("cannot be written twice at once, also by another way to its folder", async () => {
    mkdirSync(path("real"));
    symlinkSync("real", path("alias"));
    const output = await openOutput(path("real/out.osm"));
    await expect(openOutput(path("alias/out.osm"))).rejects.toThrow(/two outputs would be written/);
    await output.write("whole");
    await output.commit();
    expect(readFileSync(path("real/out.osm"), "utf8")).toBe("whole");
    await (await openOutput(path("alias/out.osm"))).discard();
  });
});

describe("places that cannot be written to", () => {
  test.each([
    ["a folder", ".", /is a folder/],
    ["a missing folder", "no/such/out.osm", /there is no folder .*no\/such; create it/],
    ["a file as a folder", "file/out.osm", /there is no folder/],
    ["a link to itself", "loop", /leads to itself/],
  ])("%s is bad usage", async (_what, name, message) => {
    writeFileSync(path("file"), "");
    symlinkSync("loop", path("loop"));
    await expect(openOutput(path(name))).rejects.toThrow(UsageError);
    await expect(openOutput(path(name))).rejects.toThrow(message);
  });
});

describe("temporary files of runs that were killed", () => {
  test("go when the same target is written again; those of others and of living processes stay", async () => {
    const dead = spawnSync("true").pid;
    const living = process.ppid;
    for (const name of [
      `.out.osm.${dead}.tmp`,
      `.out.osm.${process.pid}.tmp`,
      `.out.osm.${living}.tmp`,
      `.other.osm.${dead}.tmp`,
      ".out.osm.notes.tmp",
    ])
      writeFileSync(path(name), "");
    await (await openOutput(path("out.osm"))).commit();
    expect(files()).toEqual(
      [`.out.osm.${living}.tmp`, `.other.osm.${dead}.tmp`, ".out.osm.notes.tmp", "out.osm"].sort(),
    );
  });
});

describe("a full disk", () => {
  const mounted = process.getuid?.() === 0 && process.platform === "linux";
  test.runIf(mounted)("leaves the previous file and no temporary one", async (context) => {
    mkdirSync(path("small"));
    const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path("small")]);
    if (mount.status !== 0 && process.env["CI"] === undefined)
      return context.skip("no permission to mount a file system");
    try {
      writeFileSync(path("small/out.osm"), "before");
      const output = await openOutput(path("small/out.osm"));
      await output.write("x".repeat(10_000));
      const overfull = output.write("x".repeat(200_000));
      await expect(overfull).rejects.toThrow(OutputError);
      await expect(overfull).rejects.toThrow(
        /^disk full while writing .*out\.osm \(10000 bytes written\); the previous file is unchanged$/,
      );
      expect(readdirSync(path("small"))).toEqual(["out.osm"]);
      expect(readFileSync(path("small/out.osm"), "utf8")).toBe("before");
    } finally {
      execFileSync("umount", ["-l", path("small")]);
    }
  });

  test.runIf(process.platform === "linux")("is told of devices too", async () => {
    const output = await openOutput("/dev/full");
    await expect(output.write("x")).rejects.toThrow(/disk full while writing \/dev\/full/);
    await output.discard();
  });
});

describe("what is written straight through", () => {
  test("/dev/null stays what it is", async () => {
    const output = await openOutput("/dev/null");
    await output.write("x");
    expect(await output.commit()).toMatchObject({ bytes: 1 });
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("a FIFO", async () => {
    execFileSync("mkfifo", [path("pipe")]);
    const reader = spawn("cat", [path("pipe")]);
    let got = "";
    reader.stdout.on("data", (chunk: Buffer) => (got += chunk.toString()));
    const closed = new Promise((done) => reader.on("close", done));
    const output = await openOutput(path("pipe"));
    await output.write("through");
    await output.commit();
    await closed;
    expect(got).toBe("through");
    expect(files()).toEqual(["pipe"]);
  });

  test("a reader that has gone ends writing without being a failure", async () => {
    const reader = spawn("head", ["-c", "1"], { stdio: ["pipe", "ignore", "ignore"] });
    const output = streamOutput("-", reader.stdin);
    const writing = async () => {
      for (let i = 0; i < 1000; i += 1) await output.write("x".repeat(100_000));
    };
    await expect(writing()).rejects.toThrow(ReaderGoneError);
  });
});

describe("in a process of its own", () => {
  const built = temporaryFolder();
  compileInto(built.path, ["output-file", "interruption"]);
  afterAll(() => built.remove());

  test("stdout into `head` ends quietly with 0", async () => {
    writeFileSync(
      join(built.path, "many.mjs"),
      `import { openOutput } from "./output-file.js";
       import { watchForEarlyEnd } from "./interruption.js";
       watchForEarlyEnd((message) => process.stderr.write(message));
       const output = await openOutput("-");
       for (;;) await output.write("line\\n".repeat(10000));`,
    );
    const command = "{ node many.mjs; echo $? >&2; } | head -n 1";
    const { stdout, stderr } = spawnSync("bash", ["-c", command], { cwd: built.path, encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["line\n", "0\n"]);
  });

  test("all of stdout arrives before the process exits", async () => {
    const { stdout, code } = await runScript(
      built.path,
      `import { openOutput } from "./output-file.js";
       const output = await openOutput("/dev/stdout");
       await output.write("x".repeat(500000));
       await output.commit();
       process.exit(0);`,
    );
    expect([stdout.length, code]).toEqual([500_000, 0]);
  });
});

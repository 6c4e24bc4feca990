/** Whatever a run that was killed has left, the next one makes one whole publication of it, or the one before. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { temporaryFolder } from "./compiled.test-support.js";
import { makeSourceFolder, publish, recover, retain } from "./publication.js";
import { STATE_AFTER, type SourceFolder, newestStamp, sourceFolder } from "./source-folder.js";

const OLDER = "2026-11-19T020000Z";
const OLD = "2026-11-20T020000Z";
const NEW = "2026-11-21T020000Z";

let temporary: ReturnType<typeof temporaryFolder>;
let folder: SourceFolder;

beforeEach(async () => {
  temporary = temporaryFolder();
  folder = sourceFolder(join(temporary.path, "demo"), undefined);
  await makeSourceFolder(folder);
});
afterEach(() => temporary.remove());

const stateOf = (stamp: string) => gzipSync(`state after ${stamp}\n`);

/** Results with the state they leave. */
function results(path: string, stamp: string): void {
  mkdirSync(path);
  writeFileSync(join(path, "report.json"), stamp);
  writeFileSync(join(path, STATE_AFTER), stateOf(stamp));
}

function published(stamp: string, where = folder): void {
  results(where.published(stamp), stamp);
  writeFileSync(where.state, where.state.endsWith(".gz") ? stateOf(stamp) : `state after ${stamp}\n`);
  rmSync(where.latest, { force: true });
  symlinkSync(stamp, where.latest);
}

/** What a run that publishes leaves when it is killed: the folder has its name, and the mark is there. */
function begun(stamp: string): void {
  writeFileSync(folder.mark(stamp), "");
  results(folder.published(stamp), stamp);
}

const names = () => readdirSync(folder.path).sort();
const latest = () => readlinkSync(folder.latest);
const counts = () => readFileSync(folder.state);

describe("publishing", () => {
  it("gives the folder its name, makes its state count and points latest to it", async () => {
    results(folder.unpublished(NEW), NEW);
    await publish(folder, NEW);
    expect(names()).toEqual([NEW, "feeds", "latest", STATE_AFTER]);
    expect(latest()).toBe(NEW);
    expect(counts()).toEqual(stateOf(NEW));
    expect(readFileSync(join(folder.latest, "report.json"), "utf8")).toBe(NEW);
  });

  it("keeps a state elsewhere as its name says: compressed or not", async () => {
    const plain = sourceFolder(folder.path, join(temporary.path, "kept.ndjson"));
    results(folder.unpublished(NEW), NEW);
    await publish(plain, NEW);
    expect(readFileSync(plain.state, "utf8")).toBe(`state after ${NEW}\n`);
    expect(names()).toEqual([NEW, "feeds", "latest"]);
    expect(await recover(plain)).toEqual([]);
    expect(latest()).toBe(NEW);
  });

  it("that cannot write the state publishes nothing", async () => {
    published(OLD);
    const elsewhere = sourceFolder(folder.path, join(temporary.path, "none/state.ndjson.gz"));
    results(folder.unpublished(NEW), NEW);
    await expect(publish(elsewhere, NEW)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("none"),
    });
    expect(names()).toEqual([OLD, "feeds", "latest", STATE_AFTER]);
    expect(latest()).toBe(OLD);
  });

  it("does not replace a latest that is no link", async () => {
    mkdirSync(folder.latest);
    writeFileSync(join(folder.latest, "mine"), "");
    await expect(recover(folder)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/latest is no link/),
    });
    expect(readdirSync(folder.latest)).toEqual(["mine"]);
  });
});

describe.each(["first", "later"])("a %s run that was killed", (which) => {
  beforeEach(() => {
    if (which === "later") published(OLD);
  });
  const before = () => (which === "later" ? [OLD, "feeds", "latest", STATE_AFTER] : ["feeds"]);

  const isUndone = () => {
    expect(names()).toEqual(before());
    expect(readdirSync(folder.feeds)).toEqual([]);
    if (which === "later") {
      expect(latest()).toBe(OLD);
      expect(counts()).toEqual(stateOf(OLD));
    }
  };

  it("while it compared is undone", async () => {
    mkdirSync(folder.unpublished(NEW));
    writeFileSync(join(folder.unpublished(NEW), ".changes.osm.123.tmp"), "half");
    writeFileSync(folder.hidden(NEW, "profile.json"), "{}");
    writeFileSync(folder.hidden(NEW, "report.json"), "{");
    writeFileSync(join(folder.path, `..${NEW}.report.json.123.tmp`), "{");
    writeFileSync(join(folder.feeds, `.${NEW}.ndjson.lock.1`), "");
    expect(await recover(folder)).toEqual([expect.stringContaining("ended early")]);
    isUndone();
  });

  it("when all was written is undone", async () => {
    results(folder.unpublished(NEW), NEW);
    await recover(folder);
    isUndone();
  });

  it("before the folder had its name is undone", async () => {
    results(folder.unpublished(NEW), NEW);
    writeFileSync(folder.mark(NEW), "");
    await recover(folder);
    isUndone();
  });

  it("when the folder had its name is undone: its state does not count", async () => {
    begun(NEW);
    expect(await recover(folder)).toEqual([expect.stringContaining(`${NEW} was not published to the end`)]);
    isUndone();
  });

  it("when its state was being put in place is undone", async () => {
    begun(NEW);
    writeFileSync(join(folder.path, `.${STATE_AFTER}.999999999.tmp`), "half");
    await recover(folder);
    expect(names().filter((name) => !name.endsWith(".tmp"))).toEqual(before());
  });

  it("when its state counted is finished", async () => {
    begun(NEW);
    writeFileSync(folder.state, stateOf(NEW));
    expect(await recover(folder)).toEqual([expect.stringContaining("done now")]);
    expect(latest()).toBe(NEW);
    expect(existsSync(folder.published(NEW))).toBe(true);
    expect(existsSync(folder.mark(NEW))).toBe(false);
    if (which === "later") expect(existsSync(folder.published(OLD))).toBe(true);
  });

  it("while latest was being made is finished", async () => {
    begun(NEW);
    writeFileSync(folder.state, stateOf(NEW));
    symlinkSync(NEW, join(folder.path, ".latest.77.tmp"));
    await recover(folder);
    expect(latest()).toBe(NEW);
    expect(names()).not.toContain(".latest.77.tmp");
  });

  it("when all but the mark was done keeps its results, whatever the state is by now", async () => {
    published(NEW);
    writeFileSync(folder.mark(NEW), "");
    writeFileSync(folder.state, gzipSync("mended by hand\n"));
    expect(await recover(folder)).toEqual([]);
    expect(names()).toEqual([...(which === "later" ? [OLD] : []), NEW, "feeds", "latest", STATE_AFTER]);
  });

  it("when all was done has nothing to be done about it, nor has it twice", async () => {
    published(NEW);
    expect(await recover(folder)).toEqual([]);
    expect(await recover(folder)).toEqual([]);
    expect(latest()).toBe(NEW);
  });

  it("while an older folder was being removed leaves none of it", async () => {
    published(NEW);
    mkdirSync(folder.hidden(OLDER, "removed"));
    writeFileSync(join(folder.hidden(OLDER, "removed"), "review.html"), "");
    await recover(folder);
    expect(names()).not.toContain(`.${OLDER}.removed`);
  });
});

describe("putting in order", () => {
  it("what has no link any more (copied by a tool that knows none) keeps every folder", async () => {
    published(OLDER);
    published(OLD);
    published(NEW);
    rmSync(folder.latest);
    await recover(folder);
    expect(latest()).toBe(NEW);
    expect(names()).toEqual([OLDER, OLD, NEW, "feeds", "latest", STATE_AFTER]);
  });

  it("the same with another state keeps them too", async () => {
    published(OLD);
    published(NEW);
    rmSync(folder.latest);
    writeFileSync(folder.state, gzipSync("mended by hand\n"));
    expect(await recover(folder)).toEqual([expect.stringContaining("latest was gone")]);
    expect(names()).toEqual([OLD, NEW, "feeds", "latest", STATE_AFTER]);
  });

  test.each([
    ["one night", OLD, NEW],
    ["more than one", OLDER, `${NEW}, ${OLD}`],
  ])("when somebody has gone back by %s removes none of them", async (_, to, newer) => {
    for (const stamp of [OLDER, OLD, NEW]) published(stamp);
    rmSync(folder.latest);
    symlinkSync(to, folder.latest);
    writeFileSync(folder.state, stateOf(to));
    expect(await recover(folder)).toEqual([expect.stringContaining(`though ${newer} is newer: all stays`)]);
    expect(latest()).toBe(to);
    expect(names()).toEqual([OLDER, OLD, NEW, "feeds", "latest", STATE_AFTER]);
  });

  test.each([true, false])(
    "a folder of others that is called like a night stays (latest: %s)",
    async (has) => {
      if (has) published(OLD);
      mkdirSync(folder.published(NEW));
      writeFileSync(join(folder.published(NEW), "mine"), "");
      writeFileSync(folder.published(OLDER), "a file");
      expect(await recover(folder)).toEqual([]);
      await retain(folder, 1);
      expect(readdirSync(folder.published(NEW))).toEqual(["mine"]);
      expect(readFileSync(folder.published(OLDER), "utf8")).toBe("a file");
      expect(existsSync(folder.latest)).toBe(has);
    },
  );

  test.each(["demo", "demo/feeds"])("a file where %s is to be a folder is told", async (path) => {
    rmSync(join(temporary.path, path), { recursive: true });
    writeFileSync(join(temporary.path, path), "");
    await expect(makeSourceFolder(folder)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/must be a folder, but a file is in the way/),
    });
  });

  it("a damaged state is told, and nothing goes", async () => {
    published(OLD);
    begun(NEW);
    writeFileSync(folder.state, stateOf(OLD).subarray(0, 12));
    await expect(recover(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("is damaged"),
    });
    expect(existsSync(folder.published(NEW))).toBe(true);
  });

  it("leaves alone what is not of a run", async () => {
    published(OLD);
    mkdirSync(join(folder.path, "notes"));
    writeFileSync(join(folder.path, ".gitignore"), "feeds\n");
    writeFileSync(join(folder.path, ".latest.mine"), "");
    const ofRuns = [`.${NEW}.ndjson.lock.1`, `.${NEW}-2.ndjson.spool.99.tmp`, `.${NEW}.ndjson.gz.99.plain`];
    for (const name of [".gitkeep", ".nfs000000000a1b2c3d", ...ofRuns])
      writeFileSync(join(folder.feeds, name), "");
    await recover(folder);
    expect(names()).toEqual([".gitignore", ".latest.mine", OLD, "feeds", "latest", "notes", STATE_AFTER]);
    expect(readdirSync(folder.feeds).sort()).toEqual([".gitkeep", ".nfs000000000a1b2c3d"]);
  });
});

describe("retention", () => {
  const feed = (stamp: string, ending = ".ndjson") =>
    writeFileSync(join(folder.feeds, `${stamp}${ending}`), "");
  const feeds = () => readdirSync(folder.feeds).sort();

  test.each([
    [1, [NEW]],
    [2, [OLD, NEW]],
    [9, [OLDER, OLD, NEW]],
  ])("of %i keeps the newest, with the feeds they were made from", async (keep, kept) => {
    for (const stamp of [OLDER, OLD, NEW]) {
      published(stamp);
      feed(stamp);
      feed(stamp, ".ndjson.fetch.json");
      feed(stamp, "-2.ndjson");
    }
    const gone = [OLD, OLDER].filter((stamp) => !kept.includes(stamp));
    expect(await retain(folder, keep)).toEqual({ removed: gone, stuck: [] });
    expect(names()).toEqual([...kept, "feeds", "latest", STATE_AFTER]);
    expect(feeds()).toEqual(
      kept.flatMap((stamp) => [`${stamp}-2.ndjson`, `${stamp}.ndjson`, `${stamp}.ndjson.fetch.json`]),
    );
  });

  it("never takes what latest points to, and not the newest feed", async () => {
    published(OLD);
    published(NEW);
    rmSync(folder.latest);
    symlinkSync(OLD, folder.latest);
    feed(OLDER);
    feed("2026-11-22T020000Z");
    await retain(folder, 1);
    expect(names()).toEqual([OLD, NEW, "feeds", "latest", STATE_AFTER]);
    expect(feeds()).toEqual(["2026-11-22T020000Z.ndjson"]);
  });

  it("keeps the newest whole feed beside the beginning of a newer one", async () => {
    published(OLDER);
    for (const ending of [".ndjson", ".ndjson.fetch.json"])
      for (const stamp of [OLDER, OLD, NEW]) feed(stamp, ending);
    feed("2026-11-22T020000Z", ".ndjson.part");
    await retain(folder, 1);
    expect(feeds()).toEqual([
      ...[OLDER, NEW].flatMap((stamp) => [`${stamp}.ndjson`, `${stamp}.ndjson.fetch.json`]),
      "2026-11-22T020000Z.ndjson.part",
    ]);
  });

  it("does not touch files of others", async () => {
    published(NEW);
    writeFileSync(join(folder.feeds, "mine.ndjson"), "");
    await retain(folder, 1);
    expect(feeds()).toEqual(["mine.ndjson"]);
  });
});

test("the newest name is found wherever a run left something", async () => {
  expect(await newestStamp(folder)).toBeUndefined();
  published(OLDER);
  expect(await newestStamp(folder)).toBe(OLDER);
  writeFileSync(join(folder.feeds, `${OLD}-1.ndjson.part`), "");
  expect(await newestStamp(folder)).toBe(OLD);
  mkdirSync(folder.unpublished(`${NEW}.03`));
  expect(await newestStamp(folder)).toBe(`${NEW}.03`);
  expect(lstatSync(folder.latest).isSymbolicLink()).toBe(true);
});

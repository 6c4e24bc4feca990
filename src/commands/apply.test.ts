/** `apply`: what reviewers accepted, uploaded and compared again: nothing decided is asked twice (D5, D8, D9). */
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { itWithOsmium, osmium, osmiumIn } from "../osm/osmium.test-support.js";
import { xmlOf } from "../osm/osm-data.test-support.js";
import { type SheetRow, sheetRows } from "../proposals/sheet.test-support.js";
import { elementsWithTags } from "../proposals/written-edits.test-support.js";
import { applyReportSchema } from "../runs/apply-report.js";
import { type Desk, type MixedDesk, mixedDesk, whole } from "./apply.test-support.js";
import { applyFromArguments } from "./apply-arguments.js";
import { SILENT } from "./convert.test-support.js";
import { asked, evses, feedText, placeOf } from "./diff.test-support.js";
import { OsmWorld, nodeOf } from "./osm-world.test-support.js";
import { readJson } from "./run-cli.test-support.js";

let at: MixedDesk;
let world: OsmWorld;
let desk: Desk;
const path = (name: string): string => at.path(name);
const run: MixedDesk["run"] = (options) => at.run(options, world);

beforeEach(() => {
  at = mixedDesk();
  ({ desk, world } = at);
});
afterEach(() => at.remove());

describe("accepted proposals", () => {
  it("are written as diff would write them, and nothing else is", async () => {
    const { proposals, changes } = await run();
    const edits = proposals.filter(({ change }) => change === "create" || change === "modify");
    const all = desk.decide("all", ...edits.map(({ id }) => whole(id, "accept")));
    expect((await desk.apply([all])).document).toBe(changes);
    const { document, report } = await desk.apply([desk.decide("one", whole("modify/LT*ABC*2", "accept"))]);
    expect(elementsWithTags(document).map(({ element }) => element.name)).toEqual([
      "node",
      "node",
      "node",
      "node",
      "way",
    ]);
    expect(report.counts.edits).toMatchObject({ changed: 1, created: 0 });
    expect(world.upload(document).map(({ name }) => name)).toEqual(["w21"]);
  });

  it("are written tag by tag", async () => {
    await run();
    const decisions = [
      { proposal: "modify/LT*ABC*1", key: "capacity", decision: "accept", value: "1" },
      { proposal: "create/LT*ABC*7", decision: "accept" },
      { proposal: "create/LT*ABC*7", key: "capacity", decision: "reject", value: "1" },
    ];
    const uploaded = world.upload((await desk.apply([desk.decide("some", ...decisions)])).document);
    expect(uploaded.map(({ before }) => before?.id)).toEqual([undefined, 11]);
    const station = world.tags(world.named("ref:ocpi:location:id", "7"));
    expect([station.get("amenity"), station.get("capacity")]).toEqual(["charging_station", undefined]);
    expect([world.tags("n11").get("capacity"), world.tags("n11").get("socket:type2")]).toEqual([
      "1",
      undefined,
    ]);
  });

  it("of a review are an edit of the object as it is known", async () => {
    const { proposals } = await run();
    const review = proposals.find(({ id }) => id === "review/LT*ABC*4");
    expect(review?.tags.map(({ key }) => key)).toContain("capacity");
    world.upload((await desk.apply([desk.decide("yes", whole("review/LT*ABC*4", "accept"))])).document);
    expect(world.tags("n41").get("capacity")).toBe("1");
  });

  it("are the same bytes from any number of files in any order, also from a sheet", async () => {
    await run();
    const a = desk.decide("a.ndjson", whole("modify/LT*ABC*1", "accept"), whole("create/LT*ABC*7", "accept"));
    const b = desk.decide("b.ndjson", whole("modify/LT*ABC*2", "accept"));
    const { document } = await desk.apply([a, b]);
    expect((await desk.apply([path("*.ndjson")])).document).toBe(document);
    expect((await desk.apply([b, a])).document).toBe(document);
    const wanted = ["modify/LT*ABC*1", "create/LT*ABC*7", "modify/LT*ABC*2"];
    const sheet = desk.decideInSheet("review.csv", ({ proposal }) =>
      wanted.includes(proposal ?? "") ? "yes" : "",
    );
    expect((await desk.apply([sheet])).document).toBe(document);
  });

  itWithOsmium("are files that osmium reads and applies", async () => {
    await run();
    const sheet = desk.decideInSheet("review.csv", ({ change }) => (change === "review" ? "" : "accept"));
    const osm = await desk.apply([sheet]);
    osmium(osm.document, "fileinfo", "-e", "-F", "osm");
    const osc = await desk.apply([sheet], { output: path("accepted.osc") });
    const files = { "before.osm": xmlOf(world.elements), "accepted.osc": osc.document };
    const after = osmiumIn(files, "apply-changes", "before.osm", "accepted.osc", "-f", "osm");
    world.upload(osm.document);
    const tagged = (document: string) =>
      elementsWithTags(document)
        .filter(({ element }) => Number(element.attributes["id"]) > 0)
        .map(({ element, tags }) => [element.name, element.attributes["id"], [...tags]]);
    const created = Number(osm.report.counts.edits.created) + osm.report.counts.edits.charge_points;
    expect(created).toBeGreaterThan(1);
    expect(tagged(after)).toEqual(tagged(xmlOf(world.elements.filter(({ id }) => id <= 1_000_000))));
  });
});

describe("what is refused", () => {
  it("is what the feed says otherwise by now (D8), with both values, and the rest is written", async () => {
    await run();
    const decision = {
      proposal: "modify/LT*ABC*1",
      decision: "accept",
      values: { capacity: "8", "socket:type2": "1" },
    };
    const { refused, report, document } = await desk.apply([desk.decide("old", decision)]);
    expect(refused).toEqual(["modify/LT*ABC*1 capacity stale"]);
    expect(report.refused[0]).toMatchObject({ decided: "8", now: "1" });
    world.upload(document);
    expect([world.tags("n11").get("capacity"), world.tags("n11").get("socket:type2")]).toEqual([
      undefined,
      "1",
    ]);
  });

  it("is what a mapper changed since, where newer OSM is given", async () => {
    await run();
    world.edit("n11", { capacity: "6", note: "renewed" });
    world.delete("w21");
    const { latitude, longitude } = placeOf(7);
    world.add(nodeOf(77, Number(latitude) + 0.0005, longitude, { amenity: "charging_station" }));
    const ids = ["modify/LT*ABC*1", "modify/LT*ABC*2", "create/LT*ABC*7"];
    const newer = { osm: [world.saveTo(path("newer.osm"))] };
    const { refused, document } = await desk.apply(
      [desk.decide("yes", ...ids.map((id) => whole(id, "accept")))],
      newer,
    );
    expect(refused).toEqual([
      "create/LT*ABC*7 mapped-since",
      "modify/LT*ABC*1 capacity changed-since",
      "modify/LT*ABC*2 gone",
    ]);
    world.upload(document);
    expect([...world.tags("n11")]).toEqual(
      expect.arrayContaining([
        ["capacity", "6"],
        ["note", "renewed"],
        ["socket:type2", "1"],
      ]),
    );
  });

  it("is nothing when OSM has it already: that is told apart", async () => {
    const { changes } = await run();
    const yes = desk.decide("yes", whole("modify/LT*ABC*1", "accept"));
    world.upload(changes);
    const { report, document } = await desk.apply([yes], { osm: [world.saveTo(path("newer.osm"))] });
    expect([report.counts.refused, report.counts.already_done > 0]).toEqual([0, true]);
    expect(elementsWithTags(document)).toEqual([]);
  });

  it("is a match, which has nothing to write, and what is proposed no more", async () => {
    const { latitude, longitude } = placeOf(7);
    world.add(nodeOf(77, Number(latitude) + 0.0006, longitude, { amenity: "charging_station" }));
    const { proposals } = await run();
    expect(proposals.map(({ id }) => id)).toContain("review/LT*ABC*7");
    const match = { proposal: "review/LT*ABC*7", decision: "accept", osm: "n77" };
    expect(
      (await desk.apply([desk.decide("yes", match, whole("create/LT*ABC*99", "accept"))])).refused,
    ).toEqual(["create/LT*ABC*99 not-proposed", "review/LT*ABC*7 match-accepted"]);
    const again = await run({ decisions: path("yes") });
    expect(asked(again)).toContain("modify/LT*ABC*7");
  });

  it("is listed as CSV where the report is named so", async () => {
    await run();
    await applyFromArguments(
      path("out"),
      {
        decisions: [desk.decide("yes", whole("create/LT*ABC*99", "accept"))],
        output: path("a.osm"),
        report: path("r.csv"),
        progress: "never",
      },
      SILENT,
    );
    expect(sheetRows(readFileSync(path("r.csv"), "utf8"))).toMatchObject([
      {
        proposal: "create/LT*ABC*99",
        state: "refused",
        reason: expect.stringContaining("not proposed any more"),
      },
    ]);
  });
});

describe("a whole round", () => {
  const withEvses = (count: number) => feedText(4, (id) => (id === 2 ? { evses: evses(count) } : {}));
  const round = (feed: string, decisions: readonly string[]) => {
    writeFileSync(path("feed.json"), feed);
    return run({ state: path("state"), decisions });
  };

  it.each(["ndjson", "a sheet"])("decided in %s asks nothing twice until the feed changes", async (form) => {
    world = new OsmWorld();
    world.upload((await round(feedText(3), [])).changes);
    await round(feedText(3), []);
    const second = await round(withEvses(2), []);
    expect(asked(second)).toEqual(["modify/LT*ABC*2", "create/LT*ABC*4"]);
    const refuses = (row: SheetRow) => row["key"] === "capacity" && row["change"] === "modify";
    const decisions =
      form === "ndjson"
        ? desk.decide(
            "d1",
            whole("modify/LT*ABC*2", "accept"),
            { proposal: "modify/LT*ABC*2", key: "capacity", decision: "reject", value: "2" },
            whole("create/LT*ABC*4", "accept"),
          )
        : desk.decideInSheet("d1.csv", (row) => (refuses(row) ? "n" : "y"));
    const { document, report } = await desk.apply([decisions]);
    expect([report.counts.tags.rejected, report.counts.refused]).toEqual([1, 0]);
    world.upload(document);
    for (let again = 0; again < 2; again++) expect(asked(await round(withEvses(2), [decisions]))).toEqual([]);
    const changed = await round(withEvses(3), [decisions]);
    expect(
      changed.proposals.flatMap(({ tags }) => tags.map(({ key, new: value }) => `${key}=${value}`)),
    ).toContain("capacity=3");
  });

  it("with a create and a closure refused in a sheet asks neither again", async () => {
    world = new OsmWorld();
    world.upload((await round(feedText(3), [])).changes);
    await round(feedText(3), []);
    const gone = feedText(4, (id) => (id === 2 ? undefined : {}));
    writeFileSync(path("feed.json"), gone);
    const options = { state: path("state"), patience: 1, maxDisappear: "1" };
    expect(asked(await run(options))).toEqual(["close/LT*ABC*2", "create/LT*ABC*4"]);
    const refused = desk.decideInSheet("no.csv", () => "reject");
    expect((await desk.apply([refused])).report.counts.edits).toMatchObject({ changed: 0, created: 0 });
    for (let again = 0; again < 2; again++)
      expect(asked(await run({ ...options, decisions: [refused] }))).toEqual([]);
  });

  it("with a closure accepted marks the station as disused, and it is closed from then on", async () => {
    world = new OsmWorld();
    world.upload((await round(feedText(3), [])).changes);
    await round(feedText(3), []);
    writeFileSync(
      path("feed.json"),
      feedText(3, (id) => (id === 2 ? undefined : {})),
    );
    const options = { state: path("state"), patience: 1, maxDisappear: "1" };
    const name = world.named("ref:ocpi:location:id", "2");
    await run(options);
    const yes = desk.decide("yes", whole("close/LT*ABC*2", "accept"));
    world.upload((await desk.apply([yes])).document);
    expect([world.tags(name).get("amenity"), world.tags(name).get("disused:amenity")]).toEqual([
      undefined,
      "charging_station",
    ]);
    expect(asked(await run({ ...options, decisions: [yes] }))).toEqual([]);
  });

  it("puts off what was put off until somebody decides about the review it comes back in", async () => {
    await run();
    const tag = { proposal: "modify/LT*ABC*1", key: "capacity", decision: "defer", value: "1" };
    const putOff = desk.decide("a", { ...tag, who: "bert", when: "2026-01-01T00:00:00Z" });
    const { proposals } = await run({ decisions: [putOff] });
    expect(proposals.map(({ id }) => id)).toContain("review/LT*ABC*1");
    const sheet = desk.decideInSheet("anna.csv", ({ proposal }) =>
      proposal === "review/LT*ABC*1" ? "ok" : "",
    );
    const { document, report } = await desk.apply([putOff, sheet]);
    expect(report.counts.tags).toMatchObject({ accepted: 1, deferred: 0 });
    world.upload(document);
    expect(world.tags("n11").get("capacity")).toBe("1");
  });

  it("does not create what the next diff puts to review again, unless that is accepted, too", async () => {
    await run();
    const yes = whole("create/LT*ABC*7", "accept");
    await run({ decisions: [desk.decide("yes", yes)] });
    const { refused } = await desk.apply([path("yes")]);
    expect(refused).toEqual(["create/LT*ABC*7 asked-again"]);
    const { report, document } = await desk.apply([
      desk.decide("both", yes, whole("review/LT*ABC*7", "accept")),
    ]);
    expect(report.counts.edits.created).toBe(1);
    world.upload(document);
    expect(asked(await run({ decisions: [path("both")] }))).not.toContain("review/LT*ABC*7");
  });

  it("writes a report of which its schema knows every member", async () => {
    await run();
    const values = { capacity: null, "socket:type2": "1" };
    const decided = desk.decide(
      "all",
      { proposal: "modify/LT*ABC*1", decision: "accept", values },
      { ...whole("modify/LT*ABC*2", "reject"), who: "anna", when: "2026-01-01T00:00:00Z" },
      { ...whole("modify/LT*ABC*2", "accept"), who: "bert", when: "2026-01-02T00:00:00Z" },
    );
    world.edit("n11", { "socket:type2": "9" });
    await desk.apply([decided], { osm: [world.saveTo(path("newer.osm"))] });
    const report = readJson(path("apply.json"));
    expect(report).toMatchObject({ refused: [{ decided: null }, { osm: "9" }], disagreements: [{}] });
    expect(applyReportSchema.parse(report)).toEqual(report);
  });

  it("tells in its report what two reviewers decided differently", async () => {
    await run();
    const sheet = desk.decideInSheet("anna.csv", ({ proposal }) =>
      proposal === "modify/LT*ABC*1" ? "y" : "",
    );
    const other = desk.decide("b.ndjson", {
      ...whole("modify/LT*ABC*1", "reject"),
      who: "bert",
      when: "2026-01-01T00:00:00Z",
    });
    const { report } = await desk.apply([sheet, other]);
    expect(report.disagreements).toMatchObject([
      { proposal: "modify/LT*ABC*1", decisions: [{ who: "anna.csv", decision: "accept" }, { who: "bert" }] },
    ]);
    const results = await run({ decisions: [sheet, other] });
    expect(results.report.disagreements).toMatchObject([{ proposal: "modify/LT*ABC*1" }]);
    expect(results.report.decisions).toHaveLength(2);
    expect(readFileSync(path("out/report.md"), "utf8")).toMatch(/## Reviewers disagree[\s\S]*bert\\: reject/);
  });
});

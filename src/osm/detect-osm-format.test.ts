import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { osmXml, refusal, sourceOf } from "./osm-files.test-support.js";
import { readOsm } from "./read-osm.js";

const ERROR_PAGE = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html><head><title>OSM3S Response</title></head><body>
<p><strong style="color:#FF0000">Error</strong>: runtime error: open64: 0 Success. The server is probably too busy.</p>
</body></html>`;

describe("what is no OSM extract is refused", () => {
  it.each([
    ["nothing", "", "the extract is empty"],
    ["blanks", " \n", "nothing but blanks"],
    [
      "changes",
      '<?xml version="1.0"?><!-- x --><osmChange version="0.6"><modify/></osmChange>',
      "osmChange file",
    ],
    ["changes in an <osm>", osmXml("<modify/>"), "changes, not a state"],
    ["an error page of Overpass", ERROR_PAGE, "error page of Overpass: runtime error: open64"],
    ["another web page", "<!DOCTYPE html><title>Log in</title>", "an HTML page"],
    ["other XML", "<gpx/>", "XML with the root <gpx>"],
    ["a table", "id,lat,lon\n1,2,3\n", 'text that begins "id,lat,lon'],
    ["GeoJSON", '{"type":"FeatureCollection","features":[]}', "it is GeoJSON"],
    ["an OCPI feed", '{"status_code":1000,"data":[]}', 'its keys are "status_code", "data"'],
    ["a JSON list", "[1,2]", "no answer of Overpass: it is a list"],
    ["OPL", "n1 v1 dV c1 t2020-01-01T00:00:00Z i1 ua T x1 y2\n", "OPL text"],
    ["UTF-16", Buffer.from("\ufeff<osm/>", "utf16le"), "UTF-16"],
    ["binary data", Buffer.from([0, 1, 2, 3, 200, 201]), "this is no OSM extract"],
  ])("%s", async (_, content, problem) => {
    const said = await refusal(content);
    expect(said).toMatch(/^x\.osm(, line \d+)?: .* \| \S/);
    expect(said).toContain(problem);
  });

  it.each([
    ["zstd", "zstd"],
    ["xz", "xz"],
  ])("as long as it is compressed with %s", async (name, command) => {
    const { stdout, error } = spawnSync(command, ["-c"], { input: osmXml() });
    if (error === undefined)
      expect(await refusal(stdout)).toContain(`compressed with ${name}, which is not read`);
  });

  it("an answer that Overpass broke off", async () => {
    const remark = "runtime error: Query timed out in &quot;query&quot; at line 3 after 26 seconds.";
    expect(await refusal(osmXml(`<remark> ${remark} </remark>`))).toMatch(
      /did not answer in full: runtime error: Query timed out in "query".*\| Ask again/,
    );
    expect(await refusal('{"elements":[],"remark":"runtime error: out of memory"}')).toContain(
      "out of memory",
    );
  });
});

describe("an OSM extract", () => {
  it.each([
    ["with a byte order mark", `\ufeff${osmXml()}`],
    ["without declaration", "<osm/>"],
    [
      "behind comments and a DOCTYPE",
      '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE osm SYSTEM "x.dtd">\n<osm></osm>',
    ],
    ["of OSM's own API", '{"version":"0.6","generator":"CGImap","elements":[]}'],
    ["indented", '\n  {"elements":[]}'],
  ])("%s is told", async (_, content) => {
    expect((await readOsm(sourceOf(content))).objects).toEqual([]);
  });
});

// @ts-check
/** Reads an extract as `diff` does, and nothing else. */
import { createReadStream } from "node:fs";
import { readOsm } from "../../dist/osm/read-osm.js";

const name = process.argv[2] ?? "";
const { objects } = await readOsm({ name, open: () => createReadStream(name, { highWaterMark: 1 << 19 }) });
process.stdout.write(`${objects.length} charging objects\n`);

// @ts-check
/** The yardstick: the shortest program that reads a feed. It holds all of it and writes nothing. */
import { readFileSync } from "node:fs";

const feed = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
process.stdout.write(`${Array.isArray(feed) ? feed.length : feed.data.length} records\n`);

/** `fetch here` and `fetch ocpi`: their options. */
import type { Command } from "commander";
import { addFetchHere } from "./fetch-here.js";
import { addFetchOcpi } from "./fetch-ocpi.js";

export function addFetch(program: Command): void {
  const fetch = program.command("fetch").description("download a feed to NDJSON");
  addFetchHere(fetch);
  addFetchOcpi(fetch);
}

/** OSM's side of a comparison: extracts read and joined. */
import type { OsmExtract } from "../../osm/osm-object.js";
import { InputError } from "../../input-error.js";
import { mergeExtracts } from "../../osm/merge-extracts.js";
import { type OsmFacts, readOsm } from "../../osm/read-osm.js";
import { UnreadableInputError, UsageError } from "../../runs/exit-codes.js";
import { expandInputs, fingerprinted } from "../../runs/inputs.js";
import { spooled } from "../../runs/spooled-inputs.js";

/** An extract's row in the report's manifest. */
export interface OsmInput {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly facts: OsmFacts;
}

export interface OsmSide {
  readonly extract: OsmExtract;
  readonly inputs: readonly OsmInput[];
}

/**
 * Reads all extracts, one after the other, each in as many passes as it takes.
 *
 * @throws {UsageError} when none is named, {UnreadableInputError} at the first that cannot be read.
 */
export async function readOsmSide(names: readonly string[], prefilter: "auto" | "never"): Promise<OsmSide> {
  if (names.length === 0) throw new UsageError("no OSM extract given: name one with --osm");
  const { inputs } = await expandInputs(names);
  const kept = await spooled(inputs);
  const extracts: OsmExtract[] = [];
  const read: OsmInput[] = [];
  try {
    for (const input of kept.inputs) {
      let fingerprint: (() => { bytes: number; sha256: string }) | undefined;
      const open = (): AsyncIterable<Uint8Array> => {
        if (fingerprint !== undefined) return input.open();
        const hashed = fingerprinted(input.open());
        fingerprint = hashed.fingerprint;
        return hashed.chunks;
      };
      const path = input.seekable ? input.name : undefined;
      const { facts, ...extract } = await readOsm({ name: input.name, open, path }, { prefilter });
      extracts.push(extract);
      read.push({ name: input.name, facts, ...(fingerprint?.() ?? { bytes: 0, sha256: "" }) });
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new UnreadableInputError(`${error.message}. ${error.advice}`, { cause: error });
  } finally {
    await kept.discard();
  }
  return { extract: mergeExtracts(extracts), inputs: read };
}

/** The file of `--connector-types`: a saved answer of HERE v3's `countryMetadata?fields=connectorTypes`. */
import { readFile } from "node:fs/promises";
import { UsageError, systemCode } from "../../runs/exit-codes.js";
import { type ConnectorTypeCrosswalk, crosswalkOf } from "../../sources/connector-type-crosswalk.js";

/** @throws {UsageError} where the file cannot be read, is no JSON, or has no connector type with a `legacyId`. */
export async function readConnectorTypes(file: string): Promise<ConnectorTypeCrosswalk> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    const reason = systemCode(error) === "ENOENT" ? "no such file" : String(error);
    throw new UsageError(`--connector-types ${file}: ${reason}`, { cause: error });
  });
  const crosswalk = crosswalkOf(parsed(text, file));
  if (crosswalk.length === 0) {
    throw new UsageError(
      `--connector-types ${file}: it has no connector type with a legacyId; save the answer of ` +
        "GET https://evcp.hereapi.com/v3/countryMetadata?fields=connectorTypes&countryCodes=DEU,…",
    );
  }
  return crosswalk;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    throw new UsageError(`--connector-types ${file}: it is no JSON`, { cause: error });
  }
}

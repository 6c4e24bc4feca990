/** From a versions list, or a version's details, to the Locations endpoint. */
import { UnreadableInputError } from "../runs/exit-codes.js";
import type { Log } from "../runs/log.js";
import { shownUrl } from "../runs/secret.js";
import { jsonOf } from "./body-text.js";
import type { HttpClient } from "./http.js";
import { BrokenAnswerError } from "./http-error.js";
import type { OcpiAccess } from "./ocpi-access.js";
import type { OcpiAddresses } from "./ocpi-addresses.js";
import {
  MOST_DOCUMENT_BYTES,
  type OcpiDetails,
  type OcpiDocument,
  type OcpiVersions,
  ocpiDocument,
  partiesIn,
  statusOf,
} from "./ocpi-documents.js";
import { OCPI_VERSIONS, type OcpiVersion } from "./ocpi-versions.js";

export interface DiscoverySettings {
  readonly client: HttpClient;
  /** Asks once, for what is only good to know. */
  readonly courteous: HttpClient;
  readonly access: OcpiAccess;
  readonly addresses: OcpiAddresses;
  readonly log: Log;
  /** The version to take; the highest that is read unless given. */
  readonly version: OcpiVersion | undefined;
}

/** Roles under which Locations can be fetched, the best first; before 2.2 there were none, and drafts had others. */
const SENDING_ROLES = ["SENDER", "CPO", ""];

/** The address of the Locations endpoint that `document`, which came from `from`, leads to. */
export async function locationsEndpoint(
  document: OcpiDocument,
  from: string,
  settings: DiscoverySettings,
): Promise<string> {
  const { access, addresses, log } = settings;
  const found =
    document.kind === "details"
      ? { details: document.details, url: from }
      : await detailsOf(document.versions, from, settings);
  const { version, endpoints } = found.details;
  if (
    document.kind === "details" &&
    settings.version !== undefined &&
    plainVersion(version) !== settings.version
  ) {
    throw new UnreadableInputError(
      `${shownUrl(from)} speaks OCPI ${version}, not ${settings.version}; give the address of its versions list`,
    );
  }
  access.speaks(plainVersion(version));
  const locations = SENDING_ROLES.flatMap((role) =>
    endpoints.filter(
      (endpoint) =>
        endpoint.identifier.toLowerCase() === "locations" && (endpoint.role ?? "").toUpperCase() === role,
    ),
  )[0];
  if (locations === undefined) {
    const offered = endpoints.map(({ identifier, role }) => (role ? `${identifier} (${role})` : identifier));
    throw new UnreadableInputError(
      `${shownUrl(found.url)}: OCPI ${version} there has no Locations to fetch (locations, role SENDER); ` +
        `it has ${offered.join(", ") || "nothing"}. Ask who runs it, or try another version with --ocpi-version`,
    );
  }
  const url = addresses.discovered(locations.url, found.url);
  log.info(`OCPI ${version}: Locations are at ${shownUrl(url)}`, {
    event: "discovered",
    ocpi_version: version,
  });
  await tellParties(found.details, found.url, settings);
  return url;
}

async function detailsOf(
  versions: OcpiVersions,
  from: string,
  settings: DiscoverySettings,
): Promise<{ readonly details: OcpiDetails; readonly url: string }> {
  const { access, addresses, client } = settings;
  const wanted = settings.version === undefined ? OCPI_VERSIONS : [settings.version];
  const taken = wanted
    .map((version) => versions.find((offered) => plainVersion(offered.version) === version))
    .find((offered) => offered !== undefined);
  if (taken === undefined) {
    throw new UnreadableInputError(
      `${shownUrl(from)} offers OCPI ${versions.map(({ version }) => version).join(", ")}, and not ${wanted.join(", ")}`,
    );
  }
  const url = addresses.discovered(taken.url, from);
  access.speaks(plainVersion(taken.version));
  return client.send(access.request(url), async (answer) => {
    const value = await jsonOf(answer, MOST_DOCUMENT_BYTES);
    const document = ocpiDocument(value);
    if (document?.kind === "details") return { details: document.details, url: answer.url };
    const status = statusOf(value);
    if (status?.passing === true) throw new BrokenAnswerError(status.said);
    throw new UnreadableInputError(
      `${shownUrl(url)} should tell the endpoints of OCPI ${taken.version}, but ${status?.said ?? "names none"}`,
    );
  });
}

/** Whom the endpoint serves: good to know, and no more than that. The token in the answer is never shown. */
async function tellParties(details: OcpiDetails, from: string, settings: DiscoverySettings): Promise<void> {
  const { access, addresses, courteous, log } = settings;
  const endpoint = details.endpoints.find(({ identifier }) => identifier.toLowerCase() === "credentials");
  if (endpoint === undefined) return;
  try {
    const url = addresses.discovered(endpoint.url, from);
    const parties = await courteous.send(access.request(url), async (answer) =>
      partiesIn(await jsonOf(answer, MOST_DOCUMENT_BYTES)),
    );
    if (parties.length > 0) log.info(`it serves ${parties.slice(0, 20).join(", ")}`, { event: "parties" });
  } catch {
    log.info("its credentials endpoint does not tell whom it serves", { event: "parties" });
  }
}

function plainVersion(version: string): string {
  return version.trim().replace(/^v/i, "");
}

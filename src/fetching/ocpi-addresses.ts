/**
 * Which addresses may be asked, and which of them may see the secrets: the origin of the address the user gave, and
 * those that discovery named from there over https. A `Link` never adds one.
 */
import { UnreadableInputError } from "../runs/exit-codes.js";
import { shownUrl } from "../runs/secret.js";

export class OcpiAddresses {
  readonly #home: URL;
  readonly #trusted: Set<string>;

  /** `url`: what the user gave. */
  constructor(url: string) {
    this.#home = new URL(url);
    this.#trusted = new Set([this.#home.origin]);
  }

  /** Whether secrets may be sent there. */
  mayKnowSecrets(url: string): boolean {
    return this.#trusted.has(new URL(url).origin);
  }

  /**
   * The address to ask for one that an answer of `from` gave. Servers behind a proxy often think that they are spoken
   * to over http: such an address on our host is asked over https, as we do.
   *
   * @throws {UnreadableInputError} for what is no address, and where following it would leave https.
   */
  followed(given: string, from: string): string {
    const base = new URL(from);
    const url = URL.canParse(given, from) ? new URL(given, from) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw new UnreadableInputError(
        `${shownUrl(from)}: the server names an address that is none: ${shownUrl(given.slice(0, 200))}. Tell who runs it`,
      );
    }
    if (base.protocol !== "https:" || url.protocol === "https:") return url.href;
    if (url.hostname === base.hostname) return `${base.origin}${url.pathname}${url.search}`;
    throw new UnreadableInputError(
      `${shownUrl(from)}: the server leads from https to http (${shownUrl(url.href)}), which is not followed. ` +
        "Ask who runs it for an https address",
    );
  }

  /** As `followed`, for what discovery found: where all was https, that address may know the secrets as well. */
  discovered(given: string, from: string): string {
    const url = this.followed(given, from);
    if (this.mayKnowSecrets(from) && from.startsWith("https:") && url.startsWith("https:")) {
      this.#trusted.add(new URL(url).origin);
    }
    return url;
  }
}

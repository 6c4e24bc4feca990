/** Why there is no connection, in words. */
import { systemCode } from "../runs/exit-codes.js";

/** What became of a connection. */
export interface Trouble {
  /** Follows the name of the server: `it refused the connection`. */
  readonly why: string;
  /** Whether trying again may help. */
  readonly passing: boolean;
}

const UNKNOWN_AUTHORITY =
  "its certificate is signed by an authority this machine does not know (NODE_EXTRA_CA_CERTS=FILE names more)";

/** By the code of the error: Node's, OpenSSL's and undici's. */
const PASSING: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no such name in DNS",
  EAI_AGAIN: "its name cannot be looked up in DNS; is there a network?",
  ECONNREFUSED: "it refused the connection; is it running, and is the port right?",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
  UND_ERR_SOCKET: "it closed the connection",
  ETIMEDOUT: "it cannot be connected to: no reply",
  UND_ERR_CONNECT_TIMEOUT: "it cannot be connected to: no reply",
  EHOSTUNREACH: "there is no way to it from this network",
  ENETUNREACH: "there is no way to it from this network",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "its answer is shorter or longer than it said",
  UND_ERR_PRX_TLS: "there is no safe connection to the proxy",
};

/** These stay wrong however often one asks. */
const LASTING: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "its certificate has expired (or the clock of this machine is wrong)",
  CERT_NOT_YET_VALID: "its certificate is not valid yet (or the clock of this machine is wrong)",
  CERT_REVOKED: "its certificate was revoked",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS there; is it http instead of https?",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it does not speak TLS there; is it http instead of https?",
  UND_ERR_HEADERS_OVERFLOW: "the headers of its answer are too large",
  UND_ERR_INVALID_ARG:
    "the request cannot be sent: a header holds what no header can (a line break in a secret, or a letter that is not Latin?)",
};

/** What an error of a connection means. `idleTimeout` in milliseconds, for what was waited for in vain. */
export function troubleOf(error: unknown, idleTimeout: number): Trouble {
  const message = error instanceof Error ? error.message : String(error);
  const code = systemCode(error) ?? "";
  const seconds = `${idleTimeout / 1000} s`;
  if (code === "UND_ERR_HEADERS_TIMEOUT")
    return { why: `it did not answer within ${seconds}`, passing: true };
  if (code === "UND_ERR_BODY_TIMEOUT") return { why: `nothing more came for ${seconds}`, passing: true };
  const tunnel = /^Proxy response \((\d+)\)/.exec(message)?.[1];
  if (tunnel !== undefined)
    return { why: `the proxy answered ${tunnel}`, passing: /^(?:429|5)/.test(tunnel) };
  const lasting = LASTING[code];
  if (lasting !== undefined) return { why: lasting, passing: false };
  const passing = PASSING[code];
  if (passing !== undefined) return { why: passing, passing: true };
  if (code.startsWith("Z_") || code.startsWith("ERR_BROTLI") || code === "ERR__ERROR_FORMAT_PADDING_1")
    return { why: `its compressed content is broken (${message})`, passing: true };
  if (error instanceof Error && error.name === "HTTPParserError")
    return message.includes("Invalid EOF state")
      ? { why: "its answer ends too early", passing: true }
      : { why: `what it answered is not HTTP (${message})`, passing: true };
  if (code.startsWith("ERR_SSL") || code === "EPROTO")
    return { why: `there is no safe connection to it (${message})`, passing: false };
  return { why: message, passing: true };
}

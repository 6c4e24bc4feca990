/**
 * Secrets: taken from the environment or a file, never from the command line, and never shown. A secret's text exists
 * in one place only (`reveal`); whatever is logged or written goes through `concealed`, so that not even an error of a
 * library or an answer of a server that quotes one can give it away.
 */
import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { UsageError } from "./exit-codes.js";
import { spellingsOf } from "./secret-spellings.js";
import { utf16Problem, whyUnreadable } from "./unreadable-file.js";

const CONCEALED = "***";
/** Shorter ones would turn ordinary words of a message into stars, and protect nothing. */
const SHORTEST_CONCEALED = 4;
/** Names in a query whose values may be keys. */
const KEY_NAMES = /key|token|secret|pass|pwd|credential|signature|\bsig\b|auth|session|\bcode\b/i;

/** Members of JSON whose values are keys: fewer, as `code` and `author` tell what is wrong. */
const KEY_MEMBERS = /(?:token|secret|password|passwd|api_?key|access_?key|authorization|signature)$/i;

/** By its text, each secret of this process in every spelling in which it may turn up; the longest first. */
let spellings: ReadonlyMap<string, RegExp> = new Map();

/** A text that must not be shown. Wherever it is printed by mistake, stars are. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    remember(text);
  }

  /** The text itself: for the header or the signature that needs it, and for nothing else. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return CONCEALED;
  }

  toJSON(): string {
    return CONCEALED;
  }

  [inspect.custom](): string {
    return CONCEALED;
  }
}

/** Where a secret is to be taken from: a variable of the environment, or a file that holds nothing else. */
export type SecretPlace = { readonly env: string } | { readonly file: string };

/**
 * The secret at a place; blanks and line breaks around it are not part of it.
 *
 * @throws {UsageError} naming the place, where there is none, where there is more than one line (a key file of another
 * kind, or the answer of a failed command), or where it is so short that it could not be kept out of messages.
 */
export async function readSecret(
  place: SecretPlace,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Secret> {
  const text = "env" in place ? env[place.env] : await textOfFile(place.file);
  const secret = text?.trim() ?? "";
  const what = "env" in place ? `the environment's ${place.env}` : place.file;
  if (secret === "")
    throw new UsageError(
      "env" in place
        ? `the environment has no ${place.env}; it must hold the secret`
        : `${place.file} is empty; it must hold the secret`,
    );
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/.test(secret))
    throw new UsageError(`${what} holds line breaks or control characters; it must hold the secret alone`);
  if (secret.length < SHORTEST_CONCEALED)
    throw new UsageError(
      `${what} holds fewer than ${SHORTEST_CONCEALED} characters, which is no secret; is it complete?`,
    );
  return new Secret(secret);
}

async function textOfFile(file: string): Promise<string> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UsageError(`the secret was to be read from ${file}, but ${why}`, { cause });
  };
  const bytes = await readFile(file).catch((error: unknown) => refuse(whyUnreadable(error), error));
  return secretText(bytes, refuse);
}

/** Text that holds secrets, without its byte order mark. `refuse` is told why it is none. */
export function secretText(bytes: Buffer, refuse: (why: string) => never): string {
  const wide = utf16Problem(bytes);
  return wide === undefined ? bytes.toString("utf8").replace(/^\uFEFF/, "") : refuse(wide);
}

/** A text with every secret of this process, in any spelling it is sent in, replaced by stars. */
export function concealed(text: string): string {
  let shown = text;
  for (const pattern of spellings.values()) shown = shown.replaceAll(pattern, CONCEALED);
  return shown;
}

/**
 * For `JSON.stringify(value, concealing)`: no secret stands in any of its texts. Better than `concealed` of the whole,
 * which could put stars for a number.
 */
export function concealing(_key: string, value: unknown): unknown {
  return typeof value === "string" ? concealed(value) : value;
}

/**
 * A piece of JSON as a server sent it, for a message: without the secrets of this process, and without the values of
 * members that may hold new ones, such as a token that nobody has read yet. It need not be whole.
 */
export function shownJson(text: string): string {
  return concealed(text).replaceAll(
    /"([^"\\]*)"(\s*:\s*)"(?:[^"\\]|\\.)*(?:"|$)/gs,
    (all, name: string, colon: string) => (KEY_MEMBERS.test(name) ? `"${name}"${colon}"${CONCEALED}"` : all),
  );
}

/**
 * An address that can be shown: without user and password, without the values of a query that may be keys, and without
 * what follows `#`. Also for what only looks like an address.
 */
export function shownUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // What cannot be taken apart may still hold a password: `user:password@host`, `http://user:pass@[`.
  if (parsed === undefined || parsed.host === "")
    return concealed(url.replace(/^([a-z][a-z\d+.-]*:\/\/)?\S*@/i, `$1${CONCEALED}@`));
  parsed.hash = "";
  if (parsed.username !== "" || parsed.password !== "") {
    parsed.username = CONCEALED;
    parsed.password = "";
  }
  // Value by value, so that the rest of the query reads as it was sent.
  parsed.search = parsed.search.replaceAll(/([?&])([^=&]*)=[^&]*/g, (all, before: string, name: string) =>
    KEY_NAMES.test(name) ? `${before}${name}=${CONCEALED}` : all,
  );
  return concealed(parsed.href);
}

function remember(text: string): void {
  if (text.length < SHORTEST_CONCEALED || spellings.has(text)) return;
  const more = [...spellings, [text, spellingsOf(text)] as const];
  // One secret may be part of another.
  spellings = new Map(more.sort(([a], [b]) => b.length - a.length));
}

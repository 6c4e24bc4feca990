/** In which spellings a secret may turn up: as it is, or as JSON, an address, HTML, base64 or all of these make of it. */
import { Buffer } from "node:buffer";

/** Where a piece of base64 is part of something longer, few characters of it could be anybody's. */
const SHORTEST_INSIDE_BASE64 = 8;

/** What has a spelling of its own besides those that any character has, as patterns. */
const OWN_SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  " ": ["\\+"],
  '"': ['""', "&(?:amp;){0,3}quot;"],
  "&": ["&(?:amp;){0,3}"],
  "'": ["&(?:amp;){0,3}apos;"],
  "<": ["&(?:amp;){0,3}lt;"],
  ">": ["&(?:amp;){0,3}gt;"],
  "\b": ["\\\\{1,4}b"],
  "\f": ["\\\\{1,4}f"],
  "\n": ["\\\\{1,4}n"],
  "\r": ["\\\\{1,4}r"],
  "\t": ["\\\\{1,4}t"],
};

/**
 * A pattern for a secret in every spelling, each character in one of its own: servers quote what they were sent as JSON
 * (`\/`, `\u002F`), percent-encoded once or twice, or as HTML, and libraries mix these.
 */
export function spellingsOf(secret: string): RegExp {
  const texts = [...new Set([secret, ...base64Of(secret)])];
  // The longest first: with its padding before without it.
  texts.sort((a, b) => b.length - a.length);
  return new RegExp(texts.map((text) => Array.from(text, inAnySpelling).join("")).join("|"), "gu");
}

/** The secret in base64 and base64url: alone, and as part of something longer (`user:secret`), wherever it begins. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const whole = bytes.toString("base64");
  const texts = [whole, whole.replace(/=+$/, "")];
  if (bytes.length >= SHORTEST_INSIDE_BASE64) {
    for (const before of [0, 1, 2]) {
      const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
      // A character holds 6 bits; those at the ends also hold some of what is beside the secret.
      const first = Math.ceil((before * 8) / 6);
      const last = Math.floor((shifted.length * 8) / 6);
      texts.push(shifted.toString("base64").slice(first, last));
    }
  }
  return texts.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
}

function inAnySpelling(character: string): string {
  // These nobody escapes; and a token of a thousand of them must not become a pattern of a million characters.
  if (/^[A-Za-z\d]$/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  const spellings = [
    units.map((unit) => `\\\\{1,4}u${anyCase(unit, 4)}`).join(""),
    Array.from(Buffer.from(character, "utf8"), (byte) => `%(?:25){0,3}${anyCase(byte, 2)}`).join(""),
    `&(?:amp;){0,3}#0{0,7}${code};`,
    `&(?:amp;){0,3}#[xX]0{0,7}${anyCase(code, 1)};`,
    ...(OWN_SPELLINGS[character] ?? []),
    // As it is, or after a backslash; after up to three where JSON stands in JSON. Last, as `%` also begins `%25`.
    `\\\\{0,3}\\u{${hex}}`,
  ];
  return `(?:${spellings.join("|")})`;
}

/** A number in hexadecimal, in small or capital letters. */
function anyCase(number: number, digits: number): string {
  const hex = number.toString(16).padStart(digits, "0");
  return hex.replaceAll(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

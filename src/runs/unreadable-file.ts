/** Why a file cannot be read, in words that say what to do. */
import { systemCode } from "./exit-codes.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder; name a file in it",
  EACCES: "its permissions do not allow it to be read; change them, or run as who may read it",
  EPERM: "its permissions do not allow it to be read; change them, or run as who may read it",
  ELOOP: "it is a link that leads to itself; name the file it should lead to",
};

/** Follows the name of the file and a colon or `but`. `error`: what reading it threw. */
export function whyUnreadable(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) return `it cannot be read (${String(error)})`;
  return REASONS[code] ?? `it cannot be read (${code})`;
}

/** What to say of a file that is UTF-16, as some Windows programs save text; undefined for any other. */
export function utf16Problem(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Without a mark one byte of the first letter is 0, which in UTF-8 text nothing is.
  const isWide = bytes.length > 1 && bytes.length % 2 === 0 && (first === 0) !== (second === 0);
  return hasMark || isWide
    ? "it is UTF-16 text, as some Windows programs save it; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"
    : undefined;
}

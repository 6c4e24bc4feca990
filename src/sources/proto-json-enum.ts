/**
 * Enumeration values of protobuf messages: `CONNECTOR_STANDARD_IEC_62196_T2`, `ConnectorStandard_IEC_62196_T2`,
 * `IEC_62196_T2` and `iec62196T2` are one.
 * A prefix is taken off only where a word that is known remains, so that no word is made up.
 */
import { foldedKey } from "./proto-json.js";

/** The value that a proto3 enumeration has before anybody sets it: nothing was said. */
const UNSPECIFIED = "UNSPECIFIED";
const MEMO_LIMIT = 1024;
const MEMO_KEY_LIMIT = 64;

/** An enumeration: the words that are known, and the words its type's name may be made of. */
export interface ProtoEnum {
  /** Folded as keys are (`foldedKey`). */
  readonly known: ReadonlySet<string>;
  /** Upper case. */
  readonly typeWords: ReadonlySet<string>;
  readonly memo: Map<string, string | undefined>;
}

/** `typeWords`: the words of every name the type may have, in any case: `connector standard type`. */
export function protoEnum(typeWords: string, known: Iterable<string>): ProtoEnum {
  return {
    known: new Set([...known].map(foldedKey)),
    typeWords: new Set(typeWords.toUpperCase().split(" ")),
    memo: new Map(),
  };
}

/**
 * The value without the name of its type before it; `undefined` for `…_UNSPECIFIED`. A value that is not known after
 * any of its prefixes stays whole.
 */
export function enumWord(of: ProtoEnum, text: string): string | undefined {
  const known = of.memo.get(text);
  if (known !== undefined || of.memo.has(text)) return known;
  const word = withoutTypeName(of, text);
  if (of.memo.size < MEMO_LIMIT && text.length <= MEMO_KEY_LIMIT) of.memo.set(text, word);
  return word;
}

function withoutTypeName(of: ProtoEnum, text: string): string | undefined {
  const upper = text.trim().toUpperCase();
  if (upper === UNSPECIFIED || upper.endsWith(`_${UNSPECIFIED}`)) return undefined;
  if (upper.length > MEMO_KEY_LIMIT) return text;
  let rest = text.trim();
  while (!of.known.has(foldedKey(rest))) {
    const cut = rest.search(/[_.]/);
    if (cut <= 0 || !isTypeName(of, rest.slice(0, cut))) return text;
    rest = rest.slice(cut + 1);
  }
  return rest;
}

/** One word of the type's name, or all of it in one: `ConnectorStandard_`, as some languages print it. */
function isTypeName({ typeWords }: ProtoEnum, text: string): boolean {
  const words = typeWords.has(text.toUpperCase()) ? [] : text.split(/(?<=[a-z0-9])(?=[A-Z])/);
  return words.every((word) => typeWords.has(word.toUpperCase()));
}

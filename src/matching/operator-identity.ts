/** Who runs a station, as far as its tags tell, and whether two of them may be the same (D2.1). */
import { everyMeaning, spellingsOf } from "../tagging/operator.js";

/** The keys that name somebody; each may have a `:wikidata` beside it. */
const NAMING_KEYS = ["operator", "brand", "network"] as const;

/** Words that many operators begin with and that tell none apart: alone they agree with nothing longer. */
const GENERIC_WORDS: ReadonlySet<string> = new Set(
  (
    "stadtwerke stadtwerk stadt gemeinde gemeindewerke kommune city town county municipality ville mairie comune " +
    "the la le les el los de der die das and und et park parking parken hotel restaurant charge charging charger " +
    "laden ladestation energy energie energia energija energa power electric electricity elektro ev e emobility mobility public " +
    "green eco smart my national operator company group private unknown"
  ).split(" "),
);

export interface OperatorIdentity {
  /** Place in the book: equal for equal names. */
  readonly index: number;
  /** The names as stated, for a mapper to read. */
  readonly names: readonly string[];
  /** Words of each name, as it stands and without company forms. */
  readonly spellings: readonly (readonly string[])[];
  /** The same, joined. */
  readonly joined: ReadonlySet<string>;
  /** Wikidata ids: stated, or what the Name Suggestion Index lists under the names. */
  readonly wikidata: ReadonlySet<string>;
}

/** `unknown` where either side states nobody. */
export type Agreement = "agrees" | "differs" | "unknown";

export interface OperatorComparison {
  readonly agreement: Agreement;
  /** `Ignitis = Ignitis ON`, `EnBW ≠ Allego`; empty when unknown. */
  readonly detail: string;
}

const UNKNOWN: OperatorComparison = { agreement: "unknown", detail: "" };

/**
 * Every identity met in one comparison, each once, with what comparing two of them gave: operators are few, stations
 * many.
 */
export class OperatorBook {
  private readonly byText = new Map<string, OperatorIdentity>();
  private readonly compared = new Map<number, OperatorComparison>();

  /** The identity that these tags, and `alsoCalled`, state. */
  identityOf(
    tags: readonly { readonly key: string; readonly value: string }[],
    alsoCalled: string | undefined,
  ): OperatorIdentity {
    let text = alsoCalled ?? "";
    for (const { key, value } of tags) if (isNaming(key)) text += `\n${key}=${value}`;
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const identity = identityOf(tags, alsoCalled, this.byText.size);
    this.byText.set(text, identity);
    return identity;
  }

  compare(a: OperatorIdentity, b: OperatorIdentity): OperatorComparison {
    if (isNobody(a) || isNobody(b)) return UNKNOWN;
    const pair = a.index * 0x4000000 + b.index;
    let comparison = this.compared.get(pair);
    if (comparison === undefined) {
      comparison = compareIdentities(a, b);
      this.compared.set(pair, comparison);
    }
    return comparison;
  }
}

function isNobody({ joined, wikidata }: OperatorIdentity): boolean {
  return joined.size === 0 && wikidata.size === 0;
}

function isNaming(key: string): boolean {
  const first = key.charCodeAt(0);
  if (first !== 0x6f && first !== 0x62 && first !== 0x6e) return false;
  return NAMING_KEYS.some((name) => key === name || key === `${name}:wikidata`);
}

function identityOf(
  tags: readonly { readonly key: string; readonly value: string }[],
  alsoCalled: string | undefined,
  index: number,
): OperatorIdentity {
  const names = new Set<string>();
  const wikidata = new Set<string>();
  for (const { key, value } of tags) {
    if (!isNaming(key)) continue;
    const parts = value.split(";").map((part) => part.trim());
    for (const part of parts) if (part !== "") (key.endsWith(":wikidata") ? wikidata : names).add(part);
  }
  if (alsoCalled !== undefined && alsoCalled.trim() !== "") names.add(alsoCalled.trim());
  const spellings = [...names].flatMap(spellingsOf);
  for (const name of names) {
    for (const { tags: meant } of everyMeaning(name)) {
      for (const [key, value] of meant) if (key.endsWith(":wikidata")) wikidata.add(value);
    }
  }
  const joined = new Set(spellings.map((words) => words.join("")));
  return { index, names: [...names], spellings, joined, wikidata };
}

function compareIdentities(a: OperatorIdentity, b: OperatorIdentity): OperatorComparison {
  const agrees = intersects(a.joined, b.joined) || intersects(a.wikidata, b.wikidata) || oneBeginsOther(a, b);
  const sign = agrees ? "=" : "≠";
  return { agreement: agrees ? "agrees" : "differs", detail: `${titleOf(a)} ${sign} ${titleOf(b)}` };
}

function titleOf({ names, wikidata }: OperatorIdentity): string {
  return names[0] ?? [...wikidata][0] ?? "";
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const value of a) if (b.has(value)) return true;
  return false;
}

/** `Ignitis` and `Ignitis ON`, `Shell` and `Shell Recharge`; but not `Stadtwerke` and `Stadtwerke Ulm`. */
function oneBeginsOther(a: OperatorIdentity, b: OperatorIdentity): boolean {
  return a.spellings.some((words) =>
    b.spellings.some((others) => begins(words, others) || begins(others, words)),
  );
}

function begins(shorter: readonly string[], longer: readonly string[]): boolean {
  if (shorter.length >= longer.length || shorter.join("").length < 3) return false;
  return shorter.some((word) => !GENERIC_WORDS.has(word)) && shorter.every((word, i) => word === longer[i]);
}

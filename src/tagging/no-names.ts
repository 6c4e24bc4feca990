/** What feeds write where they have no name to write. */

/** Lower case, letters and digits only; by language. */
const WORDS =
  "na none nil null undefined unknown unknownoperator notavailable notapplicable notspecified unspecified tbd tba " +
  "unbekannt inconnu desconocido desconhecido sconosciuto onbekend okänd ukendt ukjent tuntematon nieznany neznámý " +
  "nežinomas nezināms teadmata ismeretlen necunoscut неизвестно неизвестный невідомо άγνωστο";

const NO_NAMES: ReadonlySet<string> = new Set(WORDS.split(" "));
/** Longer than any of these with its punctuation. */
const LONGEST = 40;

/** Whether a clean text names nobody: empty, punctuation alone (`-`, `???`), or a word for that (`N/A`, `unknown`). */
export function saysNoName(text: string): boolean {
  if (text.length > LONGEST) return false;
  const letters = text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "");
  return letters === "" || NO_NAMES.has(letters);
}

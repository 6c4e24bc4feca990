/** The filters: what there is of each, and what is ticked. */
import { PROPOSAL_REASONS } from "../merging/reasons.js";
import { NOTE_MEANINGS } from "../ocpi/notes.js";
import { FILTERS_ID } from "./keys.js";
import { FACETS, type Facet } from "./row-filter.js";
import { useSession } from "./session-context.js";
import { STANDINGS, type Standing } from "./standing.js";
import { CLASS_WORDS, STANDING_WORDS, grouped } from "./words.js";

const TITLES: Readonly<Record<Facet, string>> = {
  standing: "Decision",
  change: "Change",
  class: "Class of tags",
  reason: "Why it is proposed",
  distance: "Distance",
  country: "Country",
  operator: "Operator",
  note: "Notes",
};
/** Facets that are open from the beginning. */
const OPEN: ReadonlySet<Facet> = new Set<Facet>(["standing", "change"]);
/** Words listed of a facet; the search finds the others. */
const MOST_WORDS = 100;

export function FilterPanel() {
  const { showsFilters, ticked } = useSession();
  const isTicked = Object.values(ticked.value).some((words) => words.length > 0);
  return (
    <div
      id={FILTERS_ID}
      class="filters"
      tabIndex={-1}
      role="group"
      aria-label="Filters"
      hidden={!showsFilters.value}
    >
      {showsFilters.value && FACETS.map((facet) => <FacetList key={facet} facet={facet} />)}
      {isTicked && (
        <button type="button" onClick={() => (ticked.value = {})}>
          Clear all filters
        </button>
      )}
    </div>
  );
}

function FacetList({ facet }: { readonly facet: Facet }) {
  const { columns, filtered, ticked } = useSession();
  const counts = filtered.value.counts[facet];
  const chosen = new Set(ticked.value[facet]);
  const all = columns[facet].words
    .map((word, code) => ({ word, count: counts[code] ?? 0 }))
    .filter(({ word, count }) => count > 0 || chosen.has(word));
  // Standings and distances have an order of their own.
  if (facet !== "standing" && facet !== "distance") all.sort((a, b) => b.count - a.count);
  const listed = all.slice(0, MOST_WORDS);
  if (all.length === 0) return null;
  const toggle = (word: string): void => {
    const words = chosen.has(word) ? [...chosen].filter((one) => one !== word) : [...chosen, word];
    ticked.value = { ...ticked.value, [facet]: words };
  };
  return (
    <details class="facet" open={OPEN.has(facet) || chosen.size > 0}>
      <summary>
        {TITLES[facet]}
        {chosen.size > 0 && <b> · {chosen.size}</b>}
      </summary>
      <ul>
        {listed.map(({ word, count }) => (
          <li key={word}>
            <label>
              <input type="checkbox" checked={chosen.has(word)} onChange={() => toggle(word)} />
              <bdi>{facetWords(facet, word)}</bdi>
              <small>{grouped(count)}</small>
            </label>
          </li>
        ))}
      </ul>
      {all.length > listed.length && (
        <small class="facet-more">{grouped(all.length - listed.length)} more: use the search</small>
      )}
    </details>
  );
}

function facetWords(facet: Facet, word: string): string {
  if (word === "") return "not known";
  switch (facet) {
    case "standing":
      return isStanding(word) ? STANDING_WORDS[word] : word;
    case "class":
      return word === "A" || word === "B" || word === "C" ? CLASS_WORDS[word] : word;
    case "reason":
      return meaningOf(PROPOSAL_REASONS, word);
    case "note":
      return meaningOf(NOTE_MEANINGS, word);
    default:
      return word;
  }
}

function isStanding(word: string): word is Standing {
  return STANDINGS.some((standing) => standing === word);
}

/** The meaning of a code by a table of them; the code where this version does not know it. */
function meaningOf(table: Readonly<Record<string, { readonly meaning: string }>>, code: string): string {
  return Object.hasOwn(table, code) ? (table[code]?.meaning ?? code) : code;
}

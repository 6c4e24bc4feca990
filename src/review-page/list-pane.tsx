/** The left side: search, filters, order, and the list. */
import { FilterPanel } from "./filter-panel.js";
import { FILTERS_ID, LIST_ID, SEARCH_ID, focus } from "./keys.js";
import { ProposalList } from "./proposal-list.js";
import { ORDERS, ORDER_WORDS } from "./row-order.js";
import { useSession } from "./session-context.js";
import { counted, grouped } from "./words.js";

export function ListPane() {
  const session = useSession();
  const { table, search, order, showsFilters, ticked } = session;
  const found = session.rows.value.length;
  const active = Object.values(ticked.value).filter((words) => words.length > 0).length;
  return (
    <section class="list-pane" aria-label="Proposals">
      <div class="list-tools">
        <input
          id={SEARCH_ID}
          type="search"
          placeholder="Search name, operator, id …"
          aria-label="Search by name, operator, id, country or OSM object"
          dir="auto"
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
          onKeyDown={({ key }) => {
            if (key !== "Enter") return;
            session.step(0);
            focus(LIST_ID);
          }}
        />
        <button
          type="button"
          aria-expanded={showsFilters.value}
          aria-controls={FILTERS_ID}
          class={active > 0 ? "is-active" : undefined}
          onClick={() => (showsFilters.value = !showsFilters.value)}
        >
          Filters{active > 0 && ` (${active})`} <kbd>f</kbd>
        </button>
      </div>
      <FilterPanel />
      <div class="list-count">
        <span>
          {found === table.size
            ? counted(found, "proposal")
            : `${grouped(found)} of ${counted(table.size, "proposal")}`}
        </span>
        <label>
          <span class="unseen">Order</span>
          <select
            value={order.value}
            onChange={({ currentTarget }) => {
              order.value = ORDERS.find((one) => one === currentTarget.value) ?? "file";
            }}
          >
            {ORDERS.map((one) => (
              <option key={one} value={one}>
                {ORDER_WORDS[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ProposalList />
    </section>
  );
}

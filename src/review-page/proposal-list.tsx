/** The list, of which only the rows in sight are in the page. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { StandingIcon } from "./icons.js";
import { LIST_ID } from "./keys.js";
import { useSession } from "./session-context.js";
import { CHANGE_WORDS, STANDING_WORDS, counted, metres } from "./words.js";
import { isChange } from "./changes.js";

/** A row's height, in root font sizes; `list.css` says the same. */
const ROW_REM = 3.5;
/** Rows above and below those in sight. */
const SPARE = 8;

export function ProposalList() {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);
  const rows = session.rows.value;
  const selected = session.selected.value;
  const rowHeight = ROW_REM * rootFontSize();
  const place = rows.indexOf(selected);

  useLayoutEffect(() => {
    const list = box.current;
    if (list === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(list.clientHeight));
    observer.observe(list);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const list = box.current;
    if (list === null || place === -1) return;
    const above = place * rowHeight;
    // With a neighbour in sight on both sides.
    if (above < list.scrollTop + rowHeight) list.scrollTop = above - rowHeight;
    else if (above + 2 * rowHeight > list.scrollTop + list.clientHeight)
      list.scrollTop = above + 2 * rowHeight - list.clientHeight;
  }, [selected, place, rows, rowHeight, height, session.view.value]);

  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + SPARE);
  const shown = Array.from(rows.subarray(first, last), (row, index) => ({ row, at: first + index }));
  const isShown = place >= first && place < last;
  return (
    <div
      id={LIST_ID}
      ref={box}
      class="list"
      role="listbox"
      tabIndex={0}
      aria-label="Proposals"
      aria-activedescendant={isShown ? rowId(selected) : undefined}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      onKeyDown={({ key }) => {
        if (key === "Enter") session.view.value = "proposal";
      }}
    >
      {rows.length === 0 && (
        <div class="nothing" role="option" aria-selected="false" aria-disabled="true">
          Nothing here. Change the filters or the search.
        </div>
      )}
      <div class="list-all" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
        {shown.map(({ row, at }) => (
          <Row
            key={row}
            row={row}
            at={at}
            of={rows.length}
            top={at * rowHeight}
            isSelected={row === selected}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: number;
  readonly at: number;
  readonly of: number;
  readonly top: number;
  readonly isSelected: boolean;
}

function Row({ row, at, of, top, isSelected }: RowProps) {
  const session = useSession();
  const { table } = session;
  const change = table.word(table.change, row);
  const standing = session.decided.standing(row);
  const operator = table.word(table.operator, row);
  const title = table.title(row);
  const distance = table.distance[row] ?? NaN;
  const tags = table.count(table.tags, row);
  return (
    <div
      id={rowId(row)}
      class="row"
      role="option"
      aria-selected={isSelected}
      aria-setsize={of}
      aria-posinset={at + 1}
      data-standing={standing}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        session.select(row);
        session.view.value = "proposal";
      }}
    >
      <span class={`badge badge-${change}`} aria-hidden="true">
        {isChange(change) ? CHANGE_WORDS[change].sign : "·"}
      </span>
      <span class="row-title">
        <bdi>{title}</bdi>
      </span>
      <span class="row-standing" title={STANDING_WORDS[standing]}>
        <StandingIcon standing={standing} />
        <span class="unseen">{STANDING_WORDS[standing]}</span>
      </span>
      <span class="row-more">
        {change} · {[table.word(table.country, row), counted(tags, "tag")].filter(Boolean).join(" · ")}
        {operator !== "" && operator !== title && (
          <>
            {" · "}
            <bdi>{operator}</bdi>
          </>
        )}
        {title !== table.locations[row] && (
          <>
            {" · "}
            <bdi>{table.locations[row]}</bdi>
          </>
        )}
      </span>
      <span class="row-distance">{Number.isNaN(distance) ? "" : metres(distance)}</span>
    </div>
  );
}

function rowId(row: number): string {
  return `row-${row}`;
}

function rootFontSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** What is reviewed, how far it is, and what concerns the whole page. */
import { COMPARE_ONLY } from "../proposals/output-form.js";
import { timeWords } from "./pace.js";
import { THEMES } from "./preferences.js";
import { useSession } from "./session-context.js";
import { grouped } from "./words.js";

export function TopBar() {
  const session = useSession();
  const { about, table, preferences } = session;
  const theme = preferences.theme.value;
  return (
    <header class="top">
      <h1>
        <bdi>{about.source}</bdi>
        <small>
          {about.asOf !== undefined && `as of ${about.asOf.slice(0, 10)} · `}
          {about.tool}
        </small>
      </h1>
      <Progress total={table.size} />
      <Parts />
      <div class="tools">
        <label class="who">
          <span>Reviewer</span>
          <input
            dir="auto"
            autocomplete="nickname"
            placeholder="your name"
            value={preferences.who.value}
            onInput={({ currentTarget }) => {
              preferences.who.value = currentTarget.value;
            }}
          />
        </label>
        <button
          type="button"
          class="undo"
          onClick={() => session.undo()}
          disabled={session.decided.steps === 0}
        >
          Undo <kbd>u</kbd>
        </button>
        <button type="button" onClick={() => (session.dialog.value = "exchange")}>
          Export <kbd>e</kbd>
        </button>
        <label class="theme">
          <span class="unseen">Colours</span>
          <select
            value={theme}
            onChange={({ currentTarget }) => {
              preferences.theme.value = THEMES.find((one) => one === currentTarget.value) ?? "system";
            }}
          >
            <option value="system">Auto</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <button type="button" onClick={() => (session.dialog.value = "help")} aria-label="Help and keys">
          <kbd>?</kbd>
        </button>
      </div>
    </header>
  );
}

function Progress({ total }: { readonly total: number }) {
  const session = useSession();
  const decided = session.decided.count.value;
  const left = session.timeLeft();
  return (
    <div class="progress">
      <progress max={Math.max(1, total)} value={decided} aria-label="Decided" />
      <span>
        <b>{grouped(decided)}</b> of {grouped(total)} decided
        {left !== undefined && decided < total && <small> · {timeWords(left)} to go</small>}
      </span>
    </div>
  );
}

/** Of a review that is split: the way to the other parts. */
function Parts() {
  const { part } = useSession().about;
  if (part === undefined) return null;
  return (
    <nav class="parts" aria-label="Parts of this review">
      <a href="review.html">All parts</a>
      {part.number > 1 && <a href={part.files[part.number - 2] ?? ""}>Previous</a>}
      <span>
        Part {part.number} of {part.of}
      </span>
      {part.number < part.of && <a href={part.files[part.number] ?? ""}>Next</a>}
    </nav>
  );
}

/** What must not be overlooked: no licence (D9), or decisions that are not kept. */
export function Licence() {
  const { about, decided } = useSession();
  const sentence = `${COMPARE_ONLY.charAt(0).toUpperCase()}${COMPARE_ONLY.slice(1)}`;
  const hasNotices = !about.licensed || decided.unkept.value !== undefined;
  return (
    <div class="banners" {...(hasNotices && { role: "region", "aria-label": "Notices" })}>
      {!about.licensed && (
        <p class="banner">
          <strong>{sentence}.</strong> No licence is recorded that lets this source into OpenStreetMap.
        </p>
      )}
      {decided.unkept.value !== undefined && (
        <p class="banner" role="alert">
          <strong>Decisions are not kept.</strong> {decided.unkept.value}
        </p>
      )}
    </div>
  );
}

/** The right side: one proposal with everything that speaks for and against it. */
import { useEffect, useRef } from "preact/hooks";
import { PROPOSAL_REASONS } from "../merging/reasons.js";
import { NOTE_MEANINGS } from "../ocpi/notes.js";
import { WITHHELD_MEANINGS } from "../proposals/loadable-edits.js";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { CandidateList } from "./candidate-list.js";
import { ChargePoints, OtherTags } from "./plain-tags.js";
import { StandingIcon } from "./icons.js";
import { historyUrl, josmCommand, osmUrl } from "./links.js";
import { MadeList } from "./made-list.js";
import { MapSlot } from "./map-slot.js";
import { MatchEvidence } from "./match-evidence.js";
import { copyTags, openInJosm } from "./outside.js";
import { Rule } from "./rule.js";
import { useSession } from "./session-context.js";
import { TagTable } from "./tag-table.js";
import { CHANGE_WORDS, STANDING_WORDS } from "./words.js";

export function ProposalView() {
  const session = useSession();
  const { table, problem, selected } = session;
  const line = session.line.value;
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [line?.proposal]);
  if (problem.value !== undefined) return <p class="broken">{problem.value}</p>;
  if (table.size === 0) return <p class="nothing">Nothing is proposed: OSM has what the feed says.</p>;
  if (line === undefined || line.proposal !== table.ids[selected.value])
    return <div class="proposal" aria-busy="true" />;
  return (
    <div class="proposal" ref={scroller} tabIndex={0} role="region" aria-label="What is proposed">
      <Heading line={line} />
      <div class="proposal-parts">
        <div class="proposal-main">
          {line.candidates.length > 0 && <CandidateList line={line} />}
          <TagTable line={line} />
          <ChargePoints line={line} />
          <OtherTags line={line} />
        </div>
        <div class="proposal-side">
          <MapSlot line={line} />
          <MatchEvidence line={line} />
          <MadeList line={line} />
          <Notes line={line} />
          <Source line={line} />
        </div>
      </div>
    </div>
  );
}

function Heading({ line }: { readonly line: ProposalLine }) {
  const session = useSession();
  const { change, location, target } = line;
  const row = session.selected.value;
  const standing = session.decided.standing(row);
  const { sign, asked } = CHANGE_WORDS[change];
  const facts = [location.operator, location.country, location.id].filter((text) => text !== undefined);
  return (
    <header class="proposal-head">
      <button type="button" class="back" onClick={() => (session.view.value = "list")}>
        ← List
      </button>
      <p class="kind">
        <span class={`badge badge-${change}`} aria-hidden="true">
          {sign}
        </span>
        <b>{change}</b>
        <span>{asked}</span>
        <span class="standing">
          <StandingIcon standing={standing} /> {STANDING_WORDS[standing]}
        </span>
      </p>
      <h2>
        <bdi>{session.table.title(row)}</bdi>
      </h2>
      <p class="facts">
        {facts.map((fact) => (
          <bdi key={fact}>{fact}</bdi>
        ))}
        <span>
          {location.lat}, {location.lon}
        </span>
        {location.last_updated !== undefined && <span>feed of {location.last_updated.slice(0, 10)}</span>}
        {target?.version !== undefined && (
          <span>
            OSM v{target.version}
            {target.timestamp !== undefined && ` of ${target.timestamp.slice(0, 10)}`}
            {target.user !== undefined && (
              <>
                {" by "}
                <bdi>{target.user}</bdi>
              </>
            )}
          </span>
        )}
      </p>
      <Why line={line} />
      <Links line={line} />
    </header>
  );
}

/** Why it is proposed, unless the tags tell it themselves. */
function Why({ line: { change, reason, withheld } }: { readonly line: ProposalLine }) {
  const { meaning, rule } = PROPOSAL_REASONS[reason];
  const sentence = meaning.charAt(0).toUpperCase() + meaning.slice(1);
  const words = reason === "tags-differ" || sentence === CHANGE_WORDS[change].asked ? "" : sentence;
  if (words === "" && withheld === undefined) return null;
  return (
    <p class="why">
      {words !== "" && (
        <>
          {words} <Rule name={rule} />{" "}
        </>
      )}
      {withheld !== undefined && WITHHELD_MEANINGS[withheld]}
    </p>
  );
}

function Links({ line }: { readonly line: ProposalLine }) {
  const session = useSession();
  const history = historyUrl(line);
  return (
    <p class="links">
      <a href={osmUrl(line)} target="_blank" rel="noopener noreferrer">
        {history === undefined ? "Place on OSM" : "Object on OSM"} <kbd>o</kbd>
      </a>
      {history !== undefined && (
        <a href={history} target="_blank" rel="noopener noreferrer">
          History
        </a>
      )}
      {session.about.licensed && (
        <a
          href={josmCommand(line, (key) => session.verdictOfTag(line, key)).url}
          onClick={(event) => {
            event.preventDefault();
            void openInJosm(session);
          }}
        >
          Load into JOSM <kbd>l</kbd>
        </a>
      )}
      {session.about.licensed && (
        <button type="button" onClick={() => void copyTags(session)}>
          Copy tags <kbd>c</kbd>
        </button>
      )}
      <span class="said" aria-hidden="true">
        {session.said.value}
      </span>
    </p>
  );
}

function Notes({ line: { notes } }: { readonly line: ProposalLine }) {
  if (notes.length === 0) return null;
  return (
    <section class="card">
      <h3>Notes on the feed</h3>
      <ul class="notes">
        {notes.map(({ code, detail }, index) => (
          <li key={index}>
            {NOTE_MEANINGS[code].meaning} <Rule name={NOTE_MEANINGS[code].rule} />
            {detail !== "" && <bdi class="detail">{detail}</bdi>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Source({ line: { proposal, source } }: { readonly line: ProposalLine }) {
  return (
    <section class="card source">
      <h3>Source</h3>
      <dl>
        <dt>Proposal</dt>
        <dd>
          <bdi>{proposal}</bdi>
        </dd>
        <dt>Record</dt>
        <dd>
          {source === undefined ? (
            "gone from the feed"
          ) : (
            <>
              <bdi>{source.file}</bdi>, number {source.record + 1}
            </>
          )}
        </dd>
      </dl>
    </section>
  );
}

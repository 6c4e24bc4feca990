/** Who decided what about the shown proposal so far: one's own, other reviewers', and what was said of earlier values. */
import type { Decision } from "../merging/decisions.js";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { decidableOf } from "./decide.js";
import { conflictsAmong } from "./merge-decisions.js";
import { useSession } from "./session-context.js";
import { StandingIcon } from "./icons.js";
import { isAboutNow } from "./standing.js";
import { VERDICT_WORDS } from "./words.js";

export function MadeList({ line }: { readonly line: ProposalLine }) {
  const { made } = useSession();
  if (made.length === 0) return null;
  const decidable = decidableOf(line);
  const conflicts = conflictsAmong(made);
  return (
    <section class="card">
      <h3>Decided so far</h3>
      <ul class="made">
        {made.map((decision) => (
          <li key={JSON.stringify([decision.key, decision.osm, decision.who])}>
            <StandingIcon standing={decision.decision} />
            <div>
              <bdi>{decision.key ?? decision.osm ?? "proposal"}</bdi> {VERDICT_WORDS[decision.decision].done}
              {decision.who !== undefined && (
                <>
                  {" by "}
                  <bdi>{decision.who}</bdi>
                </>
              )}{" "}
              <small>{decision.when?.slice(0, 10)}</small>
              {!isAboutNow(decision, decidable) && <small> about another value: decide again</small>}
              {decision.note !== undefined && <bdi class="detail">{decision.note}</bdi>}
            </div>
          </li>
        ))}
      </ul>
      {conflicts.map(({ key, osm, decisions }) => (
        <p key={`${key} ${osm}`} class="earlier">
          Reviewers disagree about <bdi>{key ?? osm ?? "the proposal"}</bdi>; {lastWords(decisions)} holds.
        </p>
      ))}
    </section>
  );
}

/** `reject by ana`. */
function lastWords(decisions: readonly Decision[]) {
  const last = decisions.at(-1);
  return (
    <>
      {last?.decision} by <bdi>{last?.who ?? "a reviewer without a name"}</bdi>
    </>
  );
}

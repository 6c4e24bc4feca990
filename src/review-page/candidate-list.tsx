/** Of an unsettled match: the objects it may be, to say which one it is. */
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { WHOLE, canBeChosen, isSameSubject } from "./decide.js";
import { ElementLinks, ScoreParts } from "./match-evidence.js";
import { useSession } from "./session-context.js";
import { matchDecision } from "./standing.js";
import { VerdictButtons } from "./verdict-buttons.js";
import { metres } from "./words.js";

export function CandidateList({ line }: { readonly line: ProposalLine }) {
  const session = useSession();
  return (
    <section class="candidates">
      <h3>Which of these is it?</h3>
      <ol>
        {line.candidates.map((candidate, at) => (
          <CandidateItem key={candidate.osm} candidate={candidate} at={at} />
        ))}
      </ol>
      {line.candidates.some(({ osm }) => canBeChosen(osm)) && (
        <p>
          <button type="button" onClick={() => session.refuseCandidates()}>
            None of these
          </button>{" "}
          <small>The next run then asks whether the station is missing. Reject leaves it out.</small>
        </p>
      )}
    </section>
  );
}

interface CandidateItemProps {
  readonly candidate: ProposalLine["candidates"][number];
  readonly at: number;
}

function CandidateItem({ candidate: { osm, score, distance_m, parts }, at }: CandidateItemProps) {
  const session = useSession();
  const subject = { kind: "match", osm } as const;
  const isChosen = isSameSubject(session.choice.value, subject);
  const verdict = matchDecision(session.made, osm)?.decision;
  return (
    <li
      class={`card candidate ${isChosen ? "is-chosen" : ""}`}
      onClick={() => (session.choice.value = isChosen ? WHOLE : subject)}
    >
      <div class="candidate-head">
        {at < 9 && <kbd aria-hidden="true">{at + 1}</kbd>}
        <span>
          <ElementLinks osm={osm} /> · score <b>{score.toFixed(2)}</b> · {metres(distance_m)}
          {isChosen && <span class="unseen">chosen</span>}
        </span>
        <span onClick={(event) => event.stopPropagation()}>
          {canBeChosen(osm) ? (
            <VerdictButtons
              about={osm}
              verdict={verdict}
              offers={["accept", "reject"]}
              words={{ accept: "This one", reject: "Not this one" }}
              onDecide={(one) => session.decide(one, subject)}
              onClear={() => session.clear(subject)}
            />
          ) : (
            <small>not in OSM's database yet: no decision can name it</small>
          )}
        </span>
      </div>
      <ScoreParts parts={parts} />
    </li>
  );
}

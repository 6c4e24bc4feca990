/** Why this object is taken for the station: the parts of the score, and the next best. */
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { namedElementUrl } from "./links.js";
import { EVIDENCE_WORDS, METHOD_WORDS, metres } from "./words.js";

type Candidate = ProposalLine["candidates"][number];

export function MatchEvidence({ line: { match, runner_up } }: { readonly line: ProposalLine }) {
  if (match === undefined) return null;
  return (
    <section class="card">
      <h3>Why this object</h3>
      <p class="match-head">
        <ElementLinks osm={match.osm} /> · {METHOD_WORDS[match.method]} · score{" "}
        <b>{match.score.toFixed(2)}</b> · {metres(match.distance_m)}
      </p>
      <ScoreParts parts={match.parts} />
      {runner_up === undefined ? (
        <p class="runner-up">No other object came near.</p>
      ) : (
        <details class="runner-up">
          <summary>
            Runner-up: {runner_up.osm.replaceAll(";", ", ")}, score {runner_up.score.toFixed(2)},{" "}
            {metres(runner_up.distance_m)}
          </summary>
          <ElementLinks osm={runner_up.osm} />
          <ScoreParts parts={runner_up.parts} />
        </details>
      )}
    </section>
  );
}

/** Links to the elements of `n1;w2`. */
export function ElementLinks({ osm }: { readonly osm: string }) {
  return (
    <span class="elements">
      {osm.split(";").map((name) => {
        const url = namedElementUrl(name);
        if (url === undefined) return <span key={name}>{name}</span>;
        return (
          <a key={name} href={url} target="_blank" rel="noopener noreferrer">
            {name}
          </a>
        );
      })}
    </span>
  );
}

/** What a part can add at most, for the length of its bar. */
const LARGEST_PART = 0.8;

/** Bars to the right speak for it, to the left against it; the number and the words say the same. */
export function ScoreParts({ parts }: { readonly parts: Candidate["parts"] }) {
  if (parts.length === 0) return null;
  return (
    <ul class="score">
      {parts.map(({ name, value, detail }) => {
        const share = Math.min(1, Math.abs(value) / LARGEST_PART) * 50;
        return (
          <li key={name}>
            <span class="score-name">{EVIDENCE_WORDS[name]}</span>
            <span class="score-bar" aria-hidden="true">
              <i
                class={value < 0 ? "against" : "for"}
                style={{ width: `${share}%`, left: `${value < 0 ? 50 - share : 50}%` }}
              />
            </span>
            <span class="score-value">
              {value > 0 ? "+" : value < 0 ? "−" : ""}
              {Math.abs(value).toFixed(2)}
            </span>
            <bdi class="score-detail">{detail}</bdi>
          </li>
        );
      })}
    </ul>
  );
}

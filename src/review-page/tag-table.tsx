/** The tags of a proposal: OSM now, last import, feed; why; from where; and what is decided of each. */
import { TAG_REASONS } from "../merging/reasons.js";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { ruleReason } from "../proposals/rule-reasons.js";
import { WHOLE, decidableOf, isSameSubject } from "./decide.js";
import { Rule } from "./rule.js";
import { useSession } from "./session-context.js";
import { tagDecision, wholeDecision } from "./standing.js";
import { KeyName, TagValue } from "./tag-value.js";
import { VerdictButtons } from "./verdict-buttons.js";
import { CLASS_WORDS, VERDICT_WORDS, counted } from "./words.js";

type Tag = ProposalLine["tags"][number];

export function TagTable({ line }: { readonly line: ProposalLine }) {
  if (line.tags.length === 0) return null;
  const isUnsettled = line.candidates.length > 0;
  // Where there is no object yet, there is nothing to hold the feed against.
  const isCompared = line.target !== undefined;
  const common = commonReason(line);
  const hasBase = isCompared && line.tags.some(({ base }) => base !== null);
  return (
    <section class="tags">
      <h3>
        {isUnsettled
          ? "Would be written if none of these is the station"
          : counted(line.tags.length, isCompared ? "changed tag" : "new tag")}
        {common !== undefined && !isUnsettled && (
          <small>
            {" · "}
            {TAG_REASONS[common].meaning} <Rule name={TAG_REASONS[common].rule} />
          </small>
        )}
        {isCompared && !hasBase && <small> · no earlier import to compare with</small>}
      </h3>
      <table class={isCompared ? "compared" : "plain"}>
        <thead>
          <tr>
            <th scope="col">Tag</th>
            {isCompared && <th scope="col">OSM now</th>}
            {hasBase && <th scope="col">Last import</th>}
            <th scope="col">Feed</th>
            {!isUnsettled && <th scope="col">Decision</th>}
          </tr>
        </thead>
        {line.tags.map((tag, at) => (
          <TagRow
            key={tag.key}
            line={line}
            tag={tag}
            at={at}
            isCompared={isCompared}
            isToldAbove={common !== undefined}
            hasBase={hasBase}
            isFixed={isUnsettled}
          />
        ))}
      </table>
    </section>
  );
}

interface TagRowProps {
  readonly line: ProposalLine;
  readonly tag: Tag;
  readonly at: number;
  readonly isCompared: boolean;
  readonly hasBase: boolean;
  /** Whether the reason stands above the table, for all tags. */
  readonly isToldAbove: boolean;
  /** Nothing to decide of the tag alone. */
  readonly isFixed: boolean;
}

function TagRow({ line, tag, at, isCompared, hasBase, isToldAbove, isFixed }: TagRowProps) {
  const session = useSession();
  const subject = { kind: "tag", key: tag.key } as const;
  const isChosen = isSameSubject(session.choice.value, subject);
  const { made } = session;
  const decidable = decidableOf(line);
  const named = tagDecision(made, decidable.marks[at] ?? "");
  const inherited = named === undefined ? wholeDecision(made, decidable)?.decision : undefined;
  const earlier = made.findLast(
    ({ key, value }) => key === tag.key && value !== undefined && value !== tag.new,
  );
  return (
    <tbody
      class={isChosen ? "is-chosen" : undefined}
      onClick={() => {
        // A value that is being copied is not a choice.
        if (!isFixed && getSelection()?.type !== "Range") session.choice.value = isChosen ? WHOLE : subject;
      }}
    >
      <tr class="tag-values">
        <th scope="row">
          {!isFixed && at < 9 && <kbd aria-hidden="true">{at + 1}</kbd>}
          <KeyName name={tag.key} />
          {isChosen && <span class="unseen">chosen</span>}
        </th>
        {isCompared && (
          <td data-title="OSM now">
            <TagValue value={tag.old} against={tag.new ?? ""} mark="del" none="no value" />
          </td>
        )}
        {hasBase && (
          <td data-title="Last import" class="base">
            <TagValue value={tag.base} none="none" />
          </td>
        )}
        <td data-title="Feed">
          {tag.new === null ? (
            <span class="goes">the tag is to go</span>
          ) : (
            <TagValue value={tag.new} against={isCompared ? (tag.old ?? "") : undefined} none="" />
          )}
        </td>
        {!isFixed && (
          <td class="tag-decision" onClick={(event) => event.stopPropagation()}>
            <VerdictButtons
              about={tag.key}
              verdict={named?.decision}
              inherited={inherited}
              onDecide={(one) => session.decide(one, subject)}
              onClear={() => session.clear(subject)}
            />
          </td>
        )}
      </tr>
      <tr class="tag-why">
        <td colSpan={2 + Number(isCompared) + Number(hasBase) + Number(!isFixed)}>
          <TagWords tag={tag} isToldAbove={isToldAbove} />
          {earlier !== undefined && (
            <span class="earlier">
              {VERDICT_WORDS[earlier.decision].done} earlier with another value:{" "}
              <bdi>{earlier.value ?? "to go"}</bdi>
            </span>
          )}
          <Sources tag={tag} />
        </td>
      </tr>
    </tbody>
  );
}

/** The reason that all tags have, of which there are several. */
function commonReason({ tags }: ProposalLine): Tag["reason"] | undefined {
  const [first, ...others] = tags;
  return others.length > 0 && others.every(({ reason }) => reason === first?.reason)
    ? first?.reason
    : undefined;
}

function TagWords({ tag, isToldAbove }: { readonly tag: Tag; readonly isToldAbove: boolean }) {
  const { reason, rule, class: tagClass, new: value } = tag;
  const outcome = TAG_REASONS[reason];
  // The rules of the comparison are told by the outcome already.
  const isToldByRule = value !== null && rule.startsWith("T");
  return (
    <span>
      <abbr class="class" title={CLASS_WORDS[tagClass]}>
        {tagClass}
      </abbr>
      {!isToldAbove && (
        <>
          {outcome.meaning} <Rule name={outcome.rule} />
        </>
      )}
      {!isToldAbove && isToldByRule && " · "}
      {isToldByRule && (
        <>
          {ruleReason(rule)} <Rule name={rule} />
        </>
      )}
    </span>
  );
}

/** Sources that are shown at once. */
const FIRST_SOURCES = 2;

function Sources({ tag: { sources } }: { readonly tag: Tag }) {
  const told = sources.filter(({ pointer }) => pointer !== "");
  if (told.length === 0) return null;
  const rest = told.slice(FIRST_SOURCES);
  return (
    <div class="sources" onClick={(event) => event.stopPropagation()}>
      <SourceList sources={told.slice(0, FIRST_SOURCES)} />
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more from the feed</summary>
          <SourceList sources={rest} />
        </details>
      )}
    </div>
  );
}

function SourceList({ sources }: { readonly sources: Tag["sources"] }) {
  return (
    <ul>
      {sources.map(({ pointer, value }) => (
        <li key={pointer}>
          <bdi class="pointer">{pointer}</bdi>{" "}
          <bdi class="value">{typeof value === "string" ? value : JSON.stringify(value)}</bdi>
        </li>
      ))}
    </ul>
  );
}

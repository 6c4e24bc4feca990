/** Below the proposal, always in reach: the decision, the note, and who decides. */
import { WHOLE, decidableOf, notedDecision } from "./decide.js";
import { NOTE_ID } from "./keys.js";
import { useSession } from "./session-context.js";
import { matchDecision, tagDecision, wholeDecision } from "./standing.js";
import { tagMark } from "../proposals/tag-mark.js";
import { VerdictButtons } from "./verdict-buttons.js";

export function DecisionBar() {
  const session = useSession();
  const line = session.line.value;
  if (line === undefined) return null;
  const { made, preferences, choice, draft } = session;
  const subject = choice.value;
  const isUnsettled = line.candidates.length > 0;
  const noted = notedDecision(made, session.who);
  const verdict = ((): ReturnType<typeof wholeDecision> => {
    switch (subject.kind) {
      case "whole":
        return wholeDecision(made, decidableOf(line));
      case "match":
        return matchDecision(made, subject.osm);
      case "tag": {
        const tag = line.tags.find(({ key }) => key === subject.key);
        return tag && tagDecision(made, tagMark(tag.key, tag.new));
      }
    }
  })()?.decision;
  const about =
    subject.kind === "whole" ? "whole proposal" : subject.kind === "tag" ? subject.key : subject.osm;
  return (
    <footer class="decision">
      <p class="decision-about">
        <span>Decide</span>
        <b>
          <bdi>{about}</bdi>
        </b>
        {subject.kind !== "whole" && (
          <button type="button" class="plain" onClick={() => (choice.value = WHOLE)}>
            whole instead <kbd>0</kbd>
          </button>
        )}
      </p>
      <VerdictButtons
        keys
        about={about}
        verdict={verdict}
        offers={
          isUnsettled && subject.kind === "whole"
            ? ["reject", "defer"]
            : subject.kind === "match"
              ? ["accept", "reject"]
              : ["accept", "reject", "defer"]
        }
        words={subject.kind === "match" ? { accept: "This one", reject: "Not this one" } : {}}
        onDecide={(one) => session.decide(one, subject)}
        onClear={() => session.clear(subject)}
      />
      <label class="note">
        <span class="unseen">Note</span>
        <input
          id={NOTE_ID}
          dir="auto"
          placeholder={noted === undefined ? "Note, kept with your next decision" : "Note"}
          value={noted?.note ?? draft.value}
          onInput={({ currentTarget }) => {
            if (noted === undefined) draft.value = currentTarget.value;
          }}
          onChange={({ currentTarget }) => session.writeNote(currentTarget.value)}
        />
        <kbd aria-hidden="true">n</kbd>
      </label>
      <label class="goes-on">
        <input
          type="checkbox"
          checked={preferences.goesOn.value}
          onChange={({ currentTarget }) => {
            preferences.goesOn.value = currentTarget.checked;
          }}
        />
        then the next
      </label>
    </footer>
  );
}

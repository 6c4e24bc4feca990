/** Accept, reject, defer: pressed shows what holds, pressing it again takes it back. */
import { StandingIcon } from "./icons.js";
import type { Verdict } from "./standing.js";
import { VERDICT_WORDS } from "./words.js";

interface VerdictButtonsProps {
  /** What is decided about, for screen readers. */
  readonly about: string;
  readonly verdict: Verdict | undefined;
  /** What holds because of a decision about all of it. */
  readonly inherited?: Verdict | undefined;
  readonly offers?: readonly Verdict[];
  readonly words?: Readonly<Partial<Record<Verdict, string>>>;
  /** Of the large ones: the keys. */
  readonly keys?: boolean;
  readonly onDecide: (verdict: Verdict) => void;
  readonly onClear: () => void;
}

const ALL: readonly Verdict[] = ["accept", "reject", "defer"];

export function VerdictButtons(props: VerdictButtonsProps) {
  const { about, verdict, inherited, offers = ALL, words = {}, keys = false, onDecide, onClear } = props;
  return (
    <div class={`verdicts ${keys ? "large" : "small"}`} role="group" aria-label={`Decide: ${about}`}>
      {offers.map((one) => {
        const isPressed = verdict === one;
        const word = words[one] ?? VERDICT_WORDS[one].verb;
        return (
          <button
            key={one}
            type="button"
            class={`verdict verdict-${one} ${inherited === one ? "is-inherited" : ""}`}
            aria-pressed={isPressed}
            title={isPressed ? `${word}: press again to take it back` : word}
            onClick={() => (isPressed ? onClear() : onDecide(one))}
          >
            <StandingIcon standing={one} />
            <span class="verdict-word">{word}</span>
            <span class="unseen">
              : {about}
              {inherited === one && ", as the whole proposal"}
            </span>
            {keys && <kbd aria-hidden="true">{one.charAt(0)}</kbd>}
          </button>
        );
      })}
    </div>
  );
}
